/**
 * `npm run bench -- commands|search|sellers|import|start|learning`:
 * each answers its questions and keeps the result.
 */
import { commandsBench } from "./commands.bench";
import { importBench } from "./import.bench";
import { learningBench } from "./learning.bench";
import { keep, printAnswers, type Answer } from "./report";
import { searchBench } from "./search.bench";
import { sellersBench } from "./sellers.bench";
import { startBench } from "./start.bench";

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<Answer[]>>> = {
  commands: commandsBench,
  search: searchBench,
  sellers: sellersBench,
  import: importBench,
  start: startBench,
  learning: learningBench,
};

async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const bench = benches[name];
  if (!bench) {
    console.error(`There is no benchmark "${name}"; there are: ${Object.keys(benches).join(", ")}.`);
    return 2;
  }
  const answers = await bench(args);
  printAnswers(answers);
  console.log(`kept in ${await keep(name, answers)}`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
