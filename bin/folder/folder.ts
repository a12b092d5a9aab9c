/**
 * The data folder: everything that a mall on this machine keeps. Only what is listed here is ours; nothing else in the
 * folder is ever touched. `format` says by which version of this layout it was written.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { Sentence } from "../terminal/sentence";
import { outsideSecret } from "./outside-secret";

/** Goes up when an older Stoa could not read the folder any more. */
export const FORMAT = 1;
const FREE_BYTES_MIN = 64 << 20;

const OURS = [
  "mongo",
  "elasticsearch",
  "nats",
  "logs",
  "imports",
  "jobs",
  "keys",
  "mail",
  "secret",
  "format",
  "run.json",
] as const;

export const folderPaths = (dataDir: string) => ({
  mongo: path.join(dataDir, "mongo"),
  elasticsearch: path.join(dataDir, "elasticsearch"),
  nats: path.join(dataDir, "nats"),
  logs: path.join(dataDir, "logs"),
  imports: path.join(dataDir, "imports"),
  jobs: path.join(dataDir, "jobs"),
  secret: path.join(dataDir, "secret"),
  format: path.join(dataDir, "format"),
  run: path.join(dataDir, "run.json"),
  lock: path.join(dataDir, "lock"),
});

export async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** @throws Sentence for a folder that this version must not touch */
export function checkFormat(found: string | null, dataDir: string): void {
  if (found === null) return;
  const version = /^\d{1,6}$/.test(found.trim()) ? Number(found) : NaN;
  if (version <= FORMAT) return;
  const why = Number.isNaN(version)
    ? `says its format is "${found.trim().slice(0, 40)}", which is none of ours`
    : `was written by a newer Stoa (format ${version}; this one knows up to ${FORMAT})`;
  throw new Sentence(`The data in ${dataDir} ${why}. Use that version, or name another folder with --data.`);
}

/** Makes the folder, and tells early that it cannot hold a mall. */
export async function makeFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize >= FREE_BYTES_MIN) return;
  const left = Math.floor((bavail * bsize) / (1 << 20));
  throw new Sentence(`The disk of ${dataDir} is full: ${left} MiB are left. Make room, or name another with --data.`);
}

/** Removes what is ours; the caller holds the lock. */
export async function emptyFolder(dataDir: string): Promise<void> {
  for (const name of OURS) await rm(path.join(dataDir, name), { recursive: true, force: true });
}

export const readSecret = async (dataDir: string): Promise<string | null> =>
  (await readOrNull(folderPaths(dataDir).secret))?.trim() ?? null;

/** The mall's secret: from outside where the environment names a place for it, else the folder's; null: no mall yet. */
export const secretOf = async (dataDir: string, env: Readonly<Record<string, string | undefined>>) =>
  (await outsideSecret(env)) ?? (await readSecret(dataDir));

/**
 * The folder is of our format afterwards, with a secret that only this user can read, or none where it has one outside.
 */
export async function prepareFolder(
  dataDir: string,
  outside: string | null = null,
): Promise<{ readonly secret: string }> {
  const { format, secret: secretFile, logs } = folderPaths(dataDir);
  checkFormat(await readOrNull(format), dataDir);
  await mkdir(logs, { recursive: true });
  let secret = outside ?? (await readSecret(dataDir));
  if (secret === null || secret.length < 32) {
    secret = randomBytes(32).toString("base64url");
    await writeFile(secretFile, `${secret}\n`, { mode: 0o600 });
  }
  await writeFile(format, `${FORMAT}\n`);
  return { secret };
}
