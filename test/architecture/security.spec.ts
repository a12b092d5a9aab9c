/** SECURITY.md names tests, and those tests are there; some of them are here, for they are about the code itself. */
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
    const [, file = "", test = ""] = /^`([\w.-]+\.spec\.ts)`: (.+)$/.exec(shown) ?? [];
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

const page = readFileSync(resolve(ROOT, "SECURITY.md"), "utf8");
const named = namedIn(page);

/** Rows that name neither a test, nor what has to be configured, nor why they are not met. */
const unshown = (markdown: string): string[] =>
  markdown
    .split("\n")
    .filter((line) => /^\| \d/.test(line) && namedIn(line).length === 0)
    .filter((line) => !/\| (not met|by configuration): \S.{15,}\|$/.test(line));

it("names a test for each item, or says what is configured, or why it is not met", () => {
  expect(named.length).toBeGreaterThan(60);
  expect(unshown(page)).toEqual([]);
  expect(unshown("| 9.9 | what it does | of course |\n| 9.8 | what it does | not met: |")).toHaveLength(2);
});

it.each(named)("$item is shown by $file", (one) => expect(shows(one)).toBe(true));

it("would miss a test that is gone", () => {
  const line = "| 9.9 | what it does | `session.spec.ts`: is a test that nobody wrote |";
  expect(namedIn(line).map(shows)).toEqual([false]);
});

describe("the code that serves callers", () => {
  const serving = execFileSync("git", ["ls-files", "models", "services", "indexers"], { cwd: ROOT })
    .toString()
    .split("\n")
    .filter((path) => path.endsWith(".ts"));
  const textOf = (path: string): string => readFileSync(resolve(ROOT, path), "utf8");
  const filesWith = (pattern: RegExp): string[] => serving.filter((path) => pattern.test(textOf(path)));

  // libraries of pictures and papers come when they are needed, by their names: they speak to nobody
  const ASKS = String.raw`\bfetch\(|import\((?!"(?:pdfkit|sharp)"\))|^import (?!type|\{ STATUS_CODES \}).*from `;
  const SPEAKS = new RegExp(`${ASKS}"(undici|axios|got|node:(https?|http2|net|tls|dgram))"`, "m");
  const RUNS = /\beval\(|\bnew Function\(|from "node:(child_process|vm)"/;

  it("knows every file that speaks to another machine; what a caller names is asked in public alone", () => {
    // the scanner and the store of files, of the configuration; names in the latter are hashes; endpoints are judged
    expect(filesWith(SPEAKS)).toEqual([
      "services/kernel/clamd.ts",
      "services/kernel/outgoing-post.ts",
      "services/kernel/public-address.ts",
      "services/kernel/s3-blobs.ts",
    ]);
    expect(filesWith(/from ".*outgoing-post"/)).toEqual([
      "services/kernel/deliverer.ts",
      "services/webhook/telling.service.ts",
    ]);
    // the issuer, the mail server and the account for payments are of the configuration
    expect(filesWith(/^import (?!type).*from "(openid-client|nodemailer|stripe)"/m)).toEqual([
      "services/kernel/mail.ts",
      "services/kernel/openid.ts",
      "services/payment/stripe-answers.service.ts",
      "services/payment/stripe.service.ts",
    ]);
  });

  it("finds nothing that runs text as a program", () => expect(filesWith(RUNS)).toEqual([]));

  it("would find what is planted", () => {
    expect(SPEAKS.test("await import(params.name)") && !SPEAKS.test('await import("sharp")')).toBe(true);
    expect(SPEAKS.test("await fetch(params.url)") && SPEAKS.test('import { request } from "node:https"')).toBe(true);
    expect(RUNS.test("eval(text)") && RUNS.test('import { exec } from "node:child_process"')).toBe(true);
  });

  it("knows each dependency by its hash", () => {
    const { packages } = JSON.parse(textOf("package-lock.json")) as {
      packages: Record<string, { integrity?: string }>;
    };
    const locked = Object.entries(packages).filter(([name]) => name !== "");
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-")).map(([name]) => name)).toEqual(
      [],
    );
  });
});
