import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { merchandising } from "../../models/merchandising/merchandising.aggregate";
import { merchandisingContract, type CreateMerchandising } from "../../models/merchandising/merchandising.contract";
import { RULES_MAX } from "../../models/merchandising/merchandising.result.contract";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/**
 * Every process keeps all of them in memory, so that there must not be any number: counted as search knows them, a few
 * more may be written at the same moment. @throws NOT_FOUND, MERCHANDISING_LIMIT
 */
async function roomFor(params: CreateMerchandising, { caller, meta }: CallSite): Promise<CreateMerchandising> {
  const call = typed<Calls>(caller, meta);
  const { channel } = params;
  if (channel !== undefined) await call("channel.peek", { id: channel });
  const { total } = await call("merchandising.list", { limit: 1, ...(channel !== undefined && { channel }) });
  if (total >= RULES_MAX) {
    refuse("MERCHANDISING_LIMIT", `There are ${RULES_MAX} rules; revise one that is no longer of use.`);
  }
  return params;
}

export const merchandisingService = (node: Node): ServiceSchema =>
  aggregateService(node, {
    contract: anyContract(merchandisingContract),
    aggregate: erased(merchandising),
    prepare: { "merchandising.create": roomFor },
  });
