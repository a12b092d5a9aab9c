/**
 * Node's loading of CommonJS modules, where it can be stood in for: these members of `node:module` are not documented,
 * but unchanged for a decade, and what every tool that transforms modules rests on. Who finds them missing leaves
 * loading alone.
 */
import Module from "node:module";
import path from "node:path";
import { constants, Script } from "node:vm";

type Resolve = (request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]) => string;
type Load = (module: NodeJS.Module, file: string) => void;

interface Internals {
  _resolveFilename: Resolve;
  readonly _extensions: { ".js": Load };
  readonly _cache: NodeJS.Dict<NodeJS.Module>;
  readonly prototype: { _compile: (this: NodeJS.Module, source: string, file: string) => unknown };
  wrap(source: string): string;
}

const internals = Module as unknown as Internals;

/** Node's own ways, as they were before anything was put in their place. */
export interface Ways {
  readonly resolve: Resolve;
  readonly load: Load;
}

/** Puts others in place of Node's own ways and gives those back; null where this Node has none of the kind. */
export function replaceWays(by: (ways: Ways) => Partial<Ways>): Ways | null {
  const own = { resolve: internals._resolveFilename, load: internals._extensions[".js"] };
  if (typeof own.resolve !== "function" || typeof own.load !== "function") return null;
  const others = by(own);
  if (others.resolve) internals._resolveFilename = others.resolve;
  if (others.load) internals._extensions[".js"] = others.load;
  return own;
}

/** Of a module: exports, require, module, its file and folder. */
type Compiled = (...given: readonly unknown[]) => unknown;

/** What a module knows as `require`. */
function requireOf(module: NodeJS.Module): NodeJS.Require {
  const resolve = (request: string, options?: unknown): string =>
    internals._resolveFilename(request, module, false, options);
  const ask = (request: string): unknown => module.require(request);
  return Object.assign(ask, {
    resolve: Object.assign(resolve, { paths: () => module.paths }),
    main: require.main,
    extensions: internals._extensions,
    cache: internals._cache,
  }) as unknown as NodeJS.Require;
}

const PLANS = "vm.USE_MAIN_CONTEXT_DEFAULT_LOADER";

/** Node says that the option below may change one day, which nobody who starts a mall can do anything about. */
export function passOverPlans(): void {
  const own = process.emitWarning.bind(process) as (...given: readonly unknown[]) => void;
  Reflect.set(process, "emitWarning", (...given: readonly unknown[]) => {
    if (!String(given[0]).startsWith(PLANS)) own(...given);
  });
}

export function scriptOf(source: string, filename: string, cachedData?: Buffer): Script {
  const code = internals.wrap(source.replace(/^#!.*/, ""));
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  return new Script(code, { filename, importModuleDynamically, ...(cachedData && { cachedData }) });
}

export function runScript(script: Script, module: NodeJS.Module, file: string): unknown {
  const compiled = script.runInThisContext() as Compiled;
  return compiled.call(module.exports, module.exports, requireOf(module), module, file, path.dirname(file));
}

/** Has sources compiled in a way that lets their code be kept. Gives back how to end that. */
export function hearCompiled(heard: (file: string, source: string, script: Script) => void): () => void {
  const { prototype } = internals;
  const own = prototype._compile;
  prototype._compile = function compile(source, file) {
    const script = scriptOf(source, file);
    heard(file, source, script);
    return runScript(script, this, file);
  };
  return () => {
    prototype._compile = own;
  };
}
