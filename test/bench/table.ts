/** The table in BENCHMARKS.md: every kept answer, written anew whenever one is kept. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { goalText, met, RESULTS, type Answer } from "./report";

const FILE = path.join(RESULTS, "..", "BENCHMARKS.md");
const [BEGIN, END] = ["<!-- table -->", "<!-- /table -->"];
const HEAD = ["| benchmark | question | goal | measured | spread | |", "|---|---|---|---|---|---|"];

interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
}

interface Kept {
  readonly name: string;
  readonly measuredAt: string;
  readonly machine?: Machine;
  readonly answers: readonly Answer[];
}

/** What is kept of a benchmark; null where nothing is. */
export async function keptOf(name: string): Promise<Kept | null> {
  const text = await readFile(path.join(RESULTS, `${name}.json`), "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as Kept);
}

const thousands = (value: number): string =>
  Math.abs(value) >= 10_000 ? value.toLocaleString("en-US") : String(value);

/** Of rounds: the least and the most; of calls: the middle and the slow ones. */
function spreadOf({ detail = {} }: Answer): string {
  const found = detail as Readonly<Record<string, unknown>>;
  const pair = (a: string, b: string, unit = ""): string | null =>
    typeof found[a] === "number" && typeof found[b] === "number" ? `${found[a]} – ${found[b]}${unit}` : null;
  return pair("min", "max") ?? pair("p50Ms", "maxMs", " ms") ?? pair("p50Ms", "p95Ms", " ms") ?? "";
}

const machineOf = ({ cpu, cores, memoryGiB, node }: Machine): string =>
  `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}`;

function line(name: string, answer: Answer): string {
  const verdict = answer.goal === undefined ? "" : met(answer) ? "met" : "**missed**";
  const figure = `${thousands(answer.value)} ${answer.unit}`.trim();
  return `| ${name} | ${answer.question} | ${goalText(answer)} | ${figure} | ${spreadOf(answer)} | ${verdict} |`;
}

export function tableOf(kept: readonly Kept[]): string {
  const days = kept.map(({ name, measuredAt }) => `${name} ${measuredAt.slice(0, 10)}`).join(", ");
  const lines = kept.flatMap(({ name, answers }) => answers.map((answer) => line(name, answer)));
  const machines = new Set(kept.flatMap(({ machine }) => (machine ? [machineOf(machine)] : [])));
  return [...HEAD, ...lines, "", `Measured: ${days}.`, "", `On: ${[...machines].join("; ")}.`].join("\n");
}

/** Puts the table between its marks. @throws Error when the marks are not there */
export async function writeTable(names: readonly string[]): Promise<string> {
  const kept = (await Promise.all(names.map(keptOf))).filter((one) => one !== null);
  const text = await readFile(FILE, "utf8");
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`${FILE} has no place for the table: ${BEGIN} … ${END}`);
  const written = `${text.slice(0, from + BEGIN.length)}\n\n${tableOf(kept)}\n\n${text.slice(to)}`;
  // as the check of formats wants it
  await writeFile(FILE, await format(written, { ...(await resolveConfig(FILE)), parser: "markdown" }));
  return FILE;
}
