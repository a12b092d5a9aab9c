/**
 * Keeps two servers off one folder. The lock file names the process and when it was started, so that a lock left by a
 * killed server, or by one whose number another program has now, is taken over.
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

const FILE = "server.lock";

/** The start time of a process in clock ticks, "" where there is no /proc, undefined when it does not run. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    try {
      process.kill(pid, 0);
      return "";
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EPERM" ? "" : undefined;
    }
  }
}

function isHeld(text: string): number | undefined {
  const [pid, start] = text.split(" ");
  const now = startOf(Number(pid));
  return Number(pid) > 0 && now !== undefined && (now === "" || now === start) ? Number(pid) : undefined;
}

function create(file: string): boolean {
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, `${process.pid} ${startOf(process.pid) ?? ""}`);
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** @returns how to let go of the folder. @throws a sentence when a running server holds it. */
export function holdFolder(folder: string): () => void {
  const file = path.join(folder, FILE);
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(file)) return () => rmSync(file, { force: true });
    const holder = isHeld(readFileSync(file, "utf8"));
    if (holder !== undefined) {
      throw new Error(`The data folder ${folder} is in use by process ${holder}. Stop it, or use another folder.`);
    }
    // renamed first: of two that find a stale lock, one moves it away and the other one starts over
    const stale = `${file}.${process.pid}`;
    renameSync(file, stale);
    rmSync(stale);
  }
  throw new Error(`The lock of ${folder} could not be taken: other servers start in it at the same time.`);
}
