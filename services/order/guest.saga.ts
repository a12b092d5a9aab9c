/** A guest's order is changed in the mall's name, for whoever brings its key. */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract, type Receipt, type WriteMark } from "../../models/kernel/contract";
import { orderContract } from "../../models/order/order.contract";
import type { GuestChanged, GuestKey, OrderGuestCalls } from "../../models/order/order.guest.contract";
import { asMall, typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

type Changes = "order.cancel" | "order.redirect" | "order.refuseRaise";
type Changed = GuestChanged & { readonly wrote: readonly WriteMark[] };

const changing =
  <N extends Changes>(action: N) =>
  async ({ key, ...params }: Calls[N]["params"] & GuestKey, { caller, meta }: CallSite): Promise<Changed> => {
    const { id } = params as { readonly id: string };
    await typed<Calls>(caller, asMall(meta, "track"))("order.ofGuest", { id, key });
    const call = typed<Calls>(caller, asMall(meta, "change"));
    const { version, wrote } = (await call(action, params as never)) as Receipt;
    return { id, version, wrote: [wrote] };
  };

export const orderGuestService = (node: Node): ServiceSchema =>
  procedureService({
    name: "order.guest",
    contract: anyContract(orderContract),
    roles: node.roles,
    procedures: {
      "order.trackCancel": changing("order.cancel"),
      "order.trackRedirect": changing("order.redirect"),
      "order.trackRefuseRaise": changing("order.refuseRaise"),
    } satisfies Record<Exclude<keyof OrderGuestCalls, "order.ofGuest">, unknown>,
  });
