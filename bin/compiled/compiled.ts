/**
 * Starting is mostly finding, reading and compiling some thousand modules, each time the same. A program that runs
 * keeps what it has loaded, with V8's code, and the next one of its kind takes all of that from one file. What is
 * missing, changed, spoilt or of another engine is loaded as ever and kept anew: a pack is never needed.
 */
import { readdirSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { cachedDataVersionTag } from "node:v8";
import type { Script } from "node:vm";
import { projectRoot } from "../../embedded/root";
import { hearCompiled, passOverPlans, replaceWays, runScript, scriptOf } from "./modules";
import { encodePack, openPack, type Pack, type PackedModule } from "./pack";

export interface CompiledOptions {
  /** Programs that load the same: `start`. */
  readonly program: string;
  /** Where packs are kept; beside the build when left out. */
  readonly folder?: string;
  /** Whose `node_modules` the modules are from. */
  readonly root?: string;
}

/** Flags and versions of the engine have packs of their own: the latest of a program. */
const KEPT_MAX = 3;
const AT_ONCE = 20;

/** Gives back how to end it. */
function take({ module: packed, resolved, close }: Pack): () => void {
  const ways = replaceWays((own) => ({
    resolve: (request, parent, ...rest) =>
      resolved.get(parent?.filename ?? "")?.get(request) ?? own.resolve(request, parent, ...rest),
    load(module, file) {
      const found = packed(file);
      if (found) runScript(scriptOf(found.source, file, found.code), module, file);
      else own.load(module, file);
    },
  }));
  return () => {
    replaceWays(() => ways ?? {});
    close();
  };
}

interface Heard {
  readonly scripts: Map<string, { readonly source: string; readonly script: Script }>;
  readonly resolved: Map<string, Map<string, string>>;
}

/** Gives back how to end it, and keep what was heard. */
function hear(root: string, file: string): () => Promise<void> {
  const { scripts, resolved }: Heard = { scripts: new Map(), resolved: new Map() };
  const endCompiled = hearCompiled((file, source, script) => scripts.set(file, { source, script }));
  const own = replaceWays(({ resolve }) => ({
    resolve(request, parent, ...rest) {
      const found = resolve(request, parent, ...rest);
      const from = parent?.filename;
      if (!from || !path.isAbsolute(found)) return found;
      resolved.set(from, (resolved.get(from) ?? new Map<string, string>()).set(request, found));
      return found;
    },
  }));
  return () => {
    endCompiled();
    replaceWays(() => own ?? {});
    return keep({ scripts, resolved }, root, file);
  };
}

/** Makes room for another one of the same program. */
async function prune(folder: string, program: string): Promise<void> {
  const mine = readdirSync(folder).filter((name) => name.startsWith(`${program}-`));
  await Promise.all(mine.slice(0, -KEPT_MAX + 1).map((name) => rm(path.join(folder, name), { force: true })));
}

/** Others work in between. */
async function keep(heard: Heard, root: string, file: string): Promise<void> {
  const modules = new Map<string, PackedModule>();
  for (const [name, { source, script }] of heard.scripts) {
    modules.set(name, { source, code: script.createCachedData() });
    if (modules.size % AT_ONCE === 0) await turn();
  }
  heard.scripts.clear();
  await mkdir(path.dirname(file), { recursive: true });
  await prune(path.dirname(file), path.basename(file).replace(/-[^-]*$/, ""));
  // whoever starts meanwhile finds a whole one or none
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, encodePack(root, modules, heard.resolved));
  await rename(draft, file);
}

let end: (() => unknown) | undefined;

/** To be called before what it is to load; once in a process, or thread. */
export function useCompiled({ program, root = projectRoot(), folder }: CompiledOptions): void {
  const name = `${program}-${cachedDataVersionTag().toString(16)}.pack`;
  const file = path.join(folder ?? path.join(root, "dist/.compiled"), name);
  const pack = openPack(root, file);
  passOverPlans();
  end = pack ? take(pack) : hear(root, file);
}

/** What is to be loaded has been: it is kept, unless it came from a pack, and Node gets its own ways back. */
export async function allLoaded(): Promise<void> {
  const ending = end;
  end = undefined;
  try {
    await ending?.();
  } catch {
    // a folder that cannot be written is none of the mall's worries
  }
}
