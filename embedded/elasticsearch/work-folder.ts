import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";

const PREFIX = "work-";
const ABANDONED_MS = 3_600_000;

/**
 * A new folder to build something in that is renamed when complete. Removes what killed builds left in the same room:
 * folders that nobody has touched for an hour, since a younger one may be another process' at work.
 */
export async function workFolder(room: string): Promise<string> {
  await mkdir(room, { recursive: true });
  const names = (await readdir(room)).filter((name) => name.startsWith(PREFIX));
  for (const folder of names.map((name) => path.join(room, name))) {
    const touched = await stat(folder).then(
      (found) => found.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - touched > ABANDONED_MS) await rm(folder, { recursive: true, force: true });
  }
  return mkdtemp(path.join(room, PREFIX));
}
