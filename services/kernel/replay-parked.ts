/** What a reader could not read: seen, and read again when the cause is gone. */
import type { Histories } from "../../models/kernel/histories";
import type { Reader } from "./delivery";
import type { Parked, ParkedStore } from "./parked";
import { reasonOf } from "./wait";

const PAGE = 100;

/** One page of what is parked for a reader (or for `relay`), after the entry with this `_id`. */
export const parkedOf = (store: ParkedStore, by: string, after = "", limit = PAGE): Promise<readonly Parked[]> =>
  store.of(by, after, Math.min(limit, PAGE));

export interface Replayed {
  readonly replayed: number;
  /** Still parked, with the new reason. */
  readonly failed: number;
}

async function replayOne(reader: Reader, histories: readonly Histories[], entry: Parked): Promise<string | null> {
  const history = histories.find(({ aggregate }) => aggregate === entry.aggregate);
  try {
    const row = await history?.asOf(entry.aggregateId, { version: entry.version });
    if (row?.version !== entry.version) return "there is no such commit in the history";
    await reader.read([{ ...row, aggregate: entry.aggregate }]);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Reads everything that is parked for the reader once more, each commit on its own, from the histories. Readers bear
 * disorder, so a commit may come after newer ones.
 */
export async function replayParked(
  reader: Reader,
  histories: readonly Histories[],
  store: ParkedStore,
): Promise<Replayed> {
  let [replayed, failed] = [0, 0];
  for (let page = await parkedOf(store, reader.name); page.length > 0;) {
    for (const entry of page) {
      const reason = await replayOne(reader, histories, entry);
      if (reason === null) {
        await store.remove(entry._id);
        replayed += 1;
      } else {
        await store.put({ ...entry, reason, attempts: entry.attempts + 1 });
        failed += 1;
      }
    }
    page = await parkedOf(store, reader.name, page.at(-1)?._id);
  }
  return { replayed, failed };
}
