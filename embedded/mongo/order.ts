/**
 * The order of BSON values, as MongoDB documents it: first by kind of type, then by value. Numbers of every type are
 * one kind and compare exactly. `keys.ts` writes the same order as bytes; a property test holds the two together.
 */
import { type Decimal128, type Long, type Timestamp } from "bson";

/** The first byte of a key, too: gaps leave room, 0x00 and 0xff are never used. */
export const rank = {
  minKey: 0x05,
  emptyArray: 0x08,
  null: 0x0a,
  number: 0x14,
  string: 0x1e,
  object: 0x28,
  array: 0x32,
  binary: 0x3c,
  objectId: 0x46,
  boolean: 0x50,
  date: 0x5a,
  timestamp: 0x64,
  regex: 0x6e,
  code: 0x78,
  maxKey: 0xf0,
} as const;

const bsonRanks: Record<string, number> = {
  MinKey: rank.minKey,
  MaxKey: rank.maxKey,
  Long: rank.number,
  Int32: rank.number,
  Double: rank.number,
  Decimal128: rank.number,
  BSONSymbol: rank.string,
  Binary: rank.binary,
  ObjectId: rank.objectId,
  Timestamp: rank.timestamp,
  BSONRegExp: rank.regex,
  Code: rank.code,
};

const plainRanks: Record<string, number> = {
  string: rank.string,
  number: rank.number,
  bigint: rank.number,
  boolean: rank.boolean,
  undefined: rank.null,
};

export const bsonType = (value: unknown): string | undefined =>
  (value as { _bsontype?: string } | null | undefined)?._bsontype;

function builtInRank(value: unknown): number {
  if (value instanceof Date) return rank.date;
  if (value instanceof RegExp) return rank.regex;
  return value instanceof Uint8Array ? rank.binary : rank.object;
}

export function rankOf(value: unknown): number {
  const plain = plainRanks[typeof value];
  if (plain !== undefined) return plain;
  if (value === null) return rank.null;
  if (Array.isArray(value)) return rank.array;
  const tagged = bsonRanks[bsonType(value) ?? ""];
  return tagged ?? builtInRank(value);
}

type Num = number | bigint | Decimal128;

export function toNum(value: unknown): Num {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (bsonType(value) === "Long") return (value as Long).toBigInt();
  if (bsonType(value) === "Decimal128") return value as Decimal128;
  return (value as { value: number }).value;
}

/** The digits of a Decimal128 as a fraction; undefined for its infinities. */
function decimalFraction(value: Decimal128): [bigint, bigint] | undefined {
  const parts = /^(-?\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString());
  if (!parts) return undefined;
  const [, whole = "0", decimals = "", power = "0"] = parts;
  const exponent = Number(power) - decimals.length;
  const digits = BigInt(whole + decimals);
  return exponent < 0 ? [digits, 10n ** BigInt(-exponent)] : [digits * 10n ** BigInt(exponent), 1n];
}

/** [numerator, denominator], or the double itself where it is infinite or not a number. */
function fraction(value: Num): [bigint, bigint] | number {
  if (typeof value === "bigint") return [value, 1n];
  const decimal = typeof value === "number" ? undefined : decimalFraction(value);
  if (decimal) return decimal;
  const double = typeof value === "number" ? value : Number(String(value));
  if (!Number.isFinite(double)) return double;
  let scaled = double;
  let bits = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    bits++;
  }
  return [BigInt(scaled), 2n ** BigInt(bits)];
}

const sign = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function compareSpecial(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) ? 1 : sign(a, b);
}

function compareNumbers(a: Num, b: Num): number {
  if (typeof a === "number" && typeof b === "number") return compareSpecial(a, b);
  const x = fraction(a);
  const y = fraction(b);
  if (Array.isArray(x) && Array.isArray(y)) return sign(x[0] * y[1], y[0] * x[1]);
  return compareSpecial(Array.isArray(x) ? 0 : x, Array.isArray(y) ? 0 : y);
}

// UTF-16 puts surrogates below U+E000; UTF-8, and so MongoDB, above
const unit = (code: number): number => (code >= 0xe000 ? code - 0x800 : code >= 0xd800 ? code + 0x2000 : code);

export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return unit(x) - unit(y);
  }
  return a.length - b.length;
}

export function bytesOf(value: unknown): { subtype: number; bytes: Uint8Array } {
  if (value instanceof Uint8Array) return { subtype: 0, bytes: value };
  const binary = value as { sub_type: number; buffer: Uint8Array; position: number };
  return { subtype: binary.sub_type, bytes: binary.buffer.subarray(0, binary.position) };
}

function compareBinary(a: unknown, b: unknown): number {
  const x = bytesOf(a);
  const y = bytesOf(b);
  return x.bytes.length - y.bytes.length || x.subtype - y.subtype || Buffer.compare(x.bytes, y.bytes);
}

export function regexParts(value: unknown): [string, string] {
  if (value instanceof RegExp) return [value.source, value.flags.replace(/[^imsux]/g, "")];
  const regex = value as { pattern: string; options: string };
  return [regex.pattern, regex.options];
}

function compareObjects(a: object, b: object): number {
  const xs = Object.entries(a).filter(([, value]) => value !== undefined);
  const ys = Object.entries(b).filter(([, value]) => value !== undefined);
  for (let i = 0; i < Math.min(xs.length, ys.length); i++) {
    const [nameA, valueA] = xs[i] as [string, unknown];
    const [nameB, valueB] = ys[i] as [string, unknown];
    const order = rankOf(valueA) - rankOf(valueB) || compareStrings(nameA, nameB) || compareValues(valueA, valueB);
    if (order !== 0) return order;
  }
  return xs.length - ys.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const comparers = new Map<number, (a: never, b: never) => number>([
  [rank.number, (a: unknown, b: unknown) => compareNumbers(toNum(a), toNum(b))],
  [rank.string, (a: string, b: string) => compareStrings(a, b)],
  [rank.object, compareObjects],
  [rank.array, compareArrays],
  [rank.binary, compareBinary],
  [rank.objectId, (a: { id: Uint8Array }, b: { id: Uint8Array }) => Buffer.compare(a.id, b.id)],
  [rank.boolean, (a: boolean, b: boolean) => Number(a) - Number(b)],
  [rank.date, (a: Date, b: Date) => sign(a.getTime(), b.getTime())],
  [rank.timestamp, (a: Timestamp, b: Timestamp) => sign(a.t, b.t) || sign(a.i, b.i)],
  [rank.regex, (a: unknown, b: unknown) => compareArrays(regexParts(a), regexParts(b))],
  [rank.code, (a: { code: string }, b: { code: string }) => compareStrings(a.code, b.code)],
]);

/** Negative, zero or positive. A missing field counts as null. */
export function compareValues(a: unknown, b: unknown): number {
  const rankA = rankOf(a);
  const rankB = rankOf(b);
  if (rankA !== rankB) return rankA - rankB;
  return comparers.get(rankA)?.(a as never, b as never) ?? 0;
}
