/** `npm run chaos -- --rounds 50`: kills a part of a running mall in each round, and prints what came of it. */
import { Command } from "commander";
import { whole } from "../../../bin/terminal/whole";
import { keep } from "../../bench/report";
import { playRounds, type Round } from "./rounds";

/** From so many rounds on, what came of them is kept beside the results of the benchmarks. */
const KEPT_FROM_ROUNDS = 50;

const HEAD = "round  killed               acknowledged  longest answer  back after  lost, doubled or different";

function line({ round, killed, acknowledged, waitedMs, backMs, faults }: Round): string {
  const cells = [
    String(round).padStart(5),
    killed.padEnd(19),
    String(acknowledged).padStart(12),
    `${waitedMs} ms`.padStart(14),
    `${backMs} ms`.padStart(10),
    faults.length === 0 ? "nothing" : String(faults.length),
  ];
  return [cells.join("  "), ...faults.map((fault) => `       ${fault}`)].join("\n");
}

const answerOf = (played: readonly Round[], faults: number) => ({
  question: `lost, doubled or different after ${played.length} kills under load`,
  value: faults,
  unit: "faults",
  goal: { atMost: 0 },
  detail: { rounds: played },
});

async function main(): Promise<void> {
  const program = new Command("chaos")
    .description("a mall of three nodes under load; in each round a node or a backing service is killed")
    .option("--rounds <n>", "how many", whole(1, 10_000), 4)
    .option("--seed <n>", "of the moments", whole(0, 2 ** 31), 1);
  const { rounds, seed } = program.parse().opts<{ rounds: number; seed: number }>();
  console.log(HEAD);
  const played = await playRounds({ rounds, seed, onRound: (round) => console.log(line(round)) });
  const acknowledged = played.reduce((sum, round) => sum + round.acknowledged, 0);
  const faults = played.flatMap((round) => round.faults).length;
  console.log(`${rounds} rounds, ${acknowledged} commands acknowledged, ${faults} faults.`);
  if (rounds >= KEPT_FROM_ROUNDS) console.log(`kept in ${await keep("chaos", [answerOf(played, faults)])}`);
  process.exitCode = faults === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
