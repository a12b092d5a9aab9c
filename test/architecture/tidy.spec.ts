/** The tree is as the design says, file by file; and each rule finds what was planted for it. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { foldersOf, tidyRules, unknownIn } from "./tidy-rules";

const ROOT = resolve(__dirname, "../..");
const PLANTED = "test/architecture/planted/";
const README_LINES = { min: 3, max: 40 };

/** What git tracks, or would track: what a reader of the repository sees. */
const paths = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT })
  .toString()
  .split("\n")
  .filter((path) => path !== "" && !path.startsWith(PLANTED) && existsSync(join(ROOT, path)));
const isText = (path: string): boolean => /\.(tsx?|mjs|cjs|js|json|ya?ml|md|html|css)$|^\.[^/]+$/.test(path);
const texts = new Map(
  paths
    .filter((path) => isText(path) && !/^(package-lock\.json$|test\/bench\/results\/)/.test(path))
    .map((path) => [path, readFileSync(join(ROOT, path), "utf8")]),
);

describe("tidiness", () => {
  it("is looked at in every file", () => expect(texts.size).toBeGreaterThan(80));

  describe.each(tidyRules)("$name", ({ applies, fault, planted }) => {
    it("everywhere", () => {
      const faults = [...texts].flatMap(([path, text]) => {
        const found = applies(path) ? fault(path, text) : null;
        return found === null ? [] : [`${path}: ${found}`];
      });
      expect(faults).toEqual([]);
    });

    it.each(planted)("not in $path with %#", ({ path, text }) => {
      expect(applies(path)).toBe(true);
      expect(fault(path, text)).not.toBeNull();
    });
  });

  it("has no README that names a file which is not there", () => {
    const readmes = [...texts].filter(([path]) => path.endsWith(".md"));
    const wrong = readmes.flatMap(([path, text]) => unknownIn(text, paths).map((name) => `${path}: ${name}`));
    expect(wrong).toEqual([]);
    const there = ["models/a/a.contract.ts", "README.md"];
    expect(unknownIn("`a.contract.ts`, `a/a.contract.ts`, `a.kontract.ts`", there)).toEqual(["a.kontract.ts"]);
  });

  it("has a README in each folder, of a length that is read", () => {
    const missing = foldersOf(paths).filter((folder) => {
      const lines = texts.get(`${folder}/README.md`)?.trim().split("\n").length ?? 0;
      return lines < README_LINES.min || lines > README_LINES.max;
    });
    expect(missing).toEqual([]);
    expect(foldersOf(["models/a/b.ts", "bin/c.ts", "README.md"])).toEqual(["bin", "models", "models/a"]);
  });
});
