/** `npm run tour` as a person runs it: every claim holds, and the README shows what it prints. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { normalised } from "../../bin/tour/shown";
import { projectRoot } from "../../embedded/root";
import { stoa } from "../support/mall";

const BEGIN = "<!-- what `npm run tour` prints; ids, times, ports and amounts of work are taken out -->";
const WITHIN_MS = 120_000;

async function shownInReadme(): Promise<string> {
  const readme = await readFile(path.join(projectRoot(), "README.md"), "utf8");
  const block = readme.slice(readme.indexOf(BEGIN) + BEGIN.length);
  return /```text\n([^]*?)```/.exec(block)?.[1]?.trim() ?? "";
}

it("holds, within two minutes, and is what the README shows", async () => {
  const began = performance.now();
  const { code, out, err } = await stoa("tour");
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  expect(performance.now() - began).toBeLessThan(WITHIN_MS);
  expect(normalised(out).trim()).toBe(await shownInReadme());
}, 400_000);
