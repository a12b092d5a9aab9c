/** Everything that is recorded for analytics: one line each. */
import type { Client } from "@elastic/elasticsearch";
import { commitRecords } from "./analytics/commits.projection";
import { ledgerRecords } from "./analytics/ledger.projection";
import { orderLineRecords, orderRecords } from "./analytics/orders.projection";
import { stockRecords } from "./analytics/stock.projection";
import { createRecorder, type Recorder, type Recording } from "./kernel/records";

export const recordings: readonly Recording[] = [
  commitRecords,
  orderRecords,
  orderLineRecords,
  stockRecords,
  ledgerRecords,
];

export interface AnalyticsOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly aggregates: readonly string[];
}

export const createRecorders = (options: AnalyticsOptions): readonly Recorder[] =>
  recordings.map((recording) => createRecorder({ ...options, recording }));
