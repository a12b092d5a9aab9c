/** `npm run chaos -- --rounds 50`: kills a part of a running mall in each round, and prints what came of it. */
import { Command, Option } from "commander";
import { whole } from "../../../bin/terminal/whole";
import { keep } from "../../bench/report";
import { playRounds, TARGETS, type Round } from "./rounds";
import { playSales, type SaleRound } from "./sales";

/** From so many rounds on, what came of them is kept beside the results of the benchmarks. */
const KEPT_FROM_ROUNDS = 50;

const HEAD = "round  killed               acknowledged  longest answer  back after  lost, doubled or different";

function line({ round, killed, acknowledged, waitedMs, backMs, faults, slow }: Round): string {
  const cells = [
    String(round).padStart(5),
    killed.padEnd(19),
    String(acknowledged).padStart(12),
    `${waitedMs} ms`.padStart(14),
    `${backMs} ms`.padStart(10),
    faults.length === 0 ? "nothing" : String(faults.length),
  ];
  const told = slow.map((file) => `the search engine was slow: see ${file}`);
  return [cells.join("  "), ...[...faults, ...told].map((text) => `       ${text}`)].join("\n");
}

const answerOf = (played: readonly Round[], faults: number) => ({
  question: `lost, doubled or different after ${played.length} kills under load`,
  value: faults,
  unit: "faults",
  goal: { atMost: 0 },
  detail: { rounds: played },
});

const SALE_HEAD = "round  units  buyers  killed  sold in the rush  everybody knew after  oversold, held or untold";

const SALES_KEPT_FROM_ROUNDS = 10;

function saleLine({ round, units, buyers, killed, soldInRush, rushMs, faults }: SaleRound): string {
  const cells = [
    String(round).padStart(5),
    String(units).padStart(5),
    String(buyers).padStart(6),
    String(killed).padStart(6),
    String(soldInRush).padStart(16),
    `${rushMs} ms`.padStart(20),
    faults.length === 0 ? "nothing" : String(faults.length),
  ];
  return [cells.join("  "), ...faults.map((fault) => `       ${fault}`)].join("\n");
}

/** @returns how many faults there were */
async function sales(rounds: number, seed: number): Promise<number> {
  console.log(SALE_HEAD);
  const played = await playSales({ rounds, seed, onRound: (round) => console.log(saleLine(round)) });
  const faults = played.flatMap((round) => round.faults).length;
  console.log(`${rounds} sales with ${played.reduce((sum, { killed }) => sum + killed, 0)} kills, ${faults} faults.`);
  const answer = {
    question: `oversold, held or untold after ${rounds} sales of 10 units to 40 buyers, with nodes killed`,
    ...{ value: faults, unit: "faults", goal: { atMost: 0 }, detail: { rounds: played } },
  };
  if (rounds >= SALES_KEPT_FROM_ROUNDS) console.log(`kept in ${await keep("chaos-sales", [answer])}`);
  return faults;
}

interface Asked {
  readonly rounds: number;
  readonly seed: number;
  readonly sales?: true;
  readonly only?: string;
}

async function main(): Promise<void> {
  const program = new Command("chaos")
    .description("a mall of three nodes under load; in each round a node or a backing service is killed")
    .option("--rounds <n>", "how many", whole(1, 10_000), 4)
    .option("--seed <n>", "of the moments", whole(0, 2 ** 31), 1)
    .addOption(new Option("--only <what>", "kill nothing else").choices(TARGETS))
    .option("--sales", "a few units and many buyers instead, and nodes killed while they are sold");
  const { rounds, seed, sales: selling, only } = program.parse().opts<Asked>();
  if (selling) {
    process.exitCode = (await sales(rounds, seed)) === 0 ? 0 : 1;
    return;
  }
  console.log(HEAD);
  const kill = only === undefined ? TARGETS : [only];
  const played = await playRounds({ rounds, seed, kill, onRound: (round) => console.log(line(round)) });
  const acknowledged = played.reduce((sum, round) => sum + round.acknowledged, 0);
  const faults = played.flatMap((round) => round.faults).length;
  console.log(`${rounds} rounds, ${acknowledged} commands acknowledged, ${faults} faults.`);
  if (rounds >= KEPT_FROM_ROUNDS && only === undefined)
    console.log(`kept in ${await keep("chaos", [answerOf(played, faults)])}`);
  process.exitCode = faults === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
