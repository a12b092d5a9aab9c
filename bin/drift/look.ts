/** Compares indices with the fold of the histories, and tells a person what differs. */
import type { Drift } from "../../indexers/kernel/drift";
import type { Indices, Rows } from "../stores/stores";
import { told, withProgress } from "../stores/told";
import { driftText } from "./drift-text";

export interface Look {
  readonly projection: string;
  /** Of whose histories it is made. */
  readonly aggregates: readonly string[];
  readonly rows: Rows;
  readonly indices: Indices;
  /** Sources per aggregate; all of them when left out. */
  readonly sample?: number;
}

/** True when the index is exactly what the histories say. */
export async function lookAt({ projection, aggregates, rows, indices, sample }: Look): Promise<boolean> {
  const { histories } = rows;
  // how much of a sample is behind us nobody knows: pages are larger than it
  const work = {
    label: `comparing ${projection}`,
    total: sample === undefined ? rows.total(aggregates) : 0,
    screen: process.stderr,
  };
  const ask = { projection, ...(sample !== undefined && { sample }) };
  const found: Drift = await withProgress(work, (read) => indices.drift({ ...ask, histories: told(histories, read) }));
  console.log(driftText(projection, found, sample !== undefined));
  return found.findings.length === 0;
}
