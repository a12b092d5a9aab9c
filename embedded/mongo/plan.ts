/**
 * Which index answers a filter and a sort, and between which keys. A plan is an equality on the first fields of an
 * index (or several, for $in), at most one range on the next field, and the index's own order, read in either
 * direction. Whatever the ranges do not promise is tested again on each document.
 */
import { bound, type Bounds, isBound, rangesOf } from "./bounds";
import { type Condition, type Conditions } from "./conditions";
import { type Index } from "./index-definition";
import { compareValues } from "./order";
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

/** Whether reading the index gives the order, and from which end; undefined when it does not. */
function ordering(index: Index, { prefixes, equal }: Bounds, sort: Sort): boolean | undefined {
  if (prefixes.length > 1 || index.multikey) return undefined;
  const left = sort.filter(([path]) => !equal.includes(path));
  const fields = index.fields.slice(equal.length);
  // keys end with the _id; those of a unique index are in order before that
  const order = index.unique ? fields : [...fields, { path: "_id", descending: false }];
  const asked = index.unique ? left.slice(0, order.length) : left;
  const against = asked.map(([, direction], i) => order[i]?.descending !== (direction === -1));
  const fits = asked.every(([path], i) => order[i]?.path === path && against[i] === against[0]);
  return fits ? (against[0] ?? false) : undefined;
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

/** A table always answers; another index when it narrows the search or gives the order. */
function helps(index: Index, { used, low, high }: Bounds, orders: boolean): boolean {
  const narrows = used.size > 0 || low !== undefined || high !== undefined;
  if (index.sparse) return narrows;
  return narrows || orders || index.isTable || index.partial !== undefined;
}

const arePoints = (index: Index, { equal }: Bounds, list: Condition[]): boolean =>
  index.unique && equal.length === index.fields.length && !equal.some(hasNull(list));

function boundsIn(index: Index, { list }: Conditions, collation: string): Bounds | undefined {
  if (index.collation === collation) return bound(index, list);
  return index.isTable ? bound(index, []) : undefined;
}

/** Another collation's index can neither be searched nor give an order, but the table can be read through. */
function consider(index: Index, { conditions, sort, collation }: Question): Plan | undefined {
  const answered = implied(index, conditions.list);
  const bounds = boundsIn(index, conditions, collation);
  if (!answered || !bounds) return undefined;
  const backwards = collation === "" ? ordering(index, bounds, sort) : undefined;
  const sorted = sort.length === 0 || backwards !== undefined;
  const orders = sorted && sort.length > 0;
  if (!helps(index, bounds, orders)) return undefined;
  return {
    index,
    ranges: rangesOf(index, bounds),
    backwards: backwards ?? false,
    exact: isExact(index, conditions, new Set([...bounds.used, ...answered])),
    sorted,
    points: arePoints(index, bounds, conditions.list),
    score: score(index, bounds, orders),
  };
}

const isExact = (index: Index, { list, whole }: Conditions, used: Set<Condition>): boolean =>
  whole && !index.multikey && used.size === list.length;

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
