import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { championOf, model, type KnownModel, type ModelState } from "../../models/model/model.aggregate";
import {
  MODEL_IDS,
  modelContract,
  type Appointed,
  type ModelId,
  type ModelName,
  type ModelVersion,
  type ModelView,
} from "../../models/model/model.contract";
import { historyReader, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

const NEVER = { version: 0, champion: null, versions: [], everyHours: 0, training: null, skipped: null } as const;

const viewOf = (id: ModelName, version: number, state: KnownModel): ModelView => ({
  ...{ id, version, champion: championOf(state)?.hash ?? null, versions: state.versions },
  ...{ everyHours: state.everyHours, training: state.training, skipped: state.skipped },
});

/** How a model stands; of one that was never trained, that. */
export async function modelView(reader: HistoryReader, id: ModelName): Promise<ModelView> {
  const row = await reader.newest(id);
  const state = row?.state as ModelState | undefined;
  return !row || !state || state.status === "absent" ? { id, ...NEVER } : viewOf(id, row.version, state);
}

const named = (version: ModelVersion | undefined): Appointed["champion"] =>
  version ? { hash: version.hash, number: version.number } : null;

export const modelService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "model");
  return aggregateService(node, {
    contract: modelContract,
    aggregate: erased(model),
    queries: {
      "model.get": ({ id }: ModelId) => modelView(reader, id),
      "model.list": async () => ({ items: await Promise.all(MODEL_IDS.map((id) => modelView(reader, id))) }),
      "model.appointed": async ({ id }: ModelId): Promise<Appointed> => {
        const { versions } = await modelView(reader, id);
        const who = (wanted: string) => named(versions.find(({ standing }) => standing === wanted));
        return { champion: who("champion"), shadow: who("shadow") };
      },
    },
  });
};
