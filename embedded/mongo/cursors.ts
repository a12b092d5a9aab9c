/** Open cursors: bounded in number, ended by the client, by their last document, or after ten idle minutes. */
import { Long, serialize } from "bson";
import { CommandError, Refused } from "./errors";
import { arrayField, bodyOf, documentOf, objectField } from "./compose";

const CURSORS_MAX = 5_000;
const IDLE_MS = 10 * 60_000;
const FIRST_BATCH = 101;
const BATCH_BYTES_MAX = 16 * 1024 * 1024 - 16 * 1024;

type Cursor = { ns: string; docs: Iterator<Uint8Array>; ahead: Uint8Array | undefined; usedAt: number };

export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private next = BigInt(Date.now()) * 1000n;

  /** The reply of a command that opens a cursor. `batch` undefined means MongoDB's first batch of 101. */
  start(ns: string, docs: Iterable<Uint8Array>, batch: number | undefined, single = false): Buffer {
    const cursor: Cursor = { ns, docs: docs[Symbol.iterator](), ahead: undefined, usedAt: Date.now() };
    return this.reply(cursor, 0n, "firstBatch", { batch: batch ?? FIRST_BATCH, single });
  }

  more(id: bigint, ns: string, batch: number | undefined): Buffer {
    const cursor = this.open.get(id);
    if (cursor?.ns !== ns)
      throw new CommandError(43, `Cursor ${id} is not open: it was read to its end, or timed out.`);
    cursor.usedAt = Date.now();
    return this.reply(cursor, id, "nextBatch", { batch: batch ?? Infinity, single: false });
  }

  kill(id: bigint): boolean {
    return this.open.delete(id);
  }

  endIdle(): void {
    const oldest = Date.now() - IDLE_MS;
    for (const [id, cursor] of this.open) if (cursor.usedAt < oldest) this.open.delete(id);
  }

  get count(): number {
    return this.open.size;
  }

  private reply(cursor: Cursor, id: bigint, field: string, size: { batch: number; single: boolean }): Buffer {
    const { docs, done } = take(cursor, size.batch);
    let open = id;
    if (done || size.single) this.open.delete(id);
    else if (id === 0n) open = this.keep(cursor);
    const rest = serialize({ id: Long.fromBigInt(done || size.single ? 0n : open), ns: cursor.ns });
    const body = documentOf([arrayField(field, docs), bodyOf(rest)]);
    return documentOf([objectField("cursor", body), bodyOf(serialize({ ok: 1 }))]);
  }

  private keep(cursor: Cursor): bigint {
    if (this.open.size >= CURSORS_MAX) throw new Refused(`More than ${CURSORS_MAX} open cursors`);
    const id = this.next++;
    this.open.set(id, cursor);
    return id;
  }
}

function nextOf(docs: Iterator<Uint8Array>): Uint8Array | undefined {
  const next = docs.next();
  return next.done === true ? undefined : next.value;
}

/** Reads one document ahead, so that a cursor that is at its end says so. */
function take(cursor: Cursor, batch: number): { docs: Uint8Array[]; done: boolean } {
  const docs: Uint8Array[] = [];
  let bytes = 0;
  if (batch === 0) return { docs, done: false };
  for (;;) {
    const doc = cursor.ahead ?? nextOf(cursor.docs);
    cursor.ahead = undefined;
    if (!doc) return { docs, done: true };
    if (docs.length >= batch || (docs.length > 0 && bytes + doc.length > BATCH_BYTES_MAX)) {
      cursor.ahead = doc;
      return { docs, done: false };
    }
    docs.push(doc);
    bytes += doc.length;
  }
}
