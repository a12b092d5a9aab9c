/**
 * How carts come to be and find each other. A cart of nobody gets an id from chance alone: whoever knows it may use it,
 * so it must not follow from anything that a caller chose, an Idempotency-Key least of all. Merging is two commits with
 * one truth: the cart of nobody is closed in favour of the account's, and what it held is carried over on that
 * committed step, at once by who merges, or by the cart's timer if that process dies on the way.
 */
import type { ServiceSchema } from "moleculer";
import {
  accountCartId,
  cartContract,
  type CartId,
  type OpenCart,
  type OpenedCart,
} from "../../models/cart/cart.contract";
import { LINES_MAX } from "../../models/cart/cart.quote.contract";
import type { CartState, KeptCart } from "../../models/cart/cart.state.contract";
import type { Calls } from "../../models/contracts";
import { anyContract, type Receipt } from "../../models/kernel/contract";
import { derivedId, randomId } from "../../models/kernel/ids";
import type { Row } from "../../models/kernel/row";
import { refuse } from "../../models/refusals";
import { ANONYMOUS, typed, type CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const keeping = ({ caller, meta }: CallSite, ...parts: readonly string[]) => {
  const { principal, trace } = meta;
  const own: CallMeta = {
    principal: { id: principal.id, permissions: ["cart.keep"] },
    trace,
    commandId: derivedId("cart", ...parts),
  };
  return typed<Calls>(caller, own);
};

async function begin(site: CallSite, id: string, { channelId }: OpenCart): Promise<Receipt> {
  const { principal } = site.meta;
  const { currency, status } = await typed<Calls>(site.caller, site.meta)("channel.peek", { id: channelId });
  if (status === "closed") refuse("CHANNEL_CLOSED", "The channel is closed: nothing is sold in it.", { channelId });
  const customerId = principal.id === ANONYMOUS.id ? null : principal.id;
  return keeping(site, "begin", id)("cart.begin", { id, channelId, currency, customerId });
}

export const visitsService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "cart");

  async function open(params: OpenCart, site: CallSite): Promise<OpenedCart> {
    const { principal } = site.meta;
    const id = principal.id === ANONYMOUS.id ? randomId() : accountCartId(principal.id, params.channelId);
    const { wrote } = await begin(site, id, params);
    return { id, wrote: [wrote] };
  }

  async function carryOver({ id }: CartId, site: CallSite): Promise<Pick<OpenedCart, "wrote">> {
    const { state } = await newestOrRefuse<CartState>(reader, id, "cart");
    const { mergedInto, arrived, lines, coupons, contact, shippingAddress } = state;
    if (mergedInto === null || arrived) return { wrote: [] };
    const { wrote } = await keeping(
      site,
      "absorb",
      id,
    )("cart.absorb", {
      ...{ id: mergedInto, from: id, lines, coupons },
      ...(contact !== null && { contact }),
      ...(shippingAddress !== null && { shippingAddress }),
    });
    const settled = await keeping(site, "settle", id)("cart.settle", { id });
    return { wrote: [wrote, settled.wrote] };
  }

  /** @throws CART_FULL before anything is done: then both carts stay as they are */
  function refuseTooMany(from: KeptCart, to: KeptCart | null): void {
    const ids = [...from.lines, ...(to?.lines ?? []), ...(to?.later ?? [])].map(({ lineId }) => lineId);
    if (new Set(ids).size <= LINES_MAX) return;
    refuse("CART_FULL", `Both carts together have more than ${LINES_MAX} lines; take some out first.`, {
      linesMax: LINES_MAX,
    });
  }

  async function merge({ id: from }: CartId, site: CallSite): Promise<OpenedCart> {
    const { state } = await newestOrRefuse<CartState>(reader, from, "cart");
    const to = accountCartId(site.meta.principal.id, state.channelId);
    if (from === to) return { id: to, wrote: [] };
    if (state.customerId !== null) refuse("CART_FOREIGN", "The cart belongs to an account already.");
    const { wrote } = await begin(site, to, state);
    const into = (await reader.newest(to)) as Row<CartState> | null;
    if (state.status === "open") refuseTooMany(state, into?.state.status === "absent" ? null : (into?.state ?? null));
    const handed = await keeping(site, "handOver", from, to)("cart.handOver", { id: from, to });
    const carried = await carryOver({ id: from }, site);
    return { id: to, wrote: [wrote, handed.wrote, ...carried.wrote] };
  }

  return procedureService({
    name: "cart.visits",
    contract: anyContract(cartContract),
    procedures: { "cart.open": open, "cart.merge": merge, "cart.carryOver": carryOver },
    roles: node.roles,
  });
};
