/** `run.json`: where the mall of a data folder can be reached while it runs, for the other commands. */
import { rename, rm, writeFile } from "node:fs/promises";
import { folderPaths, readOrNull } from "./folder";
import { stillRuns, type ProcessNote } from "./processes";

export interface ServiceUrls {
  readonly mongodbUrl: string;
  readonly elasticsearchUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string | null;
}

export interface RunFile extends ServiceUrls {
  /** Of the gateway; null while the mall is still starting. */
  readonly url: string | null;
  /** The supervisor. */
  readonly main: ProcessNote;
  /** Every process that belongs to it. */
  readonly pids: readonly number[];
  readonly namespace: string;
}

/** Whole or not at all: a reader never sees half of it. */
export async function writeRunFile(dataDir: string, run: RunFile): Promise<void> {
  const { run: file } = folderPaths(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

export const removeRunFile = (dataDir: string): Promise<void> => rm(folderPaths(dataDir).run, { force: true });

/** What the last start wrote, whether it still runs or not. */
export async function readRunFile(dataDir: string): Promise<RunFile | null> {
  const text = await readOrNull(folderPaths(dataDir).run);
  if (text === null) return null;
  try {
    const found = JSON.parse(text) as Partial<RunFile>;
    return typeof found.main?.pid === "number" ? (found as RunFile) : null;
  } catch {
    return null;
  }
}

/** The mall that runs now, or null. */
export async function runningMall(dataDir: string): Promise<(RunFile & { readonly url: string }) | null> {
  const run = await readRunFile(dataDir);
  if (run === null || run.url === null || !(await stillRuns(run.main))) return null;
  return { ...run, url: run.url };
}
