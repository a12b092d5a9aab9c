import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { experiment } from "../../models/experiment/experiment.aggregate";
import type { ExperimentContent } from "../../models/experiment/experiment.content.contract";
import { experimentContract, EXPERIMENTS_MAX } from "../../models/experiment/experiment.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** Every process keeps all of them in memory. @throws NOT_FOUND, EXPERIMENT_LIMIT */
async function roomFor(params: ExperimentContent, { caller, meta }: CallSite): Promise<ExperimentContent> {
  if (params.channel !== undefined) await typed<Calls>(caller, meta)("channel.peek", { id: params.channel });
  const { items } = await typed<Calls>(caller, asMall(meta, "room"))("experiment.list", { limit: EXPERIMENTS_MAX });
  if (items.length >= EXPERIMENTS_MAX)
    refuse("EXPERIMENT_LIMIT", `The mall has ${EXPERIMENTS_MAX} experiments already.`);
  return params;
}

export const experimentService = (node: Node): ServiceSchema =>
  aggregateService(node, {
    contract: anyContract(experimentContract),
    aggregate: erased(experiment),
    prepare: { "experiment.create": roomFor },
  });
