/**
 * BSON without decoding it: a document is checked once when it comes in, kept as the client's bytes, and asked for
 * single fields. Decoding whole rows was most of the time of an insert.
 */
import { deserialize, type DeserializeOptions } from "bson";
import { CommandError } from "./errors";

export type Doc = Record<string, unknown>;
export type Element = { type: number; name: string; start: number; value: number; end: number };

const DEPTH_MAX = 150;
export const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;
export const OBJECT = 3;
export const ARRAY = 4;
const STRING = 2;

const broken = (): CommandError => new CommandError(22, "The message holds bytes that are not BSON.");

/** By type: how long a value is, where its type tells it, */
const fixed: (number | undefined)[] = [];
for (const type of [0x06, 0x0a, 0xff, 0x7f]) fixed[type] = 0;
for (const type of [0x01, 0x09, 0x11, 0x12]) fixed[type] = 8;
[fixed[0x07], fixed[0x08], fixed[0x10], fixed[0x13]] = [12, 1, 4, 16];

/** or how much longer it is than the length in its first four bytes says. */
const beyondLength: (number | undefined)[] = [];
for (const type of [OBJECT, ARRAY, 0x0f]) beyondLength[type] = 0;
for (const type of [STRING, 0x0d, 0x0e]) beyondLength[type] = 4;
[beyondLength[0x05], beyondLength[0x0c]] = [5, 16];

function sizeOf(bytes: Buffer, type: number, at: number): number {
  const size = fixed[type];
  if (size !== undefined) return size;
  const more = beyondLength[type];
  if (more !== undefined) return more + bytes.readInt32LE(at);
  if (type === 0x0b) return zeroAt(bytes, zeroAt(bytes, at, bytes.length) + 1, bytes.length) + 1 - at;
  throw broken();
}

/** Where the next zero byte is; names are short, so this beats indexOf. */
function zeroAt(bytes: Buffer, from: number, last: number): number {
  let at = from;
  while (at < last && bytes[at] !== 0) at++;
  if (at >= last) throw broken();
  return at;
}

/** Where the value that begins at `at` ends, inside the document that ends at `last`. */
function endOf(bytes: Buffer, type: number, { at, last }: { at: number; last: number }): number {
  const end = at + sizeOf(bytes, type, at);
  if (end > last || end < at) throw broken();
  return end;
}

function checkEnd(bytes: Buffer, at: number, last: number): void {
  if (at !== last || bytes[last] !== 0) throw broken();
}

/** The elements of the document that begins at `from`. */
export function* elements(bytes: Buffer, from = 0): Generator<Element> {
  const last = from + bytes.readInt32LE(from) - 1;
  let start = from + 4;
  while (start < last) {
    const type = bytes[start] ?? 0;
    const zero = zeroAt(bytes, start + 1, last);
    const end = endOf(bytes, type, { at: zero + 1, last });
    yield { type, name: bytes.toString("latin1", start + 1, zero), start, value: zero + 1, end };
    start = end;
  }
  checkEnd(bytes, start, last);
}

/** Throws unless the bytes are one whole document, not nested too deeply. Makes nothing: every document passes here. */
export function check(bytes: Buffer, from = 0, depth = 0): void {
  if (depth > DEPTH_MAX) throw new CommandError(15, `A document may be nested ${DEPTH_MAX} deep at most.`);
  const last = lastOf(bytes, from);
  let start = from + 4;
  while (start < last) {
    const type = bytes[start] ?? 0;
    const at = zeroAt(bytes, start + 1, last) + 1;
    const end = endOf(bytes, type, { at, last });
    checkValue(bytes, type, { at, depth });
    start = end;
  }
  checkEnd(bytes, start, last);
}

/** Where the zero byte is that ends the document. */
function lastOf(bytes: Buffer, from: number): number {
  const size = bytes.length - from >= 5 ? bytes.readInt32LE(from) : 0;
  if (size < 5 || size > bytes.length - from) throw broken();
  return from + size - 1;
}

function checkValue(bytes: Buffer, type: number, { at, depth }: { at: number; depth: number }): void {
  if (type === OBJECT || type === ARRAY) check(bytes, at, depth + 1);
  else if (type === STRING && bytes.readInt32LE(at) < 1) throw broken();
}

/** A name as elements have it: its bytes, one character each. */
export const latin = (name: string): string => Buffer.from(name).toString("latin1");

const NAMES_MAX = 1_000;
const names = new Map<string, Buffer>();

/** The bytes of a name, made once: those asked for come from a few indexes and filters. */
function bytesOfName(name: string): Buffer {
  const known = names.get(name);
  if (known) return known;
  const bytes = Buffer.from(name);
  if (names.size < NAMES_MAX) names.set(name, bytes);
  return bytes;
}

/** Whether the name that begins at `at` is this one. */
function isNamed(bytes: Buffer, at: number, name: Buffer): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false;
  return bytes[at + name.length] === 0;
}

/** Looks at the bytes only and makes nothing on its way: every insert asks for a handful of fields of every index. */
export function find(bytes: Buffer, name: string, from = 0): Element | undefined {
  const wanted = bytesOfName(name);
  const last = from + bytes.readInt32LE(from) - 1;
  let start = from + 4;
  while (start < last) {
    const type = bytes[start] ?? 0;
    const named = isNamed(bytes, start + 1, wanted);
    const zero = named ? start + 1 + wanted.length : zeroAt(bytes, start + 1, last);
    const end = endOf(bytes, type, { at: zero + 1, last });
    if (named) return { type, name: latin(name), start, value: zero + 1, end };
    start = end;
  }
  checkEnd(bytes, start, last);
  return undefined;
}

/** The documents of an array field, as bytes. */
export function rawArray(bytes: Buffer, name: string): Buffer[] {
  const field = find(bytes, name);
  if (field?.type !== ARRAY) return [];
  return [...elements(bytes, field.value)].map((item) => bytes.subarray(item.value, item.end));
}

/** Stands for a value that only the decoded document can tell about: an array, or something below one. */
export const inArray = Symbol("in an array");

/** Numbers beyond 2^53 stay Long objects, regular expressions and binaries stay as they were. */
const reading: DeserializeOptions = { promoteBuffers: false, bsonRegExp: true };

/** `patterns`: regular expressions as JavaScript's, for filters. */
export const decode = (bytes: Uint8Array, patterns = false): Doc =>
  deserialize(bytes, { ...reading, bsonRegExp: !patterns });

/** For documents that are written back: a 64-bit integer stays one. */
export const decodeToWrite = (bytes: Uint8Array): Doc => deserialize(bytes, { ...reading, useBigInt64: true });

const simple: Record<number, (bytes: Buffer, at: number, end: number) => unknown> = {
  0x01: (bytes, at) => bytes.readDoubleLE(at),
  0x02: (bytes, at, end) => bytes.toString("utf8", at + 4, end - 1),
  0x08: (bytes, at) => bytes[at] === 1,
  0x0a: () => null,
  0x10: (bytes, at) => bytes.readInt32LE(at),
  [ARRAY]: () => inArray,
};

export function valueOf(bytes: Buffer, { type, value, end }: Element): unknown {
  const read = simple[type];
  if (read) return read(bytes, value, end);
  const head = Buffer.from([0, 0, 0, 0, type, 0]);
  const alone = Buffer.concat([head, bytes.subarray(value, end), Buffer.from([0])]);
  alone.writeInt32LE(alone.length, 0);
  return decode(alone)[""];
}

/** A document that is looked at field by field, and decoded as a whole only when that is not enough. */
export class View {
  private whole: Doc | undefined;

  constructor(readonly bytes: Buffer) {}

  get doc(): Doc {
    return (this.whole ??= decode(this.bytes));
  }

  /** The value at a path, undefined where nothing is, `inArray` where an array is on the way or at the end. */
  at(path: readonly string[]): unknown {
    const [first = ""] = path;
    let element = this.top(first);
    for (const name of path.slice(1)) {
      if (element?.type === ARRAY) return inArray;
      element = element?.type === OBJECT ? find(this.bytes, name, element.value) : undefined;
    }
    return element && valueOf(this.bytes, element);
  }

  top(name: string): Element | undefined {
    return find(this.bytes, name);
  }
}
