/** SECURITY.md names tests, and those tests are there. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

interface Named {
  readonly item: string;
  readonly file: string;
  readonly test: string;
}

function namedIn(markdown: string): Named[] {
  return markdown.split("\n").flatMap((line) => {
    const [, item = "", , shown = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [, file = "", test = ""] = /^`([\w-]+\.spec\.ts)`: (.+)$/.exec(shown) ?? [];
    return file === "" ? [] : [{ item, file, test }];
  });
}

const specs = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "test"], { cwd: ROOT })
  .toString()
  .split("\n")
  .filter((path) => path.endsWith(".spec.ts"));

/** Whether a spec of this name has a test of this name. */
const shows = ({ file, test }: Named): boolean =>
  specs
    .filter((path) => basename(path) === file)
    .some((path) =>
      ['"', "'", "`"].some((quote) => readFileSync(resolve(ROOT, path), "utf8").includes(quote + test + quote)),
    );

const named = namedIn(readFileSync(resolve(ROOT, "SECURITY.md"), "utf8"));

it("names a test for each item of its table", () => expect(named.length).toBeGreaterThan(20));

it.each(named)("$item is shown by $file", (one) => expect(shows(one)).toBe(true));

it("would miss a test that is gone", () => {
  const line = "| 9.9 | what it does | `session.spec.ts`: is a test that nobody wrote |";
  expect(namedIn(line).map(shows)).toEqual([false]);
});
