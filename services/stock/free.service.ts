/**
 * Sees to it that nothing is held under a hold, whatever became of its reservation: done, refused, lost, or still on
 * its way. The reservation and its annulment bear the same command id, of which a history takes one: either the
 * reservation is annulled for good, or it is there and is released.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { isRefusal } from "../../models/kernel/refusal";
import { freeCommandId, reserveCommandId, type Freed, type HoldStock } from "../../models/stock/stock.hold.contract";
import { stockContract } from "../../models/stock/stock.contract";
import { typed, type Principal } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const ofTheMall: Principal = { id: "holds", permissions: ["stock.hold"] };

export async function free(hold: HoldStock, { caller, meta }: CallSite): Promise<Freed> {
  const { trace } = meta;
  const as = (commandId: string) => typed<Calls>(caller, { principal: ofTheMall, trace, commandId });
  const { holdId } = hold;
  try {
    await as(reserveCommandId(holdId))("stock.annul", hold);
  } catch (error) {
    if (!isRefusal(error, "IDEMPOTENCY_KEY_REUSED")) throw error;
    await as(freeCommandId(holdId))("stock.release", hold);
  }
  return { holdId, status: "freed" };
}

export const freeService = (node: Node): ServiceSchema =>
  procedureService({
    name: "stock.free",
    contract: anyContract(stockContract),
    procedures: { "stock.free": free },
    roles: node.roles,
  });
