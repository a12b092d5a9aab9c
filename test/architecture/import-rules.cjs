// Who may import whom, in the words of dependency-cruiser. Every rule has a planted violation under `planted/`, and
// `imports.spec.ts` asserts that it is found: a rule that finds nothing proves nothing.
const FOLDERS = "(models|services|indexers|ml)";
const INNER = "\\.(aggregate|model|upcast)\\.ts$";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule(
      "kernel-knows-no-commerce",
      "kernel/ is mechanism: it imports nothing that stands beside it",
      { path: `^${FOLDERS}/kernel/` },
      { path: `^${FOLDERS}/(?!kernel/)` },
    ),
    rule(
      "models-import-nobody",
      "models/ is what the mall knows; nobody stands below it",
      { path: "^models/" },
      { path: "^(services|indexers|ml|bin|embedded|console|test)/|^moleculer\\.config" },
    ),
    rule(
      "contract-comes-first",
      "a contract sees contracts and the kernel, never what stands behind a contract",
      { path: "^models/.*\\.contract\\.ts$" },
      { path: "^models/(?!kernel/)", pathNot: "\\.contract\\.ts$" },
    ),
    rule(
      "schemas-are-put-off",
      "schemas are made when they are asked something: models/kernel/schema.ts gives Joi that waits for it",
      { path: "^(models|ml)/", pathNot: "^models/kernel/schema\\.ts$" },
      { path: "(^|/)joi(/|$)", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "aggregate-is-pure",
      "an aggregate runs nothing but other aggregates' parts, contracts, refusals and money: no I/O, no library",
      { path: "^models/.*\\.aggregate\\.ts$" },
      {
        pathNot:
          "^models/kernel/(aggregate|definition|money|restoring|saga(-aggregate)?)\\.ts$|^models/refusals\\.ts$|\\.(contract|aggregate)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "aggregate-before-model",
      "how an aggregate is kept is not its business",
      { path: "^models/.*\\.aggregate\\.ts$" },
      { path: "\\.(model|upcast)\\.ts$|^models/kernel/(mongo-|histories)" },
    ),
    rule(
      "aggregates-stand-apart",
      "an aggregate knows no other one: what spans several is a saga",
      { path: "^models/([^/]+)/.*\\.(aggregate|model)\\.ts$" },
      { path: `^models/(?!kernel/)[^/]+/.*${INNER}`, pathNot: "^models/$1/" },
    ),
    rule(
      "service-has-its-own-aggregate",
      "a service calls another one; it never imports its aggregate or model",
      { path: "^services/(?!kernel/)([^/]+)/" },
      { path: `^models/.*${INNER}`, pathNot: "^models/$1/" },
    ),
    rule(
      "services-stand-apart",
      "a service calls another one; it never imports it",
      { path: "^services/(?!kernel/)([^/]+)/" },
      { path: "^services/[^/]+/", pathNot: "^services/($1|kernel)/" },
    ),
    rule(
      "gateway-sees-contracts",
      "the gateway works from contracts: it knows no aggregate and no model, of whatever kind",
      { path: "^services/gateway/" },
      { path: `^models/(?!kernel/)[^/]+/|^models/index\\.ts$`, pathNot: "\\.contract\\.ts$" },
    ),
    rule(
      "saga-sees-contracts",
      "a saga sends commands to others: beside its own aggregate it sees contracts",
      { path: "^services/([^/]+)/.*\\.saga\\.ts$" },
      { path: `^models/(?!kernel/)[^/]+/.*${INNER}`, pathNot: "^models/$1/" },
    ),
    rule(
      "readers-see-no-service",
      "indexers and ml hear commits and read histories; nothing of a service but the seam between both",
      { path: "^(indexers|ml)/", pathNot: "\\.service\\.ts$" },
      { path: "^services/", pathNot: "^services/kernel/(delivery|call|node)\\.ts$" },
    ),
    rule(
      "readers-see-types-of-aggregates",
      "whoever reads takes an aggregate's types, never its rules",
      { path: "^(indexers|ml)/" },
      { path: "\\.aggregate\\.ts$", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "readers-see-no-model",
      "histories are read through models/index.ts and the reader of models/kernel",
      { path: "^(indexers|ml)/" },
      { path: "\\.(model|upcast)\\.ts$" },
    ),
    rule(
      "models-learn-apart",
      "what one model learnt is no business of another's; what they share is ml/kernel",
      { path: "^ml/(?!kernel/)([^/]+)/" },
      { path: "^ml/[^/]+/", pathNot: "^ml/($1|kernel)/" },
    ),
    rule(
      "learning-reads-no-index",
      "ml learns from histories and facts, never from what was made of them for people to look at",
      { path: "^ml/" },
      { path: "^(indexers|bin|embedded|console)/" },
    ),
    rule(
      "nobody-waits-for-learning",
      "a service asks a model by a call; it never loads it",
      { path: "^(models|services|indexers)/" },
      { path: "^ml/|@tensorflow/" },
    ),
    rule(
      "console-takes-types",
      "the console runs in a browser: of what the mall knows it takes the types, and what brings nothing with it",
      { path: "^console/" },
      {
        path: "^models/",
        pathNot: "^models/(live/live(\\.cells)?|fraud/fraud\\.features)\\.contract\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "console-knows-the-contracts",
      "the console speaks to the mall as anybody does: it knows what the contracts say, and not who does it",
      { path: "^console/" },
      { path: "^(services|indexers|ml|bin|embedded)/" },
    ),
    rule(
      "client-stands-alone",
      "the package runs where nothing of the mall is: it takes itself, and what brings nothing with it",
      { path: "^client/" },
      {
        path: `^(${FOLDERS}|bin|embedded|console|test)/|^moleculer\\.config`,
        pathNot: "^models/live/live(\\.cells)?\\.contract\\.ts$",
      },
    ),
    rule(
      "nothing-runs-tests",
      "what ships does not import what tests it",
      { path: `^(${FOLDERS}|bin|embedded|console|client)/|^moleculer\\.config` },
      { path: "^test/" },
    ),
    rule(
      "packages-are-declared",
      "a package that package.json does not name is there by luck",
      { path: `^(${FOLDERS}|bin|embedded|console|client)/` },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    rule("imports-exist", "an import must lead somewhere", {}, { couldNotResolve: true }),
    rule(
      "no-cycles",
      "what imports each other cannot be understood, nor loaded, one at a time; types may",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|test/architecture/planted)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    moduleSystems: ["cjs", "es6"],
    preserveSymlinks: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "require", "import", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
      mainFields: ["main", "types"],
    },
  },
};
