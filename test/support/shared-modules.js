// How a spec finds what it asks for: by Node itself, so that a module is loaded once in a worker and not once for each
// of all its specs. Only the spec is loaded by jest, which knows it as its test, and jest's own parts, which begin anew
// with every spec. A module that remembers something remembers it from one spec to the next, as in a program.
const { createRequire, isBuiltin } = require("node:module");
const { compileFunction, constants } = require("node:vm");
const Runtime = require("jest-runtime").default;

/** The one whose spec runs: it knows how to make JavaScript of a file. */
let current;
/** Where the source maps of all that was loaded lie. */
const maps = new Map();
/** What jest loads, as functions: its own parts come again with every spec. */
const compiled = new Map();

require.extensions[".ts"] = (module, file) => {
  module._compile(current.transformCache.transform(file), file);
};

class SharedModules extends Runtime {
  constructor(...given) {
    super(...given);
    current = this;
    const { executor, transformCache } = this;
    transformCache.sourceMaps = maps;
    executor.compile = (source, filename) => {
      const known = compiled.get(filename);
      if (known?.source === source) return known.run;
      const run = compileFunction(source, executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
      compiled.set(filename, { source, run });
      return run;
    };
  }

  requireModule(from, name, options, isActual) {
    const outside = name !== undefined && !options?.isInternalModule && !isBuiltin(name);
    return outside ? createRequire(from)(name) : super.requireModule(from, name, options, isActual);
  }
}

exports.default = SharedModules;
Object.assign(exports, { __esModule: true });
