/**
 * Who names a key: a reverse index from what aggregates name in their states to the aggregates, kept by version like
 * any other read model and made from commits alone. An aggregate is one small document, however many name the same
 * key, and those who name it are read page by page in the order of their ids. Whoever projects and then checks, while
 * another commits and then looks up, misses nobody: one of both sees the other.
 */
import { mongo, type Connection } from "mongoose";
import { collectionIn, DUPLICATE_KEY, MAJORITY } from "./mongo-collection";

export interface Naming {
  /** The aggregate's id. */
  readonly _id: string;
  readonly version: number;
  readonly keys: readonly string[];
}

export interface Lookup {
  /** Keeps what is newer than what is known. */
  project(namings: readonly Naming[]): Promise<void>;
  /** Of these keys those that anybody names: as many reads as there are, and one for all that never were named. */
  named(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Ids of those who name one of the keys, ascending, after this one. */
  page(keys: readonly string[], after: string, limit: number): Promise<readonly string[]>;
  count(key: string): Promise<number>;
}

/** A key that was named once: most never are, and these are found to be so at once. */
interface Known {
  readonly _id: string;
}

/** An upsert that finds a version not older than its own runs into the unique id: that is how it is refused. */
function onlyOlder(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const errors = [error.writeErrors].flat();
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}

async function unlessOlder(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!onlyOlder(error)) throw error;
  }
}

/** @param name of the collection. Creates the index that is missing. */
export async function createLookup(connection: Connection, name: string): Promise<Lookup> {
  const namings = collectionIn<Naming>(connection, name);
  const known = collectionIn<Known>(connection, `${name}.keys`);
  await namings.createIndexes([{ key: { keys: 1, _id: 1 } }]);
  const unordered = { ordered: false, ...MAJORITY } as const;

  async function note(keys: readonly string[]): Promise<void> {
    const writes = keys.map((_id) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: { _id } }, upsert: true },
    }));
    if (writes.length > 0) await unlessOlder(() => known.bulkWrite(writes, unordered));
  }
  return {
    async project(given) {
      // a key is known before anybody is found by it
      await note([...new Set(given.flatMap(({ keys }) => keys))]);
      const writes = given.map(({ _id, ...rest }) => ({
        updateOne: { filter: { _id, version: { $lt: rest.version } }, update: { $set: rest }, upsert: true },
      }));
      if (writes.length > 0) await unlessOlder(() => namings.bulkWrite(writes, unordered));
    },
    async named(keys) {
      if (keys.length === 0) return new Set();
      const once = await known.find({ _id: { $in: [...keys] } }).toArray();
      const found = await Promise.all(
        once.map(async ({ _id }) => ((await namings.findOne({ keys: _id })) === null ? null : _id)),
      );
      return new Set(found.filter((key) => key !== null));
    },
    async page(keys, after, limit) {
      const found = await namings
        .find({ keys: { $in: [...keys] }, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id);
    },
    count: (key) => namings.countDocuments({ keys: key }),
  };
}
