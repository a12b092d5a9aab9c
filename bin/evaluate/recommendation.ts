/** `stoa evaluate recommendation`: what comes next, of files `user item item …` or of sessions. */
import path from "node:path";
import { type Command, Option } from "commander";
import type * as Evaluate from "../../ml/recommendation/evaluate";
import type { Protocol } from "../../ml/recommendation/protocol";
import { modelLine } from "../../ml/recommendation/report";
import { durationText } from "../terminal/progress";
import { whole } from "../terminal/whole";
import { stageLines } from "./stages";

interface Flags {
  readonly protocol: Protocol;
  readonly test?: string;
  readonly seed: number;
  readonly minutes: number;
}

/** Loaded when it runs: other commands have no use for tensors. */
const EVALUATE = path.join(__dirname, "../../ml/recommendation/evaluate");

async function run(file: string, flags: Flags): Promise<void> {
  const { evaluate } = (await import(EVALUATE)) as typeof Evaluate;
  const clock = (): number => performance.now();
  const { protocol, seed, test } = flags;
  const processor = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  };
  const begun = clock();
  const say = (line: string): void => console.error(line);
  const lines = await evaluate(
    { file, protocol, seed, ...(test === undefined ? {} : { test }) },
    { clock, processor, say, progress: stageLines(clock, say), trainingMs: flags.minutes * 60_000 },
  );
  say(`done in ${durationText((clock() - begun) / 1_000)}`);
  for (const line of lines) console.log(modelLine(protocol, line));
}

export function recommendationEvaluation(evaluate: Command): void {
  evaluate
    .command("recommendation")
    .argument("<file>", "`user item item …` or `user item` a line in time order; sessions `item item …`; also gzipped")
    .description("what somebody takes next: full ranking over all items, by the last item of each user or by session")
    .addOption(
      new Option("--protocol <name>", "how the file is cut")
        .choices(["leave-one-out", "session"])
        .default("leave-one-out"),
    )
    .option("--test <file>", "cases of the session protocol: lines `item item …<TAB>item`")
    .option("--seed <number>", "of everything that goes by chance", whole(0, 2_147_483_647), 1)
    .option("--minutes <number>", "for all training", whole(1, 600), 20)
    .action((file: string, flags: Flags) => run(file, flags));
}
