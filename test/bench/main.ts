/**
 * `npm run bench -- NAME`: answers the questions of one benchmark and keeps the result; `all` runs those of the kernel
 * one after the other, each for a bounded time, and `all --resume` those that have no result of the last hours; `table`
 * writes the table of BENCHMARKS.md from what is kept. With `--small` it only shows that they work.
 */
import { spawn } from "node:child_process";
import { cartBench } from "./cart.bench";
import { commandsBench } from "./commands.bench";
import { eventsBench } from "./events.bench";
import { growthBench, historyBench } from "./history.bench";
import { hotBench } from "./hot.bench";
import { hotSkuBench } from "./hot-sku.bench";
import { httpBench } from "./http.bench";
import { importBench } from "./import.bench";
import { learningBench } from "./learning.bench";
import { liveBench } from "./live.bench";
import { nodesBench } from "./nodes.bench";
import { offersBench } from "./offers.bench";
import { pressureBench } from "./pressure.bench";
import { rebuildBench } from "./rebuild.bench";
import { relevanceBench } from "./relevance.bench";
import { keep, printAnswers, type Answer } from "./report";
import { askOf, type Ask } from "./scale";
import { searchBench } from "./search.bench";
import { searchGrowthBench } from "./search-growth.bench";
import { sellersBench } from "./sellers.bench";
import { servingBench } from "./serving.bench";
import { startBench } from "./start.bench";
import { keptOf, writeTable } from "./table";
import { tokensBench } from "./tokens.bench";
import { typeaheadBench } from "./typeahead.bench";
import { visibleBench } from "./visible.bench";
import { visitBench } from "./visit.bench";
import { HEAP } from "./whole-mall";

type Bench = (ask: Ask) => Promise<Answer[]>;

/** In the order in which `all` runs them, about twenty minutes; one that hangs costs its time and no more. */
const kernel: Readonly<Record<string, Bench>> = {
  commands: commandsBench,
  hot: hotBench,
  "hot-sku": hotSkuBench,
  cart: cartBench,
  visible: visibleBench,
  history: historyBench,
  growth: growthBench,
  rebuild: rebuildBench,
  tokens: tokensBench,
  pressure: pressureBench,
  nodes: nodesBench,
  http: httpBench,
};

const benches: Readonly<Record<string, Bench>> = {
  ...kernel,
  search: searchBench,
  "search-growth": searchGrowthBench,
  typeahead: typeaheadBench,
  sellers: sellersBench,
  relevance: relevanceBench,
  import: importBench,
  offers: offersBench,
  start: startBench,
  visit: visitBench,
  events: eventsBench,
  learning: learningBench,
  serving: servingBench,
  live: liveBench,
};

/** Of the table: what other commands keep stands in it as well (`chaos`, `chaos --sales`, `stoa replay`, `fuzz`). */
const rows = [...Object.keys(benches), "chaos", "chaos-sales", "replay", "fuzz"];

/** Its backing services see their parent's pipe end, and go with it. */
const ALONE_MAX_MS = 5 * 60_000;
const FRESH_MS = 3 * 60 * 60_000;

function told(file: string): number {
  console.log(`written into ${file}`);
  return 0;
}

/** Their node runs in their own process, and what it takes is measured: it may take what a mall may. */
const boundAsMall = (name: string): boolean => name === "rebuild";
const isBound = (): boolean => HEAP.every((flag) => process.execArgv.includes(flag));

/** In a process of its own: what one leaves behind is in no other's way. */
function runAlone(name: string, small: boolean): Promise<boolean> {
  const flags = boundAsMall(name) ? [...process.execArgv, ...HEAP] : process.execArgv;
  const child = spawn(process.execPath, [...flags, __filename, name, ...(small ? ["--small"] : [])], {
    stdio: "inherit",
    timeout: ALONE_MAX_MS,
    killSignal: "SIGKILL",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** Measured so lately that a run that was cut need not do it again. */
async function isFresh(name: string): Promise<boolean> {
  const kept = await keptOf(name);
  return kept !== null && Date.now() - Date.parse(kept.measuredAt) < FRESH_MS;
}

async function all({ small, args }: Ask): Promise<number> {
  const failed: string[] = [];
  for (const name of Object.keys(kernel)) {
    if (args.includes("--resume") && (await isFresh(name))) continue;
    const began = performance.now();
    console.log(`\n${name}`);
    if (!(await runAlone(name, small))) failed.push(name);
    console.log(`      ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  }
  if (!small) told(await writeTable(rows));
  if (failed.length > 0) console.error(`These ended with an error: ${failed.join(", ")}.`);
  return failed.length === 0 ? 0 : 1;
}

async function run(name: string, ask: Ask, bench: Bench): Promise<number> {
  const answers = await bench(ask);
  printAnswers(answers);
  if (ask.small) return 0;
  console.log(`kept in ${await keep(name, answers)}`);
  await writeTable(rows);
  return 0;
}

async function main([name = "", ...words]: readonly string[]): Promise<number> {
  const ask = askOf(words);
  if (name === "all") return all(ask);
  if (name === "table") return told(await writeTable(rows));
  const bench = benches[name];
  if (!bench) {
    console.error(`There is no benchmark "${name}"; there are: all, table, ${Object.keys(benches).join(", ")}.`);
    return 2;
  }
  if (boundAsMall(name) && !isBound()) return (await runAlone(name, ask.small)) ? 0 : 1;
  return run(name, ask, bench);
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    // what was given up may still run, and keep the process
    process.exit(1);
  },
);
