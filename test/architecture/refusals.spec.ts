/** The README's tables of refusals are the code's lists: same types, same statuses, and each says when. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { refusals } from "../../models/refusals";
import { gatewayRefusals } from "../../services/gateway/problem";

interface Entry {
  readonly type: string;
  readonly status: number;
  readonly when: string;
}

/** The rows of the table under a heading; `## Refusals` and `### At the gateway` have one each. */
function tableOf(markdown: string, heading: string): Entry[] {
  const section = markdown.split(/^#{2,3} /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return section.split("\n").flatMap((line) => {
    const [, type = "", status = "", when = ""] = line.split("|").map((cell) => cell.trim().replace(/^`|`$/g, ""));
    return /^[A-Z_]+$/.test(type) ? [{ type, status: Number(status), when }] : [];
  });
}

const readme = readFileSync(resolve(__dirname, "../../README.md"), "utf8");

describe.each([
  ["Refusals", refusals],
  ["At the gateway", gatewayRefusals],
])("the README's table under %s", (heading, declared) => {
  const table = tableOf(readme, heading);

  it("is that of the code, with the same statuses, each once", () => {
    const entries = table.map(({ type, status }) => [type, status] as const);
    expect(entries).toHaveLength(new Set(table.map(({ type }) => type)).size);
    expect(Object.fromEntries(entries)).toEqual(declared);
  });

  it.each(table)("$type says when", ({ when }) => {
    expect(when).toMatch(/\w+ \w+/);
  });
});

it("is read from under its heading, and from no other", () => {
  const markdown =
    "## Other\n| A_B | 400 | no |\n## Refusals\n\n| type | status |\n|--|--|\n| `C_D` | 409 | it is so |\n" +
    "### E\n| F_G | 1 | n |\n";
  expect(tableOf(markdown, "Refusals")).toEqual([{ type: "C_D", status: 409, when: "it is so" }]);
  expect(tableOf(markdown, "E")).toEqual([{ type: "F_G", status: 1, when: "n" }]);
});
