/** `stoa train`: has the running mall learn a model anew from what happened in it, and tells whether it decides now. */
import { setTimeout as pause } from "node:timers/promises";
import { Argument, type Command } from "commander";
import { MODEL_IDS, TRAINED_BY, type ModelName, type ModelView } from "../../models/model/model.contract";
import { randomId } from "../../models/kernel/ids";
import { locate } from "../client/locate";
import { openMall } from "../client/mall";
import type { Parts } from "../parts";
import { Sentence } from "../terminal/sentence";
import { handOver, lessonsFrom } from "./lessons";
import { trainedText } from "./trained-text";

interface Flags {
  readonly from?: readonly string[];
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
}

const LOOK_EVERY_MS = 500;
const WITHIN_MS = 3_600_000;

async function train(id: ModelName, flags: Flags, parts: Parts): Promise<void> {
  const { url, token } = await locate(flags, parts);
  const mall = openMall({ url, token, connections: 1 });
  try {
    const params = flags.from ? await handOver(mall, id, await lessonsFrom(id, flags.from)) : { id };
    const begun = await mall.send({ action: "model.retrain", params, idempotencyKey: `train-${randomId()}` });
    if (!begun.ok) throw new Sentence(`The mall does not train ${id}: ${begun.detail}`);
    const until = Date.now() + WITHIN_MS;
    for (;;) {
      const view = (await mall.query("model.get", { id })) as ModelView;
      if (view.training === null) {
        console.log(trainedText(view));
        return;
      }
      if (Date.now() > until) throw new Sentence("The training goes on; ask GET /v1/models for what comes of it.");
      await pause(LOOK_EVERY_MS);
    }
  } finally {
    await mall.close();
  }
}

export function trainCommand(program: Command, parts: Parts): void {
  program
    .command("train")
    .addArgument(new Argument("<model>").choices(MODEL_IDS.filter((id) => TRAINED_BY[id] !== undefined)))
    .description("learn a model anew in the running mall; it decides only if it is better than what decides now")
    .option(
      "--from <files...>",
      "learn from labelled texts instead: lines of JSON { text, label }, oldest first, or files as evaluate reads them",
    )
    .option("--data <dir>", "data folder of the mall", process.env["STOA_DATA"] || "data")
    .option("--url <url>", "of a mall elsewhere")
    .option("--token <token>", "for a mall elsewhere")
    .action((id: ModelName, flags: Flags) => train(id, flags, parts));
}
