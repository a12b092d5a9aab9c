/** The import rules hold for the whole project, and each of them finds the violation that was planted for it. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";
import { promisify } from "node:util";

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

interface Cruise {
  readonly summary: { readonly violations: readonly Violation[]; readonly totalCruised: number };
}

interface Rules {
  readonly forbidden: readonly { readonly name: string }[];
  readonly options: Record<string, unknown>;
}

const ROOT = resolve(__dirname, "../..");
const PLANTED = join(__dirname, "planted");
const RULES = join(__dirname, "import-rules.cjs");
const CRUISER = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const OUTPUT_MAX = 256 * 1024 * 1024;
const rules = createRequire(__filename)(RULES) as Rules;

/** dependency-cruiser is an ES module and jest is not: it runs as a program. */
async function cruise(cwd: string, config: string, folders: readonly string[]): Promise<Cruise> {
  const args = [CRUISER, "--config", config, "--output-type", "json", ...folders];
  const run = promisify(execFile)(process.execPath, args, { cwd, maxBuffer: OUTPUT_MAX });
  const { stdout } = await run.catch((error: unknown) => {
    const failed = error as { stdout?: string; stderr?: string };
    if (!failed.stdout) throw new Error(`dependency-cruiser failed: ${failed.stderr ?? String(error)}`);
    return { stdout: failed.stdout }; // it exits with the number of violations
  });
  return JSON.parse(stdout) as Cruise;
}

const told = ({ summary }: Cruise): string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();

const FOLDERS = [
  "models",
  "services",
  "indexers",
  "ml",
  "bin",
  "embedded",
  "console",
  "client",
  "test",
  "moleculer.config.ts",
];

describe("imports", () => {
  it("of the project keep every rule", async () => {
    const cruised = await cruise(
      ROOT,
      RULES,
      FOLDERS.filter((folder) => existsSync(join(ROOT, folder))),
    );
    expect(told(cruised)).toEqual([]);
    expect(cruised.summary.totalCruised).toBeGreaterThan(50);
  });

  describe("that are planted", () => {
    let found: readonly Violation[];
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "stoa-rules-"));
      const config = join(folder, "rules.cjs");
      // the same rules, without the exclusion that keeps planted files out of the project's own run
      const { exclude: _exclude, ...options } = rules.options;
      writeFileSync(config, `module.exports = ${JSON.stringify({ forbidden: rules.forbidden, options })};`);
      found = (await cruise(PLANTED, config, ["models", "services", "indexers", "ml", "console", "client", "test"]))
        .summary.violations;
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(rules.forbidden.map(({ name }) => name))("break %s, and are found", (name) => {
      const from = found.filter((violation) => violation.rule.name === name).map((violation) => violation.from);
      expect(from.some((file) => file.includes(name))).toBe(true);
    });

    it("as allowed imports break nothing", () => {
      expect(found.filter(({ from }) => from.includes("allowed"))).toEqual([]);
    });
  });
});
