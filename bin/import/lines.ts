/**
 * The lines of a file, with their numbers, one after the other and never more than a chunk in memory. A line that is
 * too long is handed on as such and does not end the import.
 */
import { failed, type Entry, type Format } from "./entry";
import type { FormatOptions, Parsed } from "./record";

export const LINE_BYTES_MAX = 1 << 20;

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Null for a line of more than `LINE_BYTES_MAX`. */
  readonly text: string | null;
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

/** A format of one record per line. */
export interface LineFormat extends Format {
  /** Pure. */
  parse(line: string, options: FormatOptions): Parsed;
}

async function* entriesOf(
  chunks: AsyncIterable<Buffer>,
  parse: (line: string) => Parsed,
): AsyncGenerator<Entry, void, undefined> {
  for await (const { number, text } of linesIn(chunks)) {
    const tooLong = (): Parsed => failed(null, "the line is longer than 1 MiB");
    yield { number, line: number, parse: text === null ? tooLong : () => parse(text) };
  }
}

export const lineFormat = (format: Pick<LineFormat, "name" | "summary" | "parse">): LineFormat => ({
  ...format,
  read: (chunks, options) => entriesOf(chunks, (line) => format.parse(line, options)),
});
