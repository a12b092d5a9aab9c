import path from "node:path";
import type { Log, ServiceSpec } from "../service";
import type { Jdk } from "./jdk";

export const HEAP_MB = 512;
const READY_WITHIN_MS = 150_000;

export interface Launch {
  readonly jdk: Jdk;
  readonly classPath: readonly string[];
  readonly homeDir: string;
  readonly heapMb: number;
  /** Options about what earlier starts left. */
  readonly archive: readonly string[];
  /** Of the process; this one's when left out. */
  readonly env?: NodeJS.ProcessEnv;
  readonly stopWithinMs: number;
  readonly log: Log;
}

/**
 * What the machine must be told whatever it does; an archive fits only those that it was made with. Without the
 * incubating module for vectors: a machine started with a module more neither links classes nor keeps profiles ahead of
 * time, and vectors are slow until they are compiled. The mall has none in its index.
 */
export const JVM_OPTIONS = ["-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"] as const;

/** How the launcher is run: a small heap that may grow, one collector thread, no native parts that the jars lack. */
export function launcherSpec(launch: Launch): ServiceSpec {
  return {
    name: "the search server",
    command: path.join(launch.jdk.home, "bin", "java"),
    args: [
      "-Xms64m",
      `-Xmx${launch.heapMb}m`,
      "-XX:+ExitOnOutOfMemoryError",
      ...JVM_OPTIONS,
      ...launch.archive,
      "-Dio.netty.noUnsafe=true",
      "-Dlog4j2.disable.jmx=true",
      "-cp",
      launch.classPath.join(path.delimiter),
      "stoa.embedded.Launcher",
      "--home",
      launch.homeDir,
      "--end-with-input",
    ],
    urlIn: readyUrl,
    readyWithinMs: READY_WITHIN_MS,
    stopWithinMs: launch.stopWithinMs,
    ...(launch.env && { env: launch.env }),
    log: launch.log,
  };
}

/** The address from the launcher's line `ready HOST:PORT`. */
export function readyUrl(line: string): string | undefined {
  const address = /^ready ([\d.]{7,15}:\d{1,5})$/.exec(line)?.[1];
  return address === undefined ? undefined : `http://${address}`;
}

/**
 * What every start says and nobody needs to read. Of the archive's adapters some have sums that collide (which ones is
 * another matter in each archive): those few are made anew, and all the rest is used.
 */
export function isNoise(line: string): boolean {
  if (/\[aot,codecache,stubs\]|Failed to link AdapterHandlerEntry/.test(line)) return true;
  return /vectorization|vector incubator/.test(line) || / +AOTConfiguration recorded: /.test(line);
}
