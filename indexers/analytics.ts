/** Everything that is recorded for analytics: one line each. */
import type { Client } from "@elastic/elasticsearch";
import { buyers, purchaseIn } from "./analytics/buyers.projection";
import { commitRecords } from "./analytics/commits.projection";
import { healthRecords } from "./analytics/health.projection";
import { ledgerRecords } from "./analytics/ledger.projection";
import { orderLineRecords, orderRecords } from "./analytics/orders.projection";
import { riskRecords } from "./analytics/risk.projection";
import { recommendationRecords, searchRecords } from "./analytics/searches.projection";
import { sessionRecords } from "./analytics/sessions.projection";
import { stockRecords } from "./analytics/stock.projection";
import type { Indexer } from "./kernel/indexer";
import { ensureIndex } from "./kernel/indices";
import { createRecorder, type Recorder, type Recording } from "./kernel/records";
import { tallyWriter } from "./kernel/tally";

export const recordings: readonly Recording[] = [
  commitRecords,
  orderRecords,
  orderLineRecords,
  sessionRecords,
  searchRecords,
  recommendationRecords,
  riskRecords,
  stockRecords,
  ledgerRecords,
  healthRecords,
];

/** Every field of every kind of records, by kind. */
export const recordFields: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...recordings.map(({ name, properties }) => [name, Object.keys(properties)] as const),
  ["buyers", Object.keys(buyers.mappings.properties ?? {})] as const,
]);

export interface AnalyticsOptions {
  readonly client: Client;
  readonly namespace: string;
  readonly aggregates: readonly string[];
}

export interface Analytics {
  readonly recorder: Recorder;
  /** One durable consumer each. */
  readonly readers: readonly (Indexer & { readonly heads: false })[];
}

type Ensured = () => Promise<unknown>;

function buyersReader({ client, namespace }: AnalyticsOptions, ensure: Ensured): Indexer & { readonly heads: false } {
  const write = tallyWriter(client, namespace, buyers);
  let there = false;
  return {
    name: `${buyers.name}-r${buyers.revision}`,
    aggregates: ["order"],
    heads: false,
    async read(commits) {
      const purchases = commits.flatMap(purchaseIn);
      if (purchases.length === 0) return;
      if (!there) await ensure();
      there = true;
      await write(purchases);
    },
  };
}

export function createAnalytics(options: AnalyticsOptions): Analytics {
  const recorder = createRecorder({ ...options, recordings });
  const ensureBuyers = () => ensureIndex(options.client, options.namespace, buyers);
  return {
    recorder: {
      ...recorder,
      async ensure() {
        await recorder.ensure();
        await ensureBuyers();
      },
    },
    readers: [recorder, buyersReader(options, ensureBuyers)],
  };
}
