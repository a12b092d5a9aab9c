/**
 * A tally of facts: one document per thing that many facts speak of. What is kept of it is merged with what comes, and
 * merging must be a join: whatever the order, however often a fact comes, the same facts give the same document. So
 * facts may be recorded again after any failure, by any process, and a tally may be made anew from kept facts.
 */
import type { Client } from "@elastic/elasticsearch";
import { reaching, SearchUnavailable } from "./client";
import { failuresOf, IndexingRefused, sendBulk, type Operation } from "./bulk";
import { aliasOf } from "./indices";
import type { Described, Json } from "./projection";

export interface Tally<F> extends Described {
  /** The document that a fact belongs to. */
  readonly idOf: (fact: F) => string;
  /** The document with these facts in it; `before` is null for a new one. */
  readonly merge: (before: Json | null, facts: readonly F[]) => Json;
}

/** A document that is changed by another process all the time is given up after so many turns. */
const ROUNDS_MAX = 8;

type Work<F> = readonly (readonly [id: string, facts: readonly F[]])[];

function grouped<F>({ idOf }: Tally<F>, facts: readonly F[]): Work<F> {
  const byId = new Map<string, F[]>();
  for (const fact of facts) {
    const id = idOf(fact);
    const those = byId.get(id);
    if (those) those.push(fact);
    else byId.set(id, [fact]);
  }
  return [...byId];
}

async function planned<F>(client: Client, index: string, tally: Tally<F>, work: Work<F>): Promise<Operation[]> {
  const { docs } = await reaching(`read ${index}`, () => client.mget<Json>({ index, ids: work.map(([id]) => id) }));
  return work.flatMap(([id, facts], at) => {
    const doc = docs[at];
    if (!doc || "error" in doc) throw new SearchUnavailable(`The search engine cannot read ${index}`);
    const before = doc.found ? (doc._source ?? null) : null;
    const document = JSON.stringify(tally.merge(before, facts));
    // nothing new: no write, and no refresh for it
    if (before !== null && JSON.stringify(before) === document) return [];
    const action = doc.found
      ? { index: { _id: id, if_seq_no: doc._seq_no, if_primary_term: doc._primary_term } }
      : { create: { _id: id } };
    return [{ id, action: JSON.stringify(action), document }];
  });
}

/**
 * Records facts; resolves when all are in the index, seen from its next refresh on.
 * @throws SearchUnavailable (retryable), IndexingRefused
 */
export function tallyWriter<F>(client: Client, namespace: string, tally: Tally<F>) {
  const index = aliasOf(namespace, tally.name);
  return async (facts: readonly F[]): Promise<void> => {
    let work = grouped(tally, facts);
    for (let round = 0; work.length > 0; round++) {
      if (round === ROUNDS_MAX) throw new SearchUnavailable(`${index}: ${work.length} documents are contended`);
      const written = await sendBulk(client, index, await planned(client, index, tally, work));
      const failures = failuresOf(written);
      if (failures.length > 0) throw new IndexingRefused(index, failures);
      const lost = new Set(written.filter(({ outcome }) => outcome === "conflict").map(({ id }) => id));
      work = work.filter(([id]) => lost.has(id));
    }
  };
}
