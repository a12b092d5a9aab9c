/**
 * `npm run simulate -- --seeds 10000`: many runs, and the first seed that fails; `--seed N` follows that one; `--sales`
 * runs sales instead, see sale/sale.ts.
 */
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { Command } from "commander";
import { whole } from "../../../bin/terminal/whole";
import { addTo, FAULTS, noFaults, totalOf, type FaultCounts } from "./faults";
import { runSeed, type Outcome } from "./run";
import { runSale } from "./sale/sale";

type Run = Omit<Outcome, "actors">;

interface Share {
  readonly sales: boolean;
  readonly from: number;
  readonly step: number;
  readonly end: number;
}

/** Of a worker, now and then. */
interface Report {
  readonly runs: number;
  readonly commands: number;
  readonly steps: number;
  readonly faults: FaultCounts;
  readonly failed: readonly Pick<Outcome, "seed" | "violations">[];
}

const REPORT_EVERY = 50;
const YOUNG_MB = 64;

const runOf = (sales: boolean): ((options: { seed: number; log?: (line: string) => void }) => Promise<Run>) =>
  sales ? runSale : runSeed;

async function work({ sales, from, step, end }: Share): Promise<void> {
  // every refusal would write down where it was made; `--seed` tells that of the run that matters
  Error.stackTraceLimit = 0;
  const run = runOf(sales);
  let [runs, commands, steps, faults] = [0, 0, 0, noFaults()];
  for (let seed = from; seed < end; seed += step) {
    const outcome = await run({ seed });
    runs += 1;
    commands += outcome.commands;
    steps += outcome.steps;
    addTo(faults, outcome.faults);
    const failed = outcome.violations.length > 0;
    if (!failed && runs < REPORT_EVERY && seed + step < end) continue;
    const { violations } = outcome;
    parentPort?.postMessage({ runs, commands, steps, faults, failed: failed ? [{ seed, violations }] : [] });
    if (failed) return;
    [runs, commands, steps, faults] = [0, 0, 0, noFaults()];
  }
}

function table(faults: FaultCounts): string {
  const total = totalOf(faults);
  const lines = FAULTS.map((fault) => {
    const count = faults.get(fault) ?? 0;
    return `  ${fault.padEnd(38)}${String(count).padStart(9)}  ${((count / total) * 100).toFixed(1).padStart(5)} %`;
  });
  return lines.join("\n");
}

interface Sum {
  runs: number;
  commands: number;
  steps: number;
  readonly faults: FaultCounts;
  readonly failed: Report["failed"][number][];
}

function take(sum: Sum, report: Report): void {
  sum.runs += report.runs;
  sum.commands += report.commands;
  sum.steps += report.steps;
  addTo(sum.faults, report.faults);
  sum.failed.push(...report.failed);
}

function runWorker(share: Share, heard: (report: Report) => void): Promise<void> {
  const worker = new Worker(__filename, {
    workerData: share,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  worker.on("message", heard);
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}

const WELL = {
  kernel: "Nothing was lost or doubled, and every read side is the fold of its histories.",
  sales: "Each unit was sold once, and everybody else was told what there was.",
};

async function many(sales: boolean, seeds: number, first: number): Promise<boolean> {
  const workers = Math.min(availableParallelism(), seeds);
  const sum: Sum = { runs: 0, commands: 0, steps: 0, faults: noFaults(), failed: [] };
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  const heard = (report: Report): void => {
    take(sum, report);
    const rate = sum.runs / seconds();
    const left = Math.round((seeds - sum.runs) / rate);
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${sum.runs} of ${seeds} runs, ${rate.toFixed(0)} runs/s, ${left} s left  `);
    }
  };
  const shares = Array.from({ length: workers }, (_, i) => ({
    sales,
    from: first + i,
    step: workers,
    end: first + seeds,
  }));
  await Promise.all(shares.map((share) => runWorker(share, heard)));
  const [fault] = sum.failed.sort((a, b) => a.seed - b.seed);
  const rate = (sum.runs / seconds()).toFixed(1);
  const done = `${sum.commands} commands, ${sum.steps} steps, ${totalOf(sum.faults)} faults`;
  console.log(`${sum.runs} runs in ${seconds().toFixed(1)} s on ${workers} threads: ${rate} runs/s, ${done}:`);
  console.log(table(sum.faults));
  if (!fault) console.log(sales ? WELL.sales : WELL.kernel);
  else
    console.log(
      [
        `Seed ${fault.seed} fails (--seed ${fault.seed}${sales ? " --sales" : ""} follows it):`,
        ...fault.violations,
      ].join("\n  "),
    );
  return !fault;
}

async function one(sales: boolean, seed: number): Promise<boolean> {
  const { violations, faults } = await runOf(sales)({ seed, log: (line) => console.log(line) });
  console.log(table(faults));
  console.log(violations.length === 0 ? `Seed ${seed} is in order.` : violations.join("\n"));
  return violations.length === 0;
}

interface Options {
  readonly sales: boolean;
  readonly seeds: number;
  readonly from: number;
  readonly seed?: number;
}

async function main(): Promise<void> {
  const program = new Command("simulate")
    .description("the kernel in memory, in every kind of weather")
    .option("--seeds <n>", "how many runs", whole(1, 10_000_000), 1_000)
    .option("--from <n>", "the first seed", whole(0, 2 ** 31), 1)
    .option("--seed <n>", "only this one, step by step", whole(0, 2 ** 31))
    .option("--sales", "many customers and few units, instead of the kernel alone", false);
  const { sales, seeds, from, seed } = program.parse().opts<Options>();
  const well = seed === undefined ? await many(sales, seeds, from) : await one(sales, seed);
  process.exitCode = well ? 0 : 1;
}

void (isMainThread ? main() : work(workerData as Share));
