/** What a format makes of a text, as an import would see it. */
import type { Format } from "../../bin/import/entry";
import type { Parsed } from "../../bin/import/record";

async function* chunksOf(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

export interface ReadEntry {
  readonly number: number;
  readonly line: number;
  readonly parsed: Parsed;
}

/** @param chunk bytes that come at a time: small ones cut everything in two */
export async function entriesIn(format: Format, text: string, chunk = 7): Promise<ReadEntry[]> {
  const found: ReadEntry[] = [];
  for await (const { number, line, parse } of format.read(chunksOf(text, chunk), { currency: "USD" })) {
    found.push({ number, line, parsed: parse() });
  }
  return found;
}
