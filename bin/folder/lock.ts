/**
 * One start per data folder. The lock is a file that names its process; it is made whole under another name and linked
 * into place, so that nobody ever reads half a lock. A lock whose process is gone (a killed start) is taken over: it is
 * moved aside first, which only one of several starters can do.
 */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { Sentence } from "../terminal/sentence";
import { folderPaths, readOrNull } from "./folder";
import { noteOf, stillRuns, type ProcessNote } from "./processes";

export interface Lock {
  /** True when the last start did not end by itself. */
  readonly recovered: boolean;
  release(): Promise<void>;
}

const ATTEMPTS_MAX = 5;

export function readNote(text: string): ProcessNote | null {
  try {
    const found = JSON.parse(text) as Partial<ProcessNote> | null;
    if (typeof found?.pid !== "number") return null;
    return { pid: found.pid, startedAt: typeof found.startedAt === "string" ? found.startedAt : null };
  } catch {
    return null;
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead process's lock aside. Somebody else's new lock, taken by mistake, goes back. */
async function moveAside(file: string, stale: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => null);
  if (moved !== null && moved !== stale) await linked(aside, file);
  await rm(aside, { force: true });
}

/** @throws Sentence that names the process which holds the folder */
export async function lockFolder(dataDir: string): Promise<Lock> {
  const file = folderPaths(dataDir).lock;
  const mine = `${file}.${process.pid}`;
  const text = JSON.stringify(await noteOf(process.pid));
  await writeFile(mine, text);
  let recovered = false;
  try {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (await linked(mine, file)) return { recovered, release: () => release(file, text) };
      const found = await readOrNull(file);
      if (found === null) continue;
      await refuseIfHeld(found, dataDir);
      recovered = true;
      await moveAside(file, found);
    }
  } finally {
    await rm(mine, { force: true });
  }
  throw new Sentence(`Several starts want ${dataDir} at once. Try again.`);
}

async function refuseIfHeld(found: string, dataDir: string): Promise<void> {
  const holder = readNote(found);
  if (holder === null || !(await stillRuns(holder))) return;
  throw new Sentence(
    `A mall already runs on ${dataDir} (process ${holder.pid}). Stop it with Ctrl-C there or \`kill ${holder.pid}\`, ` +
      "or name another folder with --data.",
  );
}

async function release(file: string, text: string): Promise<void> {
  if ((await readOrNull(file)) === text) await rm(file, { force: true });
}
