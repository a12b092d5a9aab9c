/**
 * The lines of a file, with their numbers, one after the other and never more than a chunk in memory. Compression is
 * told by the first bytes, not by the name. A line that is too long is handed on as such and does not end the import.
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Sentence } from "../terminal/sentence";

export const LINE_BYTES_MAX = 1 << 20;

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null for a line of more than `LINE_BYTES_MAX`. */
  readonly text: string | null;
}

export interface LineSource {
  readonly lines: AsyncIterable<Line>;
  /** How much of the file has been read, 0 to 1. */
  fraction(): number;
}

const NEWLINE = 10;

/** Cuts chunks into lines. Empty lines are counted and left out. */
export async function* linesIn(
  chunks: AsyncIterable<Buffer>,
  bytesMax = LINE_BYTES_MAX,
): AsyncGenerator<Line, void, undefined> {
  let held: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  const take = (end: Buffer): Line | null => {
    number += 1;
    const tooLong = bytes + end.length > bytesMax;
    const text = tooLong
      ? null
      : Buffer.concat([...held, end])
          .toString()
          .replace(/\r$/, "");
    held = [];
    bytes = 0;
    if (text === null) return { number, text };
    const clean = number === 1 ? text.replace(/^\ufeff/, "") : text;
    return clean.trim() === "" ? null : { number, text: clean };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const line = take(chunk.subarray(from, end));
      if (line) yield line;
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    bytes += rest.length;
    // of a line that is too long already nothing more is kept
    if (bytes <= bytesMax) held.push(rest);
    else held = [];
  }
  if (bytes === 0) return;
  const last = take(Buffer.alloc(0));
  if (last) yield last;
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** Breaks of a file that is cut short are told in words; zlib's own are not. */
async function* readable(stream: Readable, file: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith("Z_")) throw new Sentence(`${file} is damaged or incomplete gzip data (${message}).`);
    throw error;
  }
}

export async function openLines(file: string, size: number): Promise<LineSource> {
  const packed = await isGzip(file);
  const source = createReadStream(file, { highWaterMark: 64 << 10 });
  let read = 0;
  const counted = source.on("data", (chunk) => (read += chunk.length));
  let stream: Readable = counted;
  if (packed) {
    const gunzip = createGunzip();
    // `pipe` does not hand on errors
    source.on("error", (error) => gunzip.destroy(error));
    stream = source.pipe(gunzip);
  }
  return { lines: linesIn(readable(stream, file)), fraction: () => (size === 0 ? 1 : read / size) };
}
