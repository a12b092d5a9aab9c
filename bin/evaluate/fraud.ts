/** `stoa evaluate fraud`: transactions of the Fraud Detection Handbook's form, under its protocol. */
import path from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type * as Compare from "../../ml/fraud/compare";
import type * as Evaluate from "../../ml/fraud/evaluate";
import type * as Market from "../../ml/fraud/market";
import type * as Read from "../../ml/fraud/read";
import type * as Write from "../../ml/fraud/write";
import { counted, durationText } from "../terminal/progress";
import { whole } from "../terminal/whole";
import { stageLines } from "./stages";

interface Flags {
  readonly features?: string;
  readonly start?: number;
  readonly seed: number;
  readonly history: number;
  readonly generate?: number;
}

/** Loaded when it runs: other commands have no use for tensors. */
const part = async <T>(name: string): Promise<T> => (await import(path.join(__dirname, "../../ml/fraud", name))) as T;

const say = (line: string): void => console.error(line);

function day(text: string): number {
  const seconds = Date.parse(`${text}T00:00:00Z`) / 1_000;
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(seconds)) throw new InvalidArgumentError("a day is 2018-07-25.");
  return seconds;
}

function tellComparison({ rows, unknown, differences }: Compare.Comparison): void {
  console.log(
    `${counted(rows)} rows compared with the given features, ${counted(unknown)} given rows are none of these`,
  );
  for (const { name, greatest, id } of differences) {
    console.log(`${name} greatest difference ${greatest.toPrecision(3)} (transaction ${id})`);
  }
}

async function generate(folder: string, seed: number): Promise<void> {
  const { marketOf } = await part<typeof Market>("market");
  const { writeDays } = await part<typeof Write>("write");
  say(`making a market with the seed ${seed}`);
  const market = marketOf(seed);
  const files = await writeDays(market, folder);
  say(`${counted(market.count)} transactions in ${files} files in ${folder}`);
}

async function run(place: string, flags: Flags): Promise<void> {
  const begun = performance.now();
  if (flags.generate !== undefined) await generate(place, flags.generate);
  const { readTransactions } = await part<typeof Read>("read");
  const { evaluateFraud, measuredLine } = await part<typeof Evaluate>("evaluate");
  const { comparing, readGiven } = await part<typeof Compare>("compare");
  const progress = stageLines(() => performance.now(), say);
  const data = await readTransactions(place, {
    told: (fraction) => progress("reading", fraction),
    ...(flags.features !== undefined && { except: flags.features }),
  });
  say(`${counted(data.count)} transactions`);
  const compared = flags.features === undefined ? null : comparing(await readGiven(flags.features));
  const { measured } = await evaluateFraud(data, {
    seed: flags.seed,
    historyWeeks: flags.history,
    told: say,
    ...(flags.start !== undefined && { start: flags.start }),
    ...(compared && { onRow: (row, features) => compared.see(data.ids[row] as number, features) }),
    onProgress: (done, of) => progress("features", done / of),
  });
  say(`done in ${durationText((performance.now() - begun) / 1_000)}`);
  if (compared) tellComparison(compared.done());
  for (const one of measured) console.log(measuredLine(one));
}

export function fraudEvaluation(evaluate: Command): void {
  evaluate
    .command("fraud")
    .argument("<place>", "a folder of days, or one file: .csv or .csv.gz")
    .description(
      "card fraud: a week of training, a week of delay, a week of test without cards known to be compromised",
    )
    .option("--features <place>", "compare ours, row by row, with features given under the Handbook's names")
    .option("--start <day>", "when training begins; by default 2018-07-25, or the latest day that is possible", day)
    .option("--history <weeks>", "labelled weeks before for a further line, 0 for none", whole(0, 26), 4)
    .option("--seed <number>", "of everything that goes by chance", whole(0, 2_147_483_647), 1)
    .option("--generate <seed>", "make a market of that form first, and write it there", whole(0, 2_147_483_647))
    .action((place: string, flags: Flags) => run(place, flags));
}
