/** Everything of one kind as it stands at one moment, with what its history shows to everybody who may read it. */
import { kept } from "../../models";
import type { ExportedKind } from "../../models/job/job.contract";
import type { Histories } from "../../models/kernel/histories";
import { createVeil } from "../../models/kernel/veil";
import { headsOf } from "./heads";

/** A thing's id, the version it stands at, and its state; what is personal or secret is `{ "sealed": true }`. */
export interface Thing {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** @throws Error when nothing of this kind is kept */
export async function* thingsOf(
  kind: ExportedKind,
  histories: readonly Histories[],
  until: string,
): AsyncGenerator<Thing, void, undefined> {
  const model = kept.find(({ aggregate }) => aggregate.name === kind)?.model;
  if (!model) throw new Error(`There are no histories of "${kind}"`);
  // an export is a file that goes anywhere: nobody's personal fields are in it
  const veil = createVeil(model, () => false);
  for (const one of histories) {
    for await (const row of headsOf(one, until)) {
      const { state } = veil.shown(veil.cover(row));
      const fields = state as Readonly<Record<string, unknown>>;
      if (fields["status"] !== "absent") yield { ...fields, id: row.aggregateId, version: row.version };
    }
  }
}
