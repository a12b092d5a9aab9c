/**
 * Runs a plan: walks its ranges, fetches, tests, sorts, skips, limits. A scan keeps the last key and seeks again, so
 * an open cursor holds nothing of the store; like mongod's, it is no snapshot.
 */
import { type Collection } from "./catalog";
import { type Conditions, conditionsOf } from "./conditions";
import { CommandError } from "./errors";
import { collationName } from "./index-definition";
import { joinKey } from "./keys";
import { matcher } from "./matcher";
import { candidates, places } from "./paths";
import { type Plan, plan } from "./plan";
import { byKeys, type Keyed, keyReader, type Sort, sortOf } from "./sort";
import { type Fold, foldOf, testOf } from "./predicates";
import { type Doc, inArray, View } from "./raw";
import { type Entry, type Range, type Storage } from "./storage";

const CHUNK_MAX = 256;
const CHUNK_BYTES_MAX = 1024 * 1024;
const SORT_BYTES_MAX = 100 * 1024 * 1024;

export type Search = {
  filter: Doc;
  sort?: Doc;
  skip?: number;
  limit?: number;
  collation?: Doc | undefined;
  variables?: Doc | undefined;
};
export type Found = { key: Buffer; bytes: Buffer };
export type Examined = { keys: number; docs: number };

/** The plan for a search on a collection. */
export function planFor(collection: Collection, search: Search): Plan {
  const collation = collationName(search.collation);
  const sort = naturalOf(search.sort);
  return plan(collection.indexes, { conditions: conditionsOf(search.filter), sort, collation });
}

function naturalOf(spec: Doc | undefined): Sort {
  return sortOf(spec?.$natural ? { _id: spec.$natural } : spec);
}

/** The filter as tests of single fields, so that most documents need not be decoded; undefined when it is more. */
function fieldwise({ list, whole }: Conditions, fold: Fold): ((view: View) => boolean) | undefined {
  if (!whole || list.some(({ value }) => value instanceof RegExp)) return undefined;
  const tests = list.map(({ path, op, value }) => {
    const test = testOf(op, value, fold);
    const parts = path.split(".");
    const held = op === "$exists" ? places : candidates;
    // of many places one that exists is enough, and for "does not exist" none may
    if (op === "$exists" && test(undefined)) {
      return (view: View) =>
        [view.at(parts)].every((at) => (at !== inArray ? test(at) : held(view.doc, parts).every(test)));
    }
    return (view: View) => {
      const found = view.at(parts);
      return found === inArray ? held(view.doc, parts).some(test) : test(found);
    };
  });
  return (view) => tests.every((test) => test(view));
}

export class Scan {
  readonly plan: Plan;
  readonly examined: Examined = { keys: 0, docs: 0 };
  private readonly matches: ((view: View) => boolean) | undefined;
  private readonly seen: Set<string> | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly collection: Collection,
    search: Search,
  ) {
    this.plan = planFor(collection, search);
    const fold = foldOf(search.collation);
    const matches = matcher(search.filter, fold, search.variables);
    const conditions = conditionsOf(search.filter);
    if (!this.plan.exact) this.matches = fieldwise(conditions, fold) ?? ((view) => matches(view.doc));
    if (this.plan.index.multikey) this.seen = new Set();
  }

  /** Whether counting the keys of the ranges counts the documents. */
  get countable(): boolean {
    return this.plan.exact && !this.seen;
  }

  count(): number {
    return this.plan.ranges.reduce((sum, range) => sum + this.storage.count(range), 0);
  }

  /** Reads in chunks, each a seek of its own: between two documents nothing of the store is held open. */
  *walk(): Generator<Found> {
    for (const range of this.plan.ranges) {
      let last: Buffer | undefined;
      for (let size = 1; ; size = Math.min(size * 8, CHUNK_MAX)) {
        const chunk = this.chunk(range, size, last);
        for (const { key, value } of chunk.entries) {
          this.examined.keys++;
          const found = this.accept(key, value);
          if (found) yield found;
        }
        last = chunk.entries.at(-1)?.key;
        if (chunk.done) break;
      }
    }
  }

  private chunk(range: Range, size: number, after: Buffer | undefined): { entries: Entry[]; done: boolean } {
    if (this.plan.points) {
      const value = this.storage.get(range.from);
      return { entries: value ? [{ key: range.from, value }] : [], done: true };
    }
    const entries: Entry[] = [];
    let bytes = 0;
    for (const entry of this.storage.entries(range, this.plan.backwards, after)) {
      entries.push(entry);
      bytes += entry.value.length;
      if (entries.length === size || bytes > CHUNK_BYTES_MAX) return { entries, done: false };
    }
    return { entries, done: true };
  }

  private accept(key: Buffer, value: Buffer): Found | undefined {
    const { isTable } = this.plan.index;
    if (this.seen) {
      const id = value.toString("latin1");
      if (this.seen.has(id)) return undefined;
      this.seen.add(id);
    }
    const own = isTable ? key : joinKey(this.collection.table, value);
    const bytes = isTable ? value : this.storage.get(own);
    if (!bytes) return undefined;
    this.examined.docs++;
    if (this.matches && !this.matches(new View(bytes))) return undefined;
    return { key: own, bytes };
  }
}

/** All documents of a search in order, skipped and limited. Lazy where the index gives the order. */
export function* search(scan: Scan, { sort, skip = 0, limit = 0 }: Search): Generator<Found> {
  let left = limit === 0 ? Infinity : limit;
  let over = skip;
  for (const found of scan.plan.sorted ? scan.walk() : sortedWalk(scan, naturalOf(sort), skip + left)) {
    if (over-- > 0) continue;
    yield found;
    if (--left === 0) return;
  }
}

type Row = Found & Keyed;

/** Sorts in memory, keeping no more than is asked for. */
function sortedWalk(scan: Scan, sort: Sort, wanted: number): Found[] {
  const compare = byKeys(sort);
  const keysOf = keyReader(sort);
  let rows: Row[] = [];
  let bytes = 0;
  for (const found of scan.walk()) {
    rows.push({ key: found.key, bytes: found.bytes, keys: keysOf(new View(found.bytes)) });
    bytes += found.bytes.length;
    if (rows.length >= wanted * 2 + 1000) {
      rows = rows.sort(compare).slice(0, wanted);
      bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0);
    }
    if (bytes > SORT_BYTES_MAX) {
      throw new CommandError(292, "The sort needs more than 100 MB of memory. Add an index that gives the order.");
    }
  }
  return rows.sort(compare).slice(0, wanted);
}
