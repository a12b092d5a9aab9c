/**
 * Stock on its way between two locations. That it left is committed first; a timer of that committed step has it
 * received where it goes, and then taken off the list where it comes from. Both are sent under ids that derive from
 * the transfer, so that it arrives once, whatever dies in between and however often the timer fires.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract } from "../../models/kernel/contract";
import { derivedId } from "../../models/kernel/ids";
import { commitRef } from "../../models/kernel/row";
import type { StockState } from "../../models/stock/stock.aggregate";
import { stockContract } from "../../models/stock/stock.contract";
import type { Delivered, TransferId } from "../../models/stock/stock.transfer.contract";
import { typed, type Principal } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const ofTheMall: Principal = { id: "transfers", permissions: ["stock.deliver"] };

export const transferService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "stock");

  async function deliver({ id, transferId }: TransferId, site: CallSite): Promise<Delivered> {
    const { caller, meta } = site;
    const { trace } = meta;
    const { version, state } = await newestOrRefuse<StockState>(reader, id, "stock");
    const one = state.underway?.find((sent) => sent.transferId === transferId);
    if (!one) return { id, transferId, status: "gone" };
    const causedBy = commitRef("stock", id, version);
    const step = (name: string) => {
      const commandId = derivedId(name, transferId);
      return typed<Calls>(caller, { principal: ofTheMall, trace, commandId, causedBy });
    };
    const { offerId, location: from, productId, sellerId } = state;
    const there = { offerId, location: one.to, productId, sellerId };
    await step("arrive")("stock.arrive", { ...there, transferId, from, quantity: one.quantity });
    await step("settle")("stock.settle", { id, transferId });
    return { id, transferId, status: "delivered" };
  }
  return procedureService({
    name: "stock.transfer",
    contract: anyContract(stockContract),
    procedures: { "stock.deliver": deliver },
    roles: node.roles,
  });
};
