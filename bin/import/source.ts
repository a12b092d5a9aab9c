/** The bytes of a file, chunk after chunk. Compression is told by the first bytes, not by the name. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Sentence } from "../terminal/sentence";

export interface Source {
  readonly chunks: AsyncIterable<Buffer>;
  /** How much of the file has been read, 0 to 1. */
  fraction(): number;
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

export async function openSource(file: string, size: number): Promise<Source> {
  const packed = await isGzip(file);
  const source = createReadStream(file, { highWaterMark: 64 << 10 });
  let stream: Readable = source;
  if (packed) {
    const gunzip = createGunzip();
    // `pipe` does not hand on errors
    source.on("error", (error) => gunzip.destroy(error));
    stream = source.pipe(gunzip);
  }
  return { chunks: readable(stream, file), fraction: () => (size === 0 ? 1 : source.bytesRead / size) };
}
