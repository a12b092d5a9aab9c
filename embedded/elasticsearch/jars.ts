// Brings the search server's jars into the cache: fetched once by Maven, held against jars.lock byte for byte, so that
// a cut or corrupt download is found whatever mirror it came from. All is gathered in a folder of its own that gets its
// name only when complete; what a killed fetch leaves behind is swept away by a later one.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Log } from "../service";
import { runMaven } from "./maven";
import { workFolder } from "./work-folder";

export const SERVER_VERSION = "9.5.3";

/** One time for all jars: the archive of classes notes it, and must fit again after jars were fetched anew. */
const JAR_TIME = new Date("2020-01-01T00:00:00Z");

/** Jars between two lines of progress. */
const TOLD_EVERY = 5;

export interface LockedJar {
  readonly sha256: string;
  readonly bytes: number;
  readonly name: string;
}

export interface JarsRequest {
  /** The sources' folder: embedded/elasticsearch in the project. */
  readonly sourceDir: string;
  readonly cacheDir: string;
  readonly javaHome: string;
  readonly log: Log;
}

/** Reads jars.lock: one jar a line, `SHA256 BYTES NAME`. */
export function parseLock(text: string): LockedJar[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [sha256 = "", bytes = "", name = ""] = line.split(" ");
      if (!/^[0-9a-f]{64}$/.test(sha256) || !/^\d+$/.test(bytes) || !/^[\w.-]+\.jar$/.test(name))
        throw new Error(`jars.lock: "${line}" is not SHA256 BYTES NAME; write the file anew as its README says`);
      return { sha256, bytes: Number(bytes), name };
    });
}

export const lockOf = async (sourceDir: string) => parseLock(await readFile(path.join(sourceDir, "jars.lock"), "utf8"));

/** Where the jars lie: the name holds what they must be, so another lock means another folder. */
export async function jarsDir(request: Pick<JarsRequest, "sourceDir" | "cacheDir">): Promise<string> {
  const lock = await readFile(path.join(request.sourceDir, "jars.lock"));
  const key = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  return path.join(request.cacheDir, "elasticsearch", `jars-${key}`);
}

/** The names of jars that are missing or not what the lock says. */
export async function badJars(folder: string, lock: readonly LockedJar[]): Promise<string[]> {
  const bad = await Promise.all(lock.map(async (jar) => ((await isGood(folder, jar)) ? [] : [jar.name])));
  return bad.flat();
}

async function isGood(folder: string, jar: LockedJar): Promise<boolean> {
  const file = path.join(folder, jar.name);
  const size = await stat(file).then(
    (found) => found.size,
    () => -1,
  );
  if (size !== jar.bytes) return false;
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex") === jar.sha256;
}

/** Makes sure that the jars are in the cache and whole, and tells where. */
export async function provideJars(request: JarsRequest): Promise<string> {
  const lock = await lockOf(request.sourceDir);
  const folder = await jarsDir(request);
  const bad = await badJars(folder, lock);
  if (bad.length === 0) return folder;
  if (bad.length < lock.length) request.log(`the search server is damaged (${bad.join(", ")}): fetching it again`);
  await fetchInto(folder, lock, request);
  return folder;
}

async function fetchInto(folder: string, lock: readonly LockedJar[], request: JarsRequest): Promise<void> {
  const room = path.dirname(folder);
  const work = await workFolder(room);
  try {
    request.log(`fetching Elasticsearch ${SERVER_VERSION}: ${lock.length} jars, ${megabytes(lock)} MB (once)`);
    const fetched = path.join(work, "lib");
    await fetchOnce({ ...request, into: fetched, lock });
    let bad = await badJars(fetched, lock);
    if (bad.length > 0) {
      // the jars may be damaged in Maven's own store, from where they would come again and again
      request.log(`damaged on arrival (${bad.join(", ")}): once more, past what Maven has stored`);
      await rm(fetched, { recursive: true, force: true });
      await fetchOnce({ ...request, into: fetched, lock, storeDir: path.join(work, "store") });
      bad = await badJars(fetched, lock);
    }
    if (bad.length > 0) throw new Error(notAsLocked(bad));
    await Promise.all(lock.map((jar) => utimes(path.join(fetched, jar.name), JAR_TIME, JAR_TIME)));
    await rm(folder, { recursive: true, force: true });
    await rename(fetched, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const megabytes = (jars: readonly LockedJar[]) => Math.round(jars.reduce((sum, jar) => sum + jar.bytes, 0) / 1e6);

async function fetchOnce(order: JarsRequest & { into: string; lock: readonly LockedJar[]; storeDir?: string }) {
  const names = new Set(order.lock.map((jar) => jar.name));
  const arrived = new Set<string>();
  await runMaven({
    pom: path.join(order.sourceDir, "pom.xml"),
    into: order.into,
    javaHome: order.javaHome,
    ...(order.storeDir === undefined ? {} : { storeDir: order.storeDir }),
    onLine: (line) => {
      const name = downloadedJar(line);
      if (name === undefined || !names.has(name) || arrived.has(name)) return;
      arrived.add(name);
      if (arrived.size % TOLD_EVERY === 0 || arrived.size === names.size) order.log(progress(order.lock, arrived));
    },
  });
}

/** The file name from Maven's line about a finished download; undefined for every other line. */
export function downloadedJar(line: string): string | undefined {
  return /Downloaded from \S{1,40}: \S{1,400}\/([\w.-]{1,120}\.jar)\b/.exec(line)?.[1];
}

function progress(lock: readonly LockedJar[], arrived: ReadonlySet<string>): string {
  const here = lock.filter((jar) => arrived.has(jar.name));
  const jars = `${here.length}/${lock.length} jars, ${megabytes(here)} of ${megabytes(lock)} MB`;
  return `fetching Elasticsearch ${SERVER_VERSION}: ${jars}`;
}

function notAsLocked(bad: readonly string[]): string {
  return (
    `Jars of the search server are not what embedded/elasticsearch/jars.lock says: ${bad.join(", ")}. ` +
    "Either the download is being changed on its way (a proxy?), or pom.xml was changed without jars.lock. " +
    "Try again on another network, or set ELASTICSEARCH_URL to a server that runs elsewhere."
  );
}
