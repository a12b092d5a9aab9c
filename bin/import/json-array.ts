/**
 * The objects of a JSON array, one after the other, however the file is laid out: cut at the braces that no string
 * holds. Bytes are enough to tell, for in UTF-8 no part of a longer character looks like one of these signs.
 */
import { Sentence } from "../terminal/sentence";

export interface ArrayItem {
  /** From 1. */
  readonly number: number;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Null for an object of more than `bytesMax`. */
  readonly text: string | null;
}

const OBJECT_BYTES_MAX = 1 << 20;
const [QUOTE, ESCAPE, OPEN, CLOSE, LIST, NEWLINE] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x0a];

interface Place {
  depth: number;
  inString: boolean;
  escaped: boolean;
  line: number;
}

function inString(place: Place, byte: number): void {
  if (place.escaped) place.escaped = false;
  else if (byte === ESCAPE) place.escaped = true;
  else if (byte === QUOTE) place.inString = false;
}

/** Takes one byte; tells what it does to the object that is being read. */
function taken(place: Place, byte: number): "opens" | "closes" | null {
  if (byte === NEWLINE) place.line += 1;
  if (place.inString) {
    inString(place, byte);
    return null;
  }
  if (byte === QUOTE) place.inString = true;
  if (byte === OPEN) return ++place.depth === 1 ? "opens" : null;
  return byte === CLOSE && --place.depth === 0 ? "closes" : null;
}

function mustBeArray(chunk: Buffer): void {
  const first = chunk.find((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte));
  if (first !== undefined && first !== LIST) throw new Sentence("The file does not hold a JSON array of objects.");
}

/** The object that is being read, piece by piece. */
class Piecewise {
  private held: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly bytesMax: number) {}

  add(part: Buffer): void {
    this.bytes += part.length;
    // of an object that is too large already nothing more is kept
    if (this.bytes <= this.bytesMax) this.held.push(part);
  }

  /** What was added since the last time; null when it was too much. */
  take(): string | null {
    const text = this.bytes > this.bytesMax ? null : Buffer.concat(this.held).toString();
    this.held = [];
    this.bytes = 0;
    return text;
  }
}

interface Cut {
  readonly place: Place;
  readonly piece: Piecewise;
  /** Line on which the object that is being read begins. */
  line: number;
}

/** The objects that end in this chunk; the beginning of a further one is kept. */
function* cut(state: Cut, chunk: Buffer): Generator<Omit<ArrayItem, "number">, void, undefined> {
  const { place, piece } = state;
  let from = 0;
  for (let i = 0; i < chunk.length; i++) {
    const done = taken(place, chunk[i] ?? 0);
    if (done === "opens") [from, state.line] = [i, place.line];
    if (done !== "closes") continue;
    piece.add(chunk.subarray(from, i + 1));
    yield { line: state.line, text: piece.take() };
  }
  if (place.depth > 0) piece.add(chunk.subarray(from));
}

/** @throws Sentence for a file that holds something else, or ends in the middle of an object */
export async function* objectsIn(
  chunks: AsyncIterable<Buffer>,
  bytesMax = OBJECT_BYTES_MAX,
): AsyncGenerator<ArrayItem, void, undefined> {
  const place: Place = { depth: 0, inString: false, escaped: false, line: 1 };
  const state: Cut = { place, piece: new Piecewise(bytesMax), line: 1 };
  let number = 0;
  let first = true;
  for await (const chunk of chunks) {
    if (first) mustBeArray(chunk);
    first = false;
    for (const item of cut(state, chunk)) yield { number: ++number, ...item };
  }
  if (place.depth !== 0) throw new Sentence(`The file ends in the middle of the object of line ${state.line}.`);
}
