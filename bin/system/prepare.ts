// Prepares what embedded services need, as a program: the bootstrap runs it before the tests, so that no test has to
// fetch or build anything. Prints what it does on standard error.
import { prepareElasticsearch } from "../../embedded/elasticsearch/elasticsearch";
import { provideBrowser } from "./browser";
import { cacheDirOf } from "./cache";
import { MissingRequirement } from "./missing";
import type { Permission } from "./packages";
import { provideStripeMock } from "./stripe-mock";
import { provideRequirements, type Requirements } from "./requirements";

export interface Prepared extends Requirements {
  readonly cacheDir: string;
}

const permissionOf = ({ yes }: { yes: boolean }): Permission => ({ isRoot: process.getuid?.() === 0, yes });

/** Requirements found or installed, and the search server fetched and built. */
export async function prepare(options: { yes: boolean; log: (line: string) => void }): Promise<Prepared> {
  const cacheDir = cacheDirOf(process.env);
  const { log } = options;
  const permission = permissionOf(options);
  const found = await provideRequirements({ env: process.env, cacheDir, permission, log });
  if (found.jdk !== undefined) await prepareElasticsearch({ jdk: found.jdk, cacheDir, log });
  return { ...found, cacheDir };
}

async function main(): Promise<void> {
  const log = (line: string) => console.error(line);
  try {
    const yes = process.argv.includes("--yes");
    const { cacheDir } = await prepare({ yes, log });
    await provideBrowser({ permission: permissionOf({ yes }), log });
    await provideStripeMock({ env: process.env, cacheDir, log });
  } catch (fault) {
    const known = fault instanceof MissingRequirement || fault instanceof Error;
    console.error(known ? fault.message : fault);
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
