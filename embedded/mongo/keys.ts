/**
 * Values as bytes whose memcmp order is the order of `order.ts`. Each value begins with the byte of its kind and no
 * encoding is the beginning of another one, so fields can be put one after the other, and a descending field is the
 * same bytes inverted. Bytes 0x00 and 0xff never begin a value: `prefix + 0xff` is past everything with that prefix.
 */
import { CommandError, Refused } from "./errors";
import { bytesOf, rank, rankOf, regexParts, toNum } from "./order";

const KEY_BYTES_MAX = 1900; // lmdb's limit with pages of 4 KiB is 1978
const PAST = 0xff;
const NESTING_MAX = 100;

export class KeyWriter {
  private buffer = Buffer.allocUnsafe(4096);
  private length = 0;

  start(table: number): this {
    this.length = this.buffer.writeUInt32BE(table, 0);
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.room(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  byte(value: number): this {
    this.room(1);
    this.buffer[this.length++] = value;
    return this;
  }

  past(): this {
    return this.byte(PAST);
  }

  /** @throws KeyTooLong, and Refused for a Decimal128: its exact place among doubles has no short form. */
  value(value: unknown, descending = false): this {
    const from = this.length;
    this.encode(value, 0);
    if (descending) for (let i = from; i < this.length; i++) this.buffer[i] = ~(this.buffer[i] ?? 0);
    return this;
  }

  finish(): Buffer {
    if (this.length > KEY_BYTES_MAX) {
      throw new CommandError(17280, `The key of an index takes ${this.length} bytes, at most ${KEY_BYTES_MAX} fit.`);
    }
    return Buffer.from(this.buffer.subarray(0, this.length));
  }

  private room(bytes: number): void {
    if (this.length + bytes > 20 * KEY_BYTES_MAX) throw new CommandError(17280, "The key of an index is too long.");
    if (this.length + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe((this.length + bytes) * 2);
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }

  private encode(value: unknown, depth: number): void {
    if (depth > NESTING_MAX) throw new CommandError(17280, "The key of an index is nested too deeply.");
    const kind = rankOf(value);
    this.byte(kind);
    const write = writers.get(kind);
    if (write) write(this, value as never, depth);
  }

  /** Zero bytes are written as 00 ff and the end as 00 00, so that a shorter string comes first. */
  text(text: string): void {
    if (!text.includes("\0")) {
      this.room(text.length * 3);
      this.length += this.buffer.write(text, this.length);
    } else {
      for (const byte of Buffer.from(text)) {
        this.byte(byte);
        if (byte === 0) this.byte(PAST);
      }
    }
    this.byte(0).byte(0);
  }

  /** A double's bits in order, then what an integer beyond 2^53 differs from its nearest double. */
  number(value: number, rest: number): void {
    this.room(10);
    const at = this.length;
    this.buffer.writeDoubleBE(value === 0 ? 0 : value, at);
    const negative = (this.buffer[at] ?? 0) >= 0x80;
    if (Number.isNaN(value)) this.buffer.fill(0, at, at + 8);
    else if (negative) for (let i = at; i < at + 8; i++) this.buffer[i] = ~(this.buffer[i] ?? 0);
    else this.buffer[at] = (this.buffer[at] ?? 0) | 0x80;
    this.buffer.writeUInt16BE(0x8000 + rest, at + 8);
    this.length += 10;
  }

  uint32(value: number): this {
    this.room(4);
    this.length = this.buffer.writeUInt32BE(value, this.length);
    return this;
  }

  nested(value: unknown, depth: number): void {
    this.encode(value, depth + 1);
  }
}

function writeNumber(out: KeyWriter, value: unknown): void {
  const number = toNum(value);
  if (typeof number === "number") {
    out.number(number, 0);
    return;
  }
  if (typeof number !== "bigint") throw new Refused("A Decimal128 in an index or as _id");
  const double = Number(number);
  out.number(double, Number(number - BigInt(double)));
}

function writeObject(out: KeyWriter, value: object, depth: number): void {
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    out.byte(rankOf(field)).text(name);
    out.nested(field, depth);
  }
  out.byte(0);
}

const writers = new Map<number, (out: KeyWriter, value: never, depth: number) => void>([
  [rank.number, writeNumber],
  [rank.string, (out, value) => out.text(String(value))],
  [rank.object, writeObject],
  [
    rank.array,
    (out: KeyWriter, value: unknown[], depth: number) => {
      for (const item of value) out.nested(item, depth);
      out.byte(0);
    },
  ],
  [
    rank.binary,
    (out: KeyWriter, value: unknown) => {
      const { subtype, bytes } = bytesOf(value);
      out.uint32(bytes.length).byte(subtype).bytes(bytes);
    },
  ],
  [rank.objectId, (out: KeyWriter, value: { id: Uint8Array }) => out.bytes(value.id)],
  [rank.boolean, (out: KeyWriter, value: boolean) => out.byte(value ? 1 : 0)],
  [
    rank.date,
    (out: KeyWriter, value: Date) => {
      const ms = value.getTime();
      const high = Math.floor(ms / 2 ** 32);
      out.uint32(high + 2 ** 31).uint32(ms - high * 2 ** 32);
    },
  ],
  [rank.timestamp, (out: KeyWriter, value: { t: number; i: number }) => out.uint32(value.t).uint32(value.i)],
  [
    rank.regex,
    (out: KeyWriter, value: unknown) => {
      for (const part of regexParts(value)) out.text(part);
    },
  ],
  [rank.code, (out: KeyWriter, value: { code: string }) => out.text(value.code)],
]);

const shared = new KeyWriter();

/** The key of a document in its table, and the part after the table's number, which index entries carry. */
export const documentKey = (table: number, id: unknown): Buffer => shared.start(table).value(id).finish();

/** A key made of parts already encoded. */
export const joinKey = (table: number, ...parts: Uint8Array[]): Buffer => {
  shared.start(table);
  for (const part of parts) shared.bytes(part);
  return shared.finish();
};

export const keyWriter = (table: number): KeyWriter => shared.start(table);
