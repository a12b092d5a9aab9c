// What a first start leaves for all later ones. From JDK 25 on that is a cache of loaded classes and of what the
// virtual machine learnt about the methods it ran, so that it compiles the right ones early; before, an archive of the
// classes alone. The machine passes over a file that is damaged or does not fit, and says so in its log.
import { execFile } from "node:child_process";
import { rename } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { JVM_OPTIONS } from "./java";
import type { Jdk } from "./jdk";

const run = promisify(execFile);

/** The first that keeps what it learnt about methods. */
const PROFILES_SINCE = 25;
/** Five seconds on a machine at rest. */
const ASSEMBLE_WITHIN_MS = 180_000;

export interface Archive {
  readonly name: string;
  /** Options of the run that is watched; what was seen is in the file when it has ended. */
  watching(seen: string): readonly string[];
  /** Makes of what was seen what a start uses. */
  assemble(seen: string, made: string, classPath: readonly string[]): Promise<void>;
  /** Options of a start. Sums are checked, which takes some 50 ms: a damaged file would crash the machine. */
  using(file: string): readonly string[];
}

/** What whoever starts the mall tells every JVM would be learnt, too, and hold for all. */
export function untold(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { JDK_JAVA_OPTIONS: _options, JAVA_TOOL_OPTIONS: _tools, ...rest } = env;
  return rest;
}

const withProfiles = ({ home }: Jdk): Archive => ({
  name: "classes-and-profiles.aot",
  watching: (seen) => ["-XX:AOTMode=record", `-XX:AOTConfiguration=${seen}`, "-Xlog:aot*=off"],
  async assemble(seen, made, classPath) {
    const files = [`-XX:AOTConfiguration=${seen}`, `-XX:AOTCache=${made}`];
    const args = [
      ...JVM_OPTIONS,
      "-XX:AOTMode=create",
      ...files,
      "-Xlog:aot*=off",
      "-cp",
      classPath.join(path.delimiter),
    ];
    await run(path.join(home, "bin", "java"), args, { timeout: ASSEMBLE_WITHIN_MS, env: untold(process.env) });
  },
  using: (file) => [`-XX:AOTCache=${file}`, "-XX:+VerifySharedSpaces"],
});

const classesAlone: Archive = {
  name: "classes.jsa",
  watching: (seen) => [`-XX:ArchiveClassesAtExit=${seen}`, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"],
  assemble: (seen, made) => rename(seen, made),
  using: (file) => [`-XX:SharedArchiveFile=${file}`, "-Xshare:auto", "-XX:+VerifySharedSpaces"],
};

export const archiveFor = (jdk: Jdk): Archive => (jdk.major >= PROFILES_SINCE ? withProfiles(jdk) : classesAlone);

/** `damaged`: making it anew helps. `unfit`: the machine was started in another way, and may not be the next time. */
export type Fault = "damaged" | "unfit";

/** What a line of the machine's log says of the file; undefined for every other line. */
export function archiveFault(line: string): Fault | undefined {
  if (!/^\[[\d.,]+m?s\]\[(?:warning|error)\s*\]\[(?:aot|cds)/.test(line)) return undefined;
  return /truncated|checksum|header|magic|corrupt|CRC/i.test(line) ? "damaged" : "unfit";
}
