// Finds a JDK that the search server runs on. Several may be installed, and the one on PATH is often too old, so all
// likely places are asked for their version, in the order in which a person would expect them to count.
import { execFile } from "node:child_process";
import { readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export const JDK_VERSION_MIN = 21;

export interface Jdk {
  readonly home: string;
  /** First number of the version: 25 for "25.0.1". */
  readonly major: number;
  /** The whole version as java tells it; an archive of classes fits one version only. */
  readonly version: string;
}

export interface Environment {
  readonly [name: string]: string | undefined;
}

const usualFolders = () => [
  "/usr/lib/jvm",
  "/usr/java",
  "/opt/java",
  "/opt",
  "/Library/Java/JavaVirtualMachines",
  "/opt/homebrew/opt",
  "/usr/local/opt",
  path.join(homedir(), ".sdkman/candidates/java"),
  path.join(homedir(), ".jdks"),
];

/** Reads `java -version` output; undefined when it is not such. Knows the old form "1.8.0_412" as 8. */
export function parseJavaVersion(output: string): { major: number; version: string } | undefined {
  const version = /version "([^"]{1,60})"/.exec(output)?.[1];
  const [, first, second] = /^(\d{1,4})(?:\.(\d{1,4}))?/.exec(version ?? "") ?? [];
  if (version === undefined || first === undefined) return undefined;
  return { version, major: Number(first === "1" && second !== undefined ? second : first) };
}

/** The first that is new enough: candidates come in the order in which they count. */
export function chooseJdk(candidates: readonly Jdk[]): Jdk | undefined {
  return candidates.find((jdk) => jdk.major >= JDK_VERSION_MIN);
}

/** JAVA_HOME, then java on PATH, then the usual folders with the newest first. Undefined when none is new enough. */
export async function findJdk(env: Environment): Promise<Jdk | undefined> {
  const told = env.JAVA_HOME;
  const named = await Promise.all([...(told ? [told] : []), ...(await homesOnPath(env.PATH ?? ""))].map(probe));
  const first = chooseJdk(named.filter((jdk) => jdk !== undefined));
  if (first !== undefined) return first;
  const others = await Promise.all((await usualHomes()).map(probe));
  const known = others.filter((jdk) => jdk !== undefined);
  return chooseJdk(known.sort((a, b) => b.major - a.major));
}

/** A JDK has the compiler too; a plain runtime cannot build the launcher. */
async function probe(home: string): Promise<Jdk | undefined> {
  try {
    const bin = path.join(home, "bin");
    await realpath(path.join(bin, "javac"));
    const { stderr } = await run(path.join(bin, "java"), ["-version"], { timeout: 10_000 });
    const found = parseJavaVersion(stderr);
    return found && { home, ...found };
  } catch {
    return undefined;
  }
}

async function homesOnPath(searchPath: string): Promise<string[]> {
  const found = searchPath
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map(async (folder) => {
      const java = await realpath(path.join(folder, "java")).catch(() => undefined);
      return java === undefined ? [] : [path.dirname(path.dirname(java))];
    });
  return [...new Set((await Promise.all(found)).flat())];
}

async function usualHomes(): Promise<string[]> {
  const found = usualFolders().map(async (folder) => {
    const names = await readdir(folder).catch(() => []);
    const java = names.filter((name) => /java|jdk|jvm|temurin|corretto|zulu|graal|^\d+/i.test(name));
    return java.flatMap((name) => [path.join(folder, name), path.join(folder, name, "Contents/Home")]);
  });
  const real = (await Promise.all(found)).flat().map((home) => realpath(home).catch(() => home));
  return [...new Set(await Promise.all(real))];
}
