/** The rules that keep the tree small and readable, each a pure function of one file: what is wrong, or null. */

export interface TidyRule {
  readonly name: string;
  readonly applies: (path: string) => boolean;
  /** The fault in words, or null. */
  readonly fault: (path: string, text: string) => string | null;
  /** A file that breaks the rule: a rule that finds nothing proves nothing. */
  readonly planted: readonly { readonly path: string; readonly text: string }[];
}

const LINES_MAX = 200;
/** A spec is a list of examples; it may be longer, but not without end. */
const SPEC_LINES_MAX = 300;
const COLUMNS_MAX = 120;
/** A word that cannot be broken (a regular expression, an address) may stick out. */
const WORD_MAX = 60;
const KINDS = "contract|aggregate|model|upcast|service|route|saga|projection|live|query|mail|import";
const FREE = /^(models|services|indexers)\/(kernel|gateway)\//;

const isCode = (path: string): boolean => /\.(tsx?|mjs|cjs|js)$/.test(path);
const isBlankOrComment = (line: string): boolean => /^\s*($|\/\/|\/\*|\*)/.test(line);

const firstLine = (text: string, wrong: (line: string) => boolean): string | null => {
  const index = text.split("\n").findIndex(wrong);
  return index < 0 ? null : `line ${index + 1}`;
};

/** No line may match. */
const without = (pattern: RegExp) => (_path: string, text: string) => firstLine(text, (line) => pattern.test(line));

export const tidyRules: readonly TidyRule[] = [
  {
    name: "files are short enough to be read at once",
    applies: (path) => isCode(path) && !path.startsWith("test/bench/results/"),
    fault: (path, text) => {
      const lines = text.split("\n").filter((line) => !isBlankOrComment(line)).length;
      const max = path.startsWith("test/") ? SPEC_LINES_MAX : LINES_MAX;
      return lines > max ? `${lines} lines of code; ${max} at most` : null;
    },
    planted: [
      { path: "models/a.ts", text: "a();\n".repeat(201) },
      { path: "test/unit/a.spec.ts", text: "a();\n".repeat(301) },
    ],
  },
  {
    name: "lines have 120 columns at most",
    applies: isCode,
    fault: (_path, text) =>
      firstLine(text, (line) => line.length > COLUMNS_MAX && !line.split(/\s+/).some((w) => w.length > WORD_MAX)),
    planted: [{ path: "models/a.ts", text: `// ${"words and ".repeat(12)}` }],
  },
  {
    name: "no folder is a drawer for anything",
    applies: () => true,
    fault: (path) =>
      /(^|\/)(utils?|helpers?|commons?|managers?|misc|shared|lib)\//.test(path) ? "such a folder" : null,
    planted: [{ path: "services/utils/a.ts", text: "" }],
  },
  {
    name: "files beside kernel/ are of a known kind",
    applies: (path) => /^(models|services|indexers)\/[^/]+\//.test(path) && !FREE.test(path),
    fault: (path) => {
      const file = path.split("/").slice(2).join("/");
      const known = new RegExp(`^[a-z-]+(\\.[a-z-]+)?\\.(${KINDS})\\.ts$|^README\\.md$`);
      return known.test(file) ? null : `not <name>.<kind>.ts with a kind of ${KINDS}`;
    },
    planted: [
      { path: "models/product/product.store.ts", text: "" },
      { path: "services/product/price.ts", text: "" },
      { path: "indexers/product/deep/product.query.ts", text: "" },
    ],
  },
  {
    name: "aggregates know no clock, no chance and no outside",
    applies: (path) => path.endsWith(".aggregate.ts"),
    fault: without(
      /\bDate\.(now|UTC|parse)\b|new Date\(|\bDate\(|Math\.random|crypto|\bprocess\.|console\.|fetch\(|\basync\b/,
    ),
    planted: ["Date.now()", "new Date()", "Math.random()", "process.env", "async () => 1"].map((text) => ({
      path: "models/a/a.aggregate.ts",
      text,
    })),
  },
  {
    name: "what happened travels by the stream, never by the broker, which delivers once at most",
    applies: (path) => /^(services|indexers|ml)\/.*\.ts$/.test(path),
    fault: without(/\b(broker|ctx|context|caller)\.(emit|broadcast|broadcastLocal)\(/),
    planted: [{ path: "services/order/order.saga.ts", text: 'await ctx.broadcast("order.placed", order);' }],
  },
  {
    name: "the search engine is asked for what its core has, and changes or deletes nothing by a query",
    applies: (path) => /^(indexers|ml)\/.*\.ts$/.test(path),
    fault: without(
      /painless|\bscript(_score|_fields|ed_metric)?: |\b(rank_feature|bucket_sort|derivative)\b|(update|delete)_?by_?query/i,
    ),
    planted: [
      { path: "indexers/product/products.query.ts", text: "const sort = { script: { source: price } };" },
      { path: "indexers/kernel/rebuild.ts", text: "await client.updateByQuery({ index });" },
      { path: "indexers/seller/sales.query.ts", text: "aggs: { top: { bucket_sort: { size } } }" },
    ],
  },
  {
    name: "what is kept is durable before it is answered: every insert waits for the majority's journal",
    applies: (path) => /^models\/kernel\/mongo-[a-z-]+\.ts$/.test(path),
    fault: (_path, text) =>
      /\.(insertOne|insertMany|bulkWrite|updateOne|updateMany|findOneAndUpdate|replaceOne)\(/.test(text) &&
      !text.includes('writeConcern: { w: "majority", journal: true }')
        ? "writes without a write concern"
        : null,
    planted: [{ path: "models/kernel/mongo-things.ts", text: "await rows.insertOne(row);" }],
  },
  {
    name: "specs wait for something, never for some time",
    applies: (path) => path.startsWith("test/") && path !== "test/support/eventually.ts" && !isRuleFile(path),
    fault: without(/\bsetTimeout\(|timers\/promises|\bsleep\(/),
    planted: [{ path: "test/unit/a.spec.ts", text: "await new Promise((r) => setTimeout(r, 10));" }],
  },
  {
    name: "no test is switched off or runs alone",
    applies: (path) => path.startsWith("test/") && !isRuleFile(path),
    fault: without(/\b(describe|it|test)\.(only|skip|todo)\b|\b[xf](describe|it)\(/),
    planted: ["it.only(", "describe.skip(", "xit(", "it.todo("].map((text) => ({ path: "test/unit/a.spec.ts", text })),
  },
  {
    name: "nothing is left for later",
    applies: (path) => isCode(path) && !isRuleFile(path),
    fault: without(/\b(TODO|FIXME|XXX|HACK)\b/),
    planted: [{ path: "models/a.ts", text: "// TODO: all of it" }],
  },
  {
    name: "nobody's machine and no registry is named",
    applies: (path) => !isRuleFile(path),
    fault: without(
      /(^|[\s"'`(=])\/(work|root|home|Users)\/|[A-Z]:\\Users|registry\.(npm|yarn)|repo1?\.maven|proxy\.golang|npm\.pkg\./,
    ),
    planted: [
      `cd ${["", "work", "main"].join("/")}`,
      `https://${["registry", "npmjs", "org"].join(".")}/x`,
      "/home/somebody/stoa",
    ].map((text) => ({
      path: "README.md",
      text,
    })),
  },
  {
    name: "only the configuration reads the environment",
    applies: (path) => /^(models|services|indexers|ml)\//.test(path) && isCode(path),
    fault: without(/process\.env\b/),
    planted: [{ path: "services/kernel/a.ts", text: "const url = process.env.MONGODB_URL;" }],
  },
  {
    name: "specs lie in a folder that a jest project runs",
    applies: (path) => path.endsWith(".spec.ts"),
    fault: (path) =>
      /^test\/(unit|architecture|contract|integration|system|timed)\//.test(path) ? null : "no jest project runs it",
    planted: [{ path: "test/bench/a.spec.ts", text: "" }],
  },
];

/** This file names what it forbids. */
function isRuleFile(path: string): boolean {
  return path === "test/architecture/tidy-rules.ts";
}

const NAMED = /`(?:\.\.\/)*(\w[\w./-]*\.(?:tsx?|mjs|cjs|java))`/g;

/** Files that a README names and that are nowhere in the tree: by their name, or by the end of their path. */
export function unknownIn(readme: string, paths: readonly string[]): string[] {
  const named = [...readme.matchAll(NAMED)].map(([, name = ""]) => name);
  return named.filter((name) => !paths.some((path) => path === name || path.endsWith(`/${name}`)));
}

/** Folders that need a README: the first two levels of what ships, and the kinds of tests. */
export function foldersOf(paths: readonly string[]): string[] {
  const top = /^(models|services|indexers|ml|bin|embedded|console|client|deploy|test)\//;
  const folders = paths
    .filter((path) => top.test(path))
    .flatMap((path) => {
      const [first = "", second = "", ...deeper] = path.split("/");
      return deeper.length > 0 ? [first, `${first}/${second}`] : [first];
    });
  return [...new Set(folders)].sort();
}
