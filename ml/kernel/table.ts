/** Small public files, read whole: CSV with a header, plain or gzipped, and the texts in a zip. */
import { parse } from "csv-parse/sync";
import { readFile } from "node:fs/promises";
import { gunzipSync, inflateRawSync } from "node:zlib";

/** What is larger when unpacked is refused: it would not fit beside what is learnt from it. */
const BYTES_MAX = 512 * 1024 * 1024;

async function bytesOf(file: string): Promise<Buffer> {
  const bytes = await readFile(file);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: BYTES_MAX }) : bytes;
}

export const textOf = async (file: string): Promise<string> => (await bytesOf(file)).toString("utf8");

/** @throws Error that names the columns that are missing */
export async function readTable<C extends string>(file: string, wanted: readonly C[]): Promise<Record<C, string>[]> {
  const records = parse(await bytesOf(file), { columns: true, bom: true, relax_quotes: true, skip_empty_lines: true });
  const rows = records as Record<C, string>[];
  const missing = wanted.filter((name) => rows[0]?.[name] === undefined);
  if (missing.length > 0) throw new Error(`${file} has no column ${missing.join(", ")}; its first line names them.`);
  return rows;
}

const ENTRY = 0x02014b50;
const END = 0x06054b50;

/** The texts in a zip by name (stored or deflated, as every zip tool writes them). */
export async function readZip(file: string): Promise<Map<string, string>> {
  const zip = await readFile(file);
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error(`${file} is no zip.`);
  const texts = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0 && zip.readUInt32LE(at) === ENTRY; left--) {
    const [method, size, nameSize] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    const name = zip.toString("utf8", at + 46, at + 46 + nameSize);
    const bytes = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: BYTES_MAX });
    if (!name.endsWith("/")) texts.set(name, bytes.toString("latin1"));
    at += 46 + nameSize + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return texts;
}
