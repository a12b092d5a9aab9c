// Finds the nats-server program. It is small and needs no set-up, so any 2.9 or later will do.
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What `go install` is told to build; the one version that the project is tested with beside Debian's 2.9. */
export const NATS_MODULE = "github.com/nats-io/nats-server/v2@v2.12.3";

export interface NatsVersion {
  readonly major: number;
  readonly minor: number;
}

/** Reads `nats-server --version` ("nats-server: v2.12.3"); undefined when it is not such. */
export function parseNatsVersion(output: string): NatsVersion | undefined {
  const [, major, minor] = /v?(\d{1,4})\.(\d{1,4})\.\d/.exec(output) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/** Durable consumers as the mall uses them came with 2.9. */
export const isNewEnough = ({ major, minor }: NatsVersion) => major > 2 || (major === 2 && minor >= 9);

/** Folders where the program may lie, in the order in which they count. */
export function natsFolders(env: { readonly PATH?: string | undefined }, cacheDir: string): string[] {
  const onPath = (env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return [...onPath, path.join(cacheDir, "bin"), path.join(homedir(), "go", "bin"), "/usr/sbin", "/usr/local/bin"];
}

/** The first nats-server that runs and is new enough; undefined when there is none. */
export async function findNatsServer(
  env: { readonly PATH?: string | undefined },
  cacheDir: string,
): Promise<string | undefined> {
  for (const folder of new Set(natsFolders(env, cacheDir))) {
    const file = path.join(folder, "nats-server");
    if (await serves(file)) return file;
  }
  return undefined;
}

async function serves(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    const { stdout, stderr } = await run(file, ["--version"], { timeout: 10_000 });
    const version = parseNatsVersion(stdout + stderr);
    return version !== undefined && isNewEnough(version);
  } catch {
    return false;
  }
}
