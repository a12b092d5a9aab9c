/** Whether a process that was noted down still runs: its id may have been given to another one since. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface ProcessNote {
  readonly pid: number;
  /** In the system's own words; null where it does not say. */
  readonly startedAt: string | null;
}

/** Field 22 of /proc/<pid>/stat; the name before it may hold blanks and parentheses. */
export function startTicks(stat: string): string | null {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

async function startedAtOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat !== null) return startTicks(stat);
  const shown = await run("ps", ["-o", "lstart=", "-p", String(pid)], { timeout: 5_000 }).catch(() => null);
  return shown?.stdout.trim() || null;
}

export const noteOf = async (pid: number): Promise<ProcessNote> => ({ pid, startedAt: await startedAtOf(pid) });

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** True for the very process that was noted; in doubt, true. */
export async function stillRuns({ pid, startedAt }: ProcessNote): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  const now = await startedAtOf(pid);
  return startedAt === null || now === null || now === startedAt;
}
