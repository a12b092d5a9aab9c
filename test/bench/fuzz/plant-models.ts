/**
 * Versions of models in the mall of a fuzz. Over HTTP they come of a training alone, and a training wants a market
 * that has gone on for months: so a further node of this mall registers them, and what is done with them is fuzzed.
 */
import pino from "pino";
import { readRunFile } from "../../../bin/folder/run-file";
import { openNode } from "../../../bin/node/node";
import type { Calls } from "../../../models/contracts";
import type { ModelCard } from "../../../models/model/model.card.contract";
import { readConfig } from "../../../moleculer.config";
import { typed } from "../../../services/kernel/call";
import { PLANTED_MODELS } from "./hints";

const VERSIONS = 6;
const CARD: ModelCard = {
  ...{ data: "planted", rows: 1, features: ["planted"], measure: "AP", metrics: { AP: 0.9 }, baseline: { AP: 0.5 } },
  ...{ against: null, seed: 1, libraries: {} },
};
const hashOf = (model: number, version: number): string => `${model + 1}${version}`.repeat(32);

/** @param dataDir of the running mall */
export async function plantModels(dataDir: string, secret: string): Promise<void> {
  const run = await readRunFile(dataDir);
  if (!run) throw new Error(`no mall runs in ${dataDir}`);
  const { mongodbUrl, elasticsearchUrl, natsUrl, namespace } = run;
  const engines = { MONGODB_URL: mongodbUrl, ELASTICSEARCH_URL: elasticsearchUrl, NATS_URL: natsUrl };
  const own = { STOA_NODE: "planter", STOA_GATEWAY: "no", STOA_NAMESPACE: namespace };
  const config = readConfig({ ...engines, ...own, STOA_SECRET: secret, STOA_DATA: dataDir });
  const node = await openNode(config, pino({ level: "silent" }));
  try {
    const call = typed<Calls>(node.broker, { principal: { id: "planter", permissions: ["*"] }, trace: "fuzz" });
    for (const [model, id] of PLANTED_MODELS.entries()) {
      for (let version = 0; version < VERSIONS; version++) {
        await call("model.register", { id, hash: hashOf(model, version), card: CARD });
      }
    }
  } finally {
    await node.stop();
  }
}
