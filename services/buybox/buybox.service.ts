import type { ServiceSchema } from "moleculer";
import { buybox } from "../../models/buybox/buybox.aggregate";
import { buyBoxContract, type SetBuyBox } from "../../models/buybox/buybox.contract";
import type { Calls } from "../../models/contracts";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** Weights of a channel that there is. @throws NOT_FOUND */
async function inChannel(params: SetBuyBox, { caller, meta }: CallSite): Promise<SetBuyBox> {
  if (params.channel !== undefined) await typed<Calls>(caller, meta)("channel.peek", { id: params.channel });
  return params;
}

export const buyBoxService = (node: Node): ServiceSchema =>
  aggregateService(node, {
    contract: anyContract(buyBoxContract),
    aggregate: erased(buybox),
    prepare: { "buybox.set": inChannel },
  });
