/**
 * Which index answers a filter and a sort, and between which keys. A plan is an equality on the first fields of an
 * index (or several, for $in), at most one range on the next field, and the index's own order, read in either
 * direction. Whatever the ranges do not promise is tested again on each document.
 */
import { type Condition, type Conditions, rangeOperators } from "./conditions";
import { type Index } from "./index-definition";
import { keyWriter } from "./keys";
import { compareValues, rank, rankOf } from "./order";
import { type Sort } from "./sort";
import { type Range } from "./storage";

export type Plan = {
  index: Index;
  ranges: Range[];
  backwards: boolean;
  /** the ranges hold exactly what the filter asks for: no document needs to be tested */
  exact: boolean;
  /** documents come in the order asked for */
  sorted: boolean;
  /** each range is one key of a unique index */
  points: boolean;
  score: number;
};
export type Question = { conditions: Conditions; sort: Sort; collation: string };

const POINTS_MAX = 20_000;

const boundable = new Set<number>([
  rank.number,
  rank.string,
  rank.objectId,
  rank.boolean,
  rank.date,
  rank.timestamp,
  rank.binary,
]);

const isBound = (value: unknown): boolean =>
  boundable.has(rankOf(value)) && (value as { _bsontype?: string })._bsontype !== "Decimal128";

type Bounds = {
  prefixes: Buffer[];
  equal: string[];
  low?: Condition;
  high?: Condition;
  used: Set<Condition>;
};

const encoded = (prefix: Buffer, value: unknown, descending: boolean): Buffer =>
  keyWriter(0).bytes(prefix).value(value, descending).finish().subarray(4);

function points(index: Index, conditions: Condition[]): { condition: Condition; values: unknown[] } | undefined {
  for (const condition of conditions) {
    const { op, value } = condition;
    if (op === "$eq" && (isBound(value) || (value === null && !index.multikey && !index.sparse))) {
      return { condition, values: [value] };
    }
  }
  const list = conditions.find(({ op, value }) => op === "$in" && Array.isArray(value) && value.every(isBound));
  return list && { condition: list, values: list.value as unknown[] };
}

function range(index: Index, conditions: Condition[]): Pick<Bounds, "low" | "high"> {
  const usable = conditions.filter(({ op, value }) => rangeOperators.includes(op as "$gt") && isBound(value));
  const low = usable.find(({ op }) => op.startsWith("$gt"));
  const high = usable.find(
    ({ op, value }) => op.startsWith("$lt") && (!low || (rankOf(low.value) === rankOf(value) && !index.multikey)),
  );
  return { ...(low && { low }), ...(high && { high }) };
}

/** How much of the index the conditions fix. */
function bound(index: Index, conditions: Condition[]): Bounds {
  const out: Bounds = { prefixes: [Buffer.alloc(0)], equal: [], used: new Set() };
  for (const { path, descending } of index.fields) {
    const here = conditions.filter((condition) => condition.path === path);
    const found = points(index, here);
    if (!found || found.values.length * out.prefixes.length > POINTS_MAX) {
      const ends = range(index, here);
      for (const end of [ends.low, ends.high]) if (end) out.used.add(end);
      return { ...out, ...ends };
    }
    out.used.add(found.condition);
    out.equal.push(path);
    out.prefixes = out.prefixes.flatMap((prefix) => found.values.map((value) => encoded(prefix, value, descending)));
  }
  return out;
}

function rangeOf(table: number, prefix: Buffer, { low, high }: Bounds, descending: boolean): Range {
  const some = low ?? high;
  const start = (): ReturnType<typeof keyWriter> => keyWriter(table).bytes(prefix);
  if (!some) return { from: start().finish(), to: start().past().finish() };
  const kind = rankOf(some.value);
  const edge = (past: boolean): Buffer => {
    const byte = descending ? ~kind & 0xff : kind;
    return start()
      .byte(past ? byte + 1 : byte)
      .finish();
  };
  const at = (condition: Condition, past: boolean): Buffer => {
    const key = start().value(condition.value, descending);
    return (past ? key.past() : key).finish();
  };
  const [first, last] = descending ? [high, low] : [low, high];
  return {
    from: first ? at(first, first.op === "$gt" || first.op === "$lt") : edge(false),
    to: last ? at(last, last.op === "$gte" || last.op === "$lte") : edge(true),
  };
}

/** Whether reading the index gives the order, and from which end; undefined when it does not. */
function ordering(index: Index, bounds: Bounds, sort: Sort): boolean | undefined {
  if (bounds.prefixes.length > 1 || index.multikey) return undefined;
  let backwards: boolean | undefined;
  let at = bounds.equal.length;
  const order = [...index.fields, { path: "_id", descending: false }]; // keys end with the _id
  for (const [path, direction] of sort) {
    if (bounds.equal.includes(path)) continue;
    if (at >= index.fields.length && index.unique) break;
    const field = order[at++];
    const against = field?.descending !== (direction === -1);
    if (field?.path !== path || (backwards ?? against) !== against) return undefined;
    backwards = against;
  }
  return backwards ?? false;
}

const same = (a: Condition, b: Condition): boolean =>
  a.path === b.path && a.op === b.op && compareValues(a.value, b.value) === 0;

/** The conditions that membership in a partial index answers; undefined when the filter asks for more than it holds. */
function implied(index: Index, conditions: Condition[]): Condition[] | undefined {
  const out: Condition[] = [];
  for (const needed of index.partial ?? []) {
    const found = conditions.find(
      (condition) =>
        same(condition, needed) ||
        (needed.op === "$exists" &&
          condition.path === needed.path &&
          condition.op === "$eq" &&
          isBound(condition.value)),
    );
    if (!found) return undefined;
    if (same(found, needed)) out.push(found);
  }
  return out;
}

function score(index: Index, bounds: Bounds, sorted: boolean): number {
  const points = bounds.equal.length * (bounds.prefixes.length > 1 ? 80 : 100);
  const whole = index.unique && bounds.equal.length === index.fields.length ? 1000 : 0;
  const ends = (bounds.low ? 30 : 0) + (bounds.high ? 30 : 0);
  return whole + points + ends + (sorted ? 25 : 0) + (index.partial ? 5 : 0);
}

const hasNull = (list: Condition[]) => (path: string) =>
  list.some((condition) => condition.path === path && condition.value === null);

function sortedRanges(index: Index, bounds: Bounds): Range[] {
  const next = index.fields[bounds.equal.length];
  const ranges = bounds.prefixes.map((prefix) => rangeOf(index.table, prefix, bounds, next?.descending ?? false));
  if (ranges.length === 1) return ranges;
  ranges.sort((a, b) => Buffer.compare(a.from, b.from));
  return ranges.filter(({ from }, i) => i === 0 || !from.equals(ranges[i - 1]?.from ?? Buffer.alloc(0)));
}

/** A table always answers; another index when it narrows the search or gives the order. */
function helps(index: Index, { used, low, high }: Bounds, orders: boolean): boolean {
  const narrows = used.size > 0 || low !== undefined || high !== undefined;
  if (index.sparse) return narrows;
  return narrows || orders || index.isTable || index.partial !== undefined;
}

const arePoints = (index: Index, { equal }: Bounds, list: Condition[]): boolean =>
  index.unique && equal.length === index.fields.length && !equal.some(hasNull(list));

function consider(index: Index, { conditions, sort, collation }: Question): Plan | undefined {
  const fits = index.collation === collation;
  const answered = implied(index, conditions.list);
  if (!answered || !(fits || index.isTable)) return undefined;
  const bounds = bound(index, fits ? conditions.list : []);
  const backwards = collation === "" ? ordering(index, bounds, sort) : undefined;
  const sorted = sort.length === 0 || backwards !== undefined;
  if (!helps(index, bounds, sort.length > 0 && sorted)) return undefined;
  const used = new Set([...bounds.used, ...answered]);
  return {
    index,
    ranges: sortedRanges(index, bounds),
    backwards: backwards ?? false,
    exact: conditions.whole && !index.multikey && used.size === conditions.list.length,
    sorted,
    points: arePoints(index, bounds, conditions.list),
    score: score(index, bounds, sort.length > 0 && sorted),
  };
}

/** The best plan; `indexes` begins with the collection itself, which always answers. */
export function plan(indexes: readonly Index[], question: Question): Plan {
  let best: Plan | undefined;
  for (const index of indexes) {
    const found = consider(index, question);
    if (found && (!best || found.score > best.score)) best = found;
  }
  if (!best) throw new Error("A collection has no table");
  return best;
}
