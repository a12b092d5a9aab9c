/**
 * `npm run bench -- NAME`: answers the questions of one benchmark and keeps the result; `all` runs those of the kernel
 * one after the other, and writes the table of BENCHMARKS.md. With `--small` it only shows that they work.
 */
import { spawn } from "node:child_process";
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
import { pressureBench } from "./pressure.bench";
import { rebuildBench } from "./rebuild.bench";
import { relevanceBench } from "./relevance.bench";
import { keep, printAnswers, type Answer } from "./report";
import { askOf, type Ask } from "./scale";
import { searchBench } from "./search.bench";
import { searchGrowthBench } from "./search-growth.bench";
import { sellersBench } from "./sellers.bench";
import { startBench } from "./start.bench";
import { writeTable } from "./table";
import { tokensBench } from "./tokens.bench";
import { typeaheadBench } from "./typeahead.bench";
import { visibleBench } from "./visible.bench";
import { visitBench } from "./visit.bench";

type Bench = (ask: Ask) => Promise<Answer[]>;

/** In the order in which `all` runs them, about twenty minutes. */
const kernel: Readonly<Record<string, Bench>> = {
  commands: commandsBench,
  hot: hotBench,
  "hot-sku": hotSkuBench,
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
  start: startBench,
  visit: visitBench,
  events: eventsBench,
  learning: learningBench,
  live: liveBench,
};

/** In a process of its own: what one leaves behind is in no other's way. */
function runAlone(name: string, small: boolean): Promise<boolean> {
  const child = spawn(process.execPath, [...process.execArgv, __filename, name, ...(small ? ["--small"] : [])], {
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}

async function all({ small }: Ask): Promise<number> {
  const failed: string[] = [];
  for (const name of Object.keys(kernel)) {
    const began = performance.now();
    console.log(`\n${name}`);
    if (!(await runAlone(name, small))) failed.push(name);
    console.log(`      ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  }
  if (!small) console.log(`written into ${await writeTable(Object.keys(benches))}`);
  if (failed.length > 0) console.error(`These ended with an error: ${failed.join(", ")}.`);
  return failed.length === 0 ? 0 : 1;
}

async function main([name = "", ...words]: readonly string[]): Promise<number> {
  const ask = askOf(words);
  if (name === "all") return all(ask);
  const bench = benches[name];
  if (!bench) {
    console.error(`There is no benchmark "${name}"; there are: all, ${Object.keys(benches).join(", ")}.`);
    return 2;
  }
  const answers = await bench(ask);
  printAnswers(answers);
  if (ask.small) return 0;
  console.log(`kept in ${await keep(name, answers)}`);
  await writeTable(Object.keys(benches));
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    // what was given up may still run, and keep the process
    process.exit(1);
  },
);
