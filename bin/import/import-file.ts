/** A file from its first record to its last: what `stoa import` and import jobs both run. */
import { stat } from "node:fs/promises";
import type { Mall } from "../client/mall";
import type { Tokens } from "../client/settled";
import { Sentence } from "../terminal/sentence";
import type { Format } from "./entry";
import { createTracker, hashOfFile, positionFile } from "./position";
import { openReport } from "./report";
import { runImport, type Counts } from "./run-import";
import { openSource } from "./source";

export interface FileImport {
  readonly file: string;
  readonly format: Format;
  readonly currency: string;
  /** Null: check only. */
  readonly mall: Mall | null;
  /** Whose mall it is, as part of the position's name: `here`, or a URL. */
  readonly where: string;
  readonly principalId: string;
  readonly channelId: string;
  readonly tokens: Tokens;
  readonly concurrency: number;
  /** Folder of the position. */
  readonly folder: string;
  readonly reportFile: string;
  readonly progress: (counts: Counts, fraction: number) => void;
  /** Aborted, it begins nothing more; a later run goes on. */
  readonly signal?: AbortSignal;
}

export async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return found.size;
  throw new Sentence(found === null ? `There is no file ${file}.` : `${file} is not a file.`);
}

/** @throws what ends an import as a whole; where it goes on is known by then */
export async function importFile(f: FileImport): Promise<Counts> {
  const { file, format, currency, mall, principalId, channelId } = f;
  const source = await openSource(file, await sizeOf(file));
  const names = [await hashOfFile(file), format.name, currency, f.where, principalId, channelId];
  const position = positionFile(f.folder, names);
  const counts = await runImport({
    source,
    format,
    formatOptions: { currency },
    stepOptions: { source: format.name, principalId, channelId },
    mall,
    tokens: f.tokens,
    concurrency: f.concurrency,
    tracker: createTracker(mall === null ? { through: 0, failed: [] } : await position.read()),
    position,
    report: openReport(f.reportFile),
    progress: f.progress,
    ...(f.signal === undefined ? {} : { signal: f.signal }),
    now: Date.now,
  });
  if (mall !== null && f.signal?.aborted !== true) await position.remove();
  return counts;
}
