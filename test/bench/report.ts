/** What a benchmark leaves behind: a table for the person who ran it, and a file that is committed. */
import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { mulberry } from "../../models/kernel/mulberry";

/** One line of the answer: what was asked, what came out, and what was hoped for. */
export interface Answer {
  readonly question: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
  /** Everything that belongs to the figure: spread, parts, batch sizes. */
  readonly detail?: object;
}

export const met = ({ value, goal }: Answer): boolean =>
  goal === undefined || ("atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost);

const PACE_DRAWS = 20_000_000;
const PACE_ROUNDS = 5;

/**
 * Milliseconds for the same work wherever it is measured, the quickest of a few rounds: absolute figures of two days,
 * or of two machines, are comparable by it alone.
 */
function paceMs(): number {
  const rounds = Array.from({ length: PACE_ROUNDS }, (_none, seed) => {
    const draw = mulberry(seed);
    const began = performance.now();
    let sum = 0;
    for (let n = 0; n < PACE_DRAWS; n++) sum += draw();
    return sum > 0 ? performance.now() - began : Number.POSITIVE_INFINITY;
  });
  return Math.round(Math.min(...rounds));
}

const machine = (): object => ({
  cpu: os.cpus()[0]?.model ?? "unknown",
  cores: os.cpus().length,
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  paceMs: paceMs(),
  node: process.version,
  os: `${os.type()} ${os.release()}`,
});

export function goalText({ goal }: Answer): string {
  if (!goal) return "";
  return "atLeast" in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}

export function printAnswers(answers: readonly Answer[]): void {
  for (const answer of answers) {
    const mark = answer.goal ? (met(answer) ? "met " : "MISS") : "    ";
    const figure = `${String(answer.value).padStart(10)} ${answer.unit.padEnd(12)}`;
    console.log(`${mark}  ${figure} ${goalText(answer).padEnd(9)} ${answer.question}`);
  }
}

/** Beside the source, whichever folder the build runs from. */
export const RESULTS = path.join(process.cwd(), "test", "bench", "results");

export async function keep(name: string, answers: readonly Answer[]): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${name}.json`);
  const text = JSON.stringify({ name, measuredAt: new Date().toISOString(), machine: machine(), answers }, null, 2);
  await writeFile(file, `${text}\n`);
  return file;
}
