/** `stoa evaluate purchase-intent`, `sentiment` and the other small models: one way for all of them. */
import path from "node:path";
import type { Command } from "commander";
import type * as Card from "../../ml/kernel/card";
import type { Evaluate } from "../../ml/kernel/evaluation";
import { durationText } from "../terminal/progress";
import { whole } from "../terminal/whole";

interface Small {
  readonly name: string;
  readonly folder: string;
  readonly files: string;
  readonly summary: string;
}

const SMALL: readonly Small[] = [
  {
    name: "purchase-intent",
    folder: "intent",
    files: "visits as CSV in the columns of UCI's online shoppers",
    summary: "whether a visit ends in a purchase: five parts, each judged by what the other four taught",
  },
  {
    name: "sentiment",
    folder: "sentiment",
    files: "zips of NLTK's pros_cons and product_reviews",
    summary: "whether a snippet praises or complains, and of what: a fifth judges",
  },
  {
    name: "moderation",
    folder: "moderation",
    files: "posts as CSV with `tweet` and `class` (0 hate, 1 offensive, 2 neither)",
    summary: "what may be published, is held, or rejected: a fifth judges",
  },
  {
    name: "category",
    folder: "listing",
    files: "offers as CSV with `product_title` and `category_label`",
    summary: "the category of a listing by its title: a fifth judges",
  },
  {
    name: "matching",
    folder: "matching",
    files: "NAME_train.txt and NAME_valid.txt of pairs in Ditto's form, of as many names as wanted",
    summary: "which offers are of one product: the valid files judge",
  },
];

interface Flags {
  readonly seed: number;
  readonly keep?: string;
}

/** Loaded when it runs: other commands have no use for what learns. */
const learning = (file: string): string => path.join(__dirname, "../../ml", file);

async function run({ folder }: Small, files: readonly string[], { seed, keep }: Flags): Promise<void> {
  const begun = performance.now();
  const { evaluate } = (await import(learning(`${folder}/evaluate`))) as { evaluate: Evaluate };
  const { lines, model, card } = await evaluate(files, { seed, told: (line) => console.error(line) });
  if (keep !== undefined) {
    const { keepModel } = (await import(learning("kernel/card"))) as typeof Card;
    console.error(`model ${await keepModel(keep, model, card)} and its card are in ${keep}`);
  }
  console.error(`done in ${durationText((performance.now() - begun) / 1_000)}`);
  for (const line of lines) console.log(line);
}

export function smallEvaluations(evaluate: Command): void {
  for (const small of SMALL) {
    evaluate
      .command(small.name)
      .argument("<files...>", small.files)
      .description(small.summary)
      .option("--seed <number>", "of everything that goes by chance", whole(0, 2_147_483_647), 1)
      .option("--keep <folder>", "keep the model under its hash, with its card")
      .action((files: string[], flags: Flags) => run(small, files, flags));
  }
}
