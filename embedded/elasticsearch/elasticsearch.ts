// The embedded search server: the real Elasticsearch on the loopback address, as a child that ends with its parent.
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { projectRoot } from "../root";
import { startService, type Log, type Service } from "../service";
import { provideApp } from "./app";
import { archiveFault, archiveFor } from "./archive";
import { HEAP_MB, isNoise, launcherSpec } from "./java";
import { findJdk, JDK_VERSION_MIN, type Jdk } from "./jdk";

const STOP_WITHIN_MS = 15_000;

export interface ElasticsearchOptions {
  /** Folder for indices, logs and configuration; created when missing. */
  readonly dataDir: string;
  /** Folder for jars and builds, shared by all checkouts. */
  readonly cacheDir: string;
  readonly heapMb?: number;
  /** The JDK to use; found when not given. */
  readonly jdk?: Jdk;
  readonly log: Log;
}

export const elasticsearchSources = () => path.join(projectRoot(), "embedded", "elasticsearch");

/** Everything a start needs, fetched and built where it is missing; a start does so too. */
export async function prepareElasticsearch(options: Omit<ElasticsearchOptions, "dataDir" | "heapMb">) {
  const jdk = options.jdk ?? (await findJdk(process.env));
  if (jdk === undefined)
    throw new Error(
      `the search server needs a JDK of version ${JDK_VERSION_MIN} or later, and none was found. ` +
        "Install one (and set JAVA_HOME when it lies in an unusual folder), or set ELASTICSEARCH_URL.",
    );
  const app = await provideApp({
    jdk,
    sourceDir: elasticsearchSources(),
    cacheDir: options.cacheDir,
    log: options.log,
  });
  return { jdk, app };
}

/** Tells once what the machine says of its archive, and sees to it that a damaged one is made anew. */
function watchArchive(archive: string, log: Log): (line: string) => void {
  let told = false;
  return (line) => {
    const fault = isNoise(line) ? "noise" : archiveFault(line);
    if (fault === undefined) log(line);
    if (fault === "damaged") void rm(archive, { force: true }).catch(() => undefined);
    if (told || fault === undefined || fault === "noise") return;
    told = true;
    log(
      fault === "damaged"
        ? "what was prepared of its start is damaged: it starts slowly now, and the next start prepares it anew"
        : "what was prepared of its start does not fit the options of this machine: it starts slowly",
    );
  };
}

/** Starts the server and resolves when every index answers. Rejects with the reason when it cannot. */
export async function startElasticsearch(options: ElasticsearchOptions): Promise<Service> {
  const { jdk, app } = await prepareElasticsearch(options);
  const homeDir = path.resolve(options.dataDir);
  await mkdir(homeDir, { recursive: true });
  return startService(
    launcherSpec({
      jdk,
      classPath: app.classPath,
      homeDir,
      heapMb: options.heapMb ?? HEAP_MB,
      archive: archiveFor(jdk).using(app.archive),
      stopWithinMs: STOP_WITHIN_MS,
      log: watchArchive(app.archive, options.log),
    }),
  );
}
