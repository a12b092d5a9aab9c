/** The README's table of refusals is the code's list: same types, same statuses, and each says when. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { refusals } from "../../models/refusals";

interface Entry {
  readonly type: string;
  readonly status: number;
  readonly when: string;
}

/** The rows of the table under `## Refusals`. */
function tableOf(markdown: string): Entry[] {
  const section = markdown.split(/^## /m).find((part) => part.startsWith("Refusals\n")) ?? "";
  return section.split("\n").flatMap((line) => {
    const [, type = "", status = "", when = ""] = line.split("|").map((cell) => cell.trim().replace(/^`|`$/g, ""));
    return /^[A-Z_]+$/.test(type) ? [{ type, status: Number(status), when }] : [];
  });
}

const table = tableOf(readFileSync(resolve(__dirname, "../../README.md"), "utf8"));

describe("the README's refusals", () => {
  it("are those of the code, with the same status", () => {
    const entries = table.map(({ type, status }) => [type, status] as const);
    expect(entries).toHaveLength(new Set(table.map(({ type }) => type)).size);
    expect(Object.fromEntries(entries)).toEqual(refusals);
  });

  it.each(table)("$type says when", ({ when }) => {
    expect(when).toMatch(/\w+ \w+/);
  });

  it("are read from the right table, and from no other", () => {
    const markdown =
      "## Other\n| A_B | 400 | no |\n## Refusals\n\n| type | status |\n|--|--|\n| `C_D` | 409 | it is so |\n## E\n";
    expect(tableOf(markdown)).toEqual([{ type: "C_D", status: 409, when: "it is so" }]);
  });
});
