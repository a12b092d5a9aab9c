/** From conditions to the stretches of an index that they leave. */
import { type Condition, rangeOperators } from "./conditions";
import { type Index } from "./index-definition";
import { keyWriter } from "./keys";
import { rank, rankOf } from "./order";
import { type Range } from "./storage";

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

export const isBound = (value: unknown): boolean =>
  boundable.has(rankOf(value)) && (value as { _bsontype?: string })._bsontype !== "Decimal128";

/** What the conditions say of an index: equal values for its first fields, and one range on the next. */
export type Bounds = {
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
export function bound(index: Index, conditions: Condition[]): Bounds {
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

/** The keys between which the bounds lie, in the order of the index, none twice. */
export function rangesOf(index: Index, bounds: Bounds): Range[] {
  const next = index.fields[bounds.equal.length];
  const ranges = bounds.prefixes.map((prefix) => rangeOf(index.table, prefix, bounds, next?.descending ?? false));
  if (ranges.length === 1) return ranges;
  ranges.sort((a, b) => Buffer.compare(a.from, b.from));
  return ranges.filter(({ from }, i) => i === 0 || !from.equals(ranges[i - 1]?.from ?? Buffer.alloc(0)));
}
