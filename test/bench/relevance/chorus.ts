/** The data set that relevance is measured on (Chorus, Icecat): its catalogue, its judgements and its click log. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { projectRoot } from "../../../embedded/root";
import { icecat } from "../../../bin/import/icecat.import";
import type { ImportRecord } from "../../../bin/import/record";

const SET = "chorus-icecat";
/** Folders above the project that are looked into for `shared/data`. */
const LEVELS_MAX = 6;

/** `--data DIR` or STOA_DATA, else `shared/data` beside the project or above it. @throws Error that says what to do */
export function dataFolder(given: string | undefined = process.env["STOA_DATA"]): string {
  const above = Array.from({ length: LEVELS_MAX }, (_, n) => path.resolve(projectRoot(), "../".repeat(n)));
  const tried =
    given === undefined ? above.map((folder) => path.join(folder, "shared", "data")) : [path.resolve(given)];
  const found = tried.find((folder) => existsSync(path.join(folder, SET, "products.jsonl.gz")));
  if (found !== undefined) return found;
  throw new Error(
    `There is no ${SET}/products.jsonl.gz in ${tried.join(", ")}. ` +
      "Name the folder that holds the data sets: npm run bench -- relevance --data DIR (or set STOA_DATA).",
  );
}

/** The text of a file, unpacked where it is gzip. */
export async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

/** Every product as an import reads it. */
export async function catalogue(folder: string): Promise<ImportRecord[]> {
  const lines = linesOf(await textOf(path.join(folder, SET, "products.jsonl.gz")));
  return lines.map((line, at) => {
    const parsed = icecat.parse(line, { currency: "USD" });
    if (!parsed.ok) throw new Error(`products.jsonl.gz, line ${at + 1}: ${parsed.problem}`);
    return parsed.record;
  });
}

/** Grade by product, by query: 0 (bad) to 3. */
export type Ratings = ReadonlyMap<string, ReadonlyMap<string, number>>;

const ROW = /^("(?:[^"]|"")*"|[^",]*),([^,]+),([\d.]+)\s*$/;
const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);

/** Reads `query,docid,rating`. @throws Error that names the line */
export function readRatings(text: string): Ratings {
  const [head = "", ...rows] = linesOf(text.replace(/^\ufeff/, ""));
  if (head.trim() !== "query,docid,rating") throw new Error('The first line of ratings must be "query,docid,rating".');
  const byQuery = new Map<string, Map<string, number>>();
  rows.forEach((row, at) => {
    const [, query, docId = "", grade] = ROW.exec(row) ?? [];
    if (query === undefined) throw new Error(`ratings, line ${at + 2}: "${row.slice(0, 80)}" is no query,docid,rating`);
    const name = unquoted(query);
    byQuery.set(name, (byQuery.get(name) ?? new Map<string, number>()).set(docId.trim(), Number(grade)));
  });
  return byQuery;
}

export const devRatings = (folder: string): string => path.join(folder, SET, "ratings_dev40.csv.gz");
export const clickLog = (folder: string): string => path.join(folder, SET, "ubi_log_events.tsv.gz");
