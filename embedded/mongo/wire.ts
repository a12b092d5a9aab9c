/**
 * MongoDB's wire protocol: OP_MSG, and OP_QUERY as far as a driver's handshake needs it. Frames are cut out of the
 * stream without copying twice; a frame longer than the limit ends the connection before it is read.
 */
import { serialize } from "bson";
import { type Reply, type Request } from "./command";
import { MESSAGE_BYTES_MAX } from "./commands-admin";
import { documentOf } from "./compose";
import { ARRAY, check, decode, find } from "./raw";

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
const SEQUENCE_DOCS_MAX = 100_000;

export class ProtocolError extends Error {}

/** Puts chunks together to whole messages. */
export class Frames {
  private chunks: Buffer[] = [];
  private held = 0;

  *push(chunk: Buffer): Generator<Buffer> {
    this.chunks.push(chunk);
    this.held += chunk.length;
    while (this.held >= 4) {
      const length = this.peek(4).readInt32LE(0);
      if (length < HEADER || length > MESSAGE_BYTES_MAX) throw new ProtocolError(`A message of ${length} bytes.`);
      if (this.held < length) return;
      yield this.take(length);
    }
  }

  private peek(bytes: number): Buffer {
    const [first] = this.chunks;
    if (first && first.length >= bytes) return first;
    this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  private take(bytes: number): Buffer {
    const [first] = this.chunks;
    const all = this.chunks.length === 1 && first ? first : Buffer.concat(this.chunks);
    this.held -= bytes;
    this.chunks = this.held > 0 ? [all.subarray(bytes)] : [];
    return all.subarray(0, bytes);
  }
}

export type Message = { request: Request; id: number; legacy: boolean; silent: boolean };

/** The command without the documents of an insert, which are asked for as bytes: decoding them is in vain. */
function withoutDocuments(raw: Buffer): Buffer {
  const documents = nameAt(raw) === "insert" ? find(raw, "documents") : undefined;
  if (documents?.type !== ARRAY) return raw;
  return documentOf([raw.subarray(4, documents.start), raw.subarray(documents.end, raw.length - 1)]);
}

/** The name of the first field: of the command. */
const nameAt = (raw: Buffer): string => raw.toString("latin1", 5, Math.max(5, raw.indexOf(0, 5)));

const requestOf = (raw: Buffer, sequences: Map<string, Buffer[]>, db?: string): Request => {
  check(raw);
  const body = decode(withoutDocuments(raw), true);
  return {
    name: Object.keys(body)[0] ?? "",
    db: db ?? (typeof body.$db === "string" ? body.$db : "admin"),
    body,
    raw,
    sequences,
  };
};

function documentAt(bytes: Buffer, at: number, end: number): Buffer {
  const size = at + 5 <= end ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new ProtocolError("A document longer than its message.");
  return bytes.subarray(at, at + size);
}

function sequence(bytes: Buffer, at: number, end: number): [string, Buffer[]] {
  const zero = bytes.indexOf(0, at);
  if (zero < 0 || zero >= end) throw new ProtocolError("A section without a name.");
  const docs: Buffer[] = [];
  for (let next = zero + 1; next < end; next += docs.at(-1)?.length ?? end) {
    if (docs.push(documentAt(bytes, next, end)) > SEQUENCE_DOCS_MAX) throw new ProtocolError("Too many documents.");
  }
  return [bytes.toString("utf8", at, zero), docs];
}

/** A document and a sequence both begin with their size. */
function sectionSize(frame: Buffer, at: number, end: number): number {
  const size = at + 5 <= end ? frame.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new ProtocolError("A section longer than its message.");
  return size;
}

function parseMessage(frame: Buffer): Message {
  const flags = frame.readUInt32LE(HEADER);
  const end = frame.length - (flags & CHECKSUM ? 4 : 0);
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | undefined;
  for (let at = HEADER + 4; at < end;) {
    const kind = frame[at];
    const next = at + 1 + sectionSize(frame, at + 1, end);
    if (kind === 0) body = documentAt(frame, at + 1, end);
    else if (kind === 1) sequences.set(...sequence(frame, at + 5, next));
    else throw new ProtocolError(`A section of kind ${kind ?? -1}.`);
    at = next;
  }
  if (!body) throw new ProtocolError("A message without a command.");
  const silent = (flags & MORE_TO_COME) !== 0;
  return { request: requestOf(body, sequences), id: frame.readInt32LE(4), legacy: false, silent };
}

/** The handshake of drivers that do not know yet what the server speaks. */
function parseQuery(frame: Buffer): Message {
  const zero = frame.indexOf(0, HEADER + 4);
  if (zero < 0 || zero + 14 > frame.length) throw new ProtocolError("A query that is cut off.");
  const ns = frame.toString("utf8", HEADER + 4, zero);
  const raw = documentAt(frame, zero + 9, frame.length);
  const request = requestOf(raw, new Map(), ns.split(".")[0] ?? "admin");
  return { request, id: frame.readInt32LE(4), legacy: true, silent: false };
}

/** @throws ProtocolError for what no driver sends: the connection is of no use any more. */
export function parse(frame: Buffer): Message {
  const opcode = frame.readInt32LE(12);
  if (opcode === OP_MSG && frame.length > HEADER + 4) return parseMessage(frame);
  if (opcode === OP_QUERY && frame.length > HEADER + 4) return parseQuery(frame);
  throw new ProtocolError(`Messages of kind ${opcode} are not spoken here.`);
}

let nextId = 1;

export function replyTo({ id, legacy }: Message, reply: Reply): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : serialize(reply, { ignoreUndefined: true });
  const head = Buffer.alloc(legacy ? HEADER + 20 : HEADER + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(nextId, 4);
  head.writeInt32LE(id, 8);
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) head.writeInt32LE(1, HEADER + 16);
  nextId = (nextId + 1) & 0x7fffffff;
  return Buffer.concat([head, body]);
}
