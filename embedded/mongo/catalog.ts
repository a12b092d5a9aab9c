/**
 * Which collections and indexes exist, and in which table each is kept. Held in memory and written with every change;
 * after an undone transaction it is read again. A dropped table only goes on the list of garbage, which the sweeper
 * empties bit by bit, so that a drop never blocks the server.
 */
import { serialize } from "bson";
import { CommandError } from "./errors";
import { type Index, indexOf, tableIndex } from "./index-definition";
import { keyWriter } from "./keys";
import { decode, type Doc } from "./raw";
import { type Range, type Storage } from "./storage";
import { type CollectionOptions, validateOf, type Validate } from "./validator";

const FORMAT = 1;
const SWEEP_KEYS = 2_000;

export type Collection = {
  ns: string;
  db: string;
  name: string;
  table: number;
  indexes: Index[];
  options: CollectionOptions;
  /** throws for a document that the options do not allow */
  validate: Validate | undefined;
};
type Meta = { format: number; nextTable: number; garbage: number[] };
type StoredIndex = { spec: Doc; table: number; multikey: boolean };
type Stored = { ns: string; table: number; indexes: StoredIndex[]; options?: CollectionOptions };

const metaKey = keyWriter(0).byte(1).finish();
const collectionKey = (ns: string): Buffer => keyWriter(0).byte(2).value(ns).finish();
const collections: Range = { from: keyWriter(0).byte(2).finish(), to: keyWriter(0).byte(3).finish() };

export const tableRange = (table: number): Range => ({
  from: keyWriter(table).finish(),
  to: keyWriter(table + 1).finish(),
});

export class Catalog {
  private readonly byName = new Map<string, Collection>();
  private meta: Meta = { format: FORMAT, nextTable: 1, garbage: [] };

  constructor(private readonly storage: Storage) {
    this.load();
  }

  /** @throws when a newer version of this server has written the folder. */
  load(): void {
    const bytes = this.storage.get(metaKey);
    if (bytes) this.meta = decode(bytes) as Meta;
    if (this.meta.format > FORMAT) {
      throw new Error(
        `The data was written by a newer version (format ${this.meta.format}, this one knows ${FORMAT}). ` +
          "Update Stoa, or point it to another data folder.",
      );
    }
    this.byName.clear();
    for (const { value } of this.storage.entries(collections, false)) {
      const { ns, table, indexes, options = {} } = decode(value) as Stored;
      const own = indexes.map((index) => ({ ...indexOf(index.spec, index.table), multikey: index.multikey }));
      this.byName.set(ns, describe(ns, table, [tableIndex(table), ...own], options));
    }
  }

  find(ns: string): Collection | undefined {
    return this.byName.get(ns);
  }

  all(): Collection[] {
    return [...this.byName.values()];
  }

  create(ns: string, options: CollectionOptions = {}): Collection {
    const name = ns.slice(ns.indexOf(".") + 1);
    if (name === "" || name.includes("$") || ns.length > 255 || ns.startsWith(".")) {
      throw new CommandError(73, `"${ns}" cannot be the name of a collection.`);
    }
    validateOf(options); // before a table is taken
    const table = this.newTable();
    const collection = describe(ns, table, [tableIndex(table)], options);
    this.byName.set(ns, collection);
    this.save(collection);
    return collection;
  }

  drop(collection: Collection): void {
    this.byName.delete(collection.ns);
    this.storage.remove(collectionKey(collection.ns));
    this.discard([collection.table, ...collection.indexes.slice(1).map((index) => index.table)]);
  }

  rename(collection: Collection, ns: string): void {
    this.byName.delete(collection.ns);
    this.storage.remove(collectionKey(collection.ns));
    const renamed = describe(ns, collection.table, collection.indexes, collection.options);
    this.byName.set(ns, renamed);
    this.save(renamed);
  }

  /** @throws when the options ask for what is not made here; nothing is changed then. */
  setOptions(collection: Collection, options: CollectionOptions): void {
    collection.validate = validateOf(options);
    collection.options = options;
    this.save(collection);
  }

  save(collection: Collection): void {
    const indexes = collection.indexes.slice(1).map(({ spec, table, multikey }) => ({ spec, table, multikey }));
    const stored = serialize({ ns: collection.ns, table: collection.table, indexes, options: collection.options });
    this.storage.put(collectionKey(collection.ns), stored);
  }

  newTable(): number {
    const table = this.meta.nextTable++;
    this.saveMeta();
    return table;
  }

  /** The tables are never read again; their keys go when the sweeper comes. */
  discard(tables: number[]): void {
    this.meta.garbage.push(...tables);
    this.saveMeta();
  }

  get hasGarbage(): boolean {
    return this.meta.garbage.length > 0;
  }

  /** Removes some keys of dropped tables. Within a write transaction. */
  sweep(): void {
    const [table] = this.meta.garbage;
    if (table === undefined) return;
    const keys: Buffer[] = [];
    for (const { key } of this.storage.entries(tableRange(table), false)) {
      if (keys.push(key) === SWEEP_KEYS) break;
    }
    for (const key of keys) this.storage.remove(key);
    if (keys.length === SWEEP_KEYS) return;
    this.meta.garbage.shift();
    this.saveMeta();
  }

  private saveMeta(): void {
    this.storage.put(metaKey, serialize(this.meta));
  }
}

function describe(ns: string, table: number, indexes: Index[], options: CollectionOptions): Collection {
  const dot = ns.indexOf(".");
  return { ns, db: ns.slice(0, dot), name: ns.slice(dot + 1), table, indexes, options, validate: validateOf(options) };
}
