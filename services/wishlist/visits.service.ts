/**
 * How wish lists come to be and find each other, as carts do: lists of nobody get an id from chance alone, merging is
 * two commits with one truth, and what was held is carried over on that committed step, at once by who merges or by
 * the lists' timer. And what is done to several things at once: into the cart, and stopped by the key in a mail.
 */
import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { anyContract, type Receipt } from "../../models/kernel/contract";
import { derivedId, randomId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import type { Row } from "../../models/kernel/row";
import { refuse } from "../../models/refusals";
import type {
  OpenedWishlist,
  StopAlert,
  StoppedAlert,
  WishlistId,
  WishToCart,
} from "../../models/wishlist/wishlist.asks.contract";
import { accountWishlistId, wishlistContract } from "../../models/wishlist/wishlist.contract";
import { STOP_USE, type KeptWishlist, type WishlistState } from "../../models/wishlist/wishlist.state.contract";
import { itemIdOf, ITEMS_MAX, type WishItem } from "../../models/wishlist/wishlist.view.contract";
import { ANONYMOUS, asMall, typed, type CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { procedureService, type CallSite } from "../kernel/service";

const keeping = ({ caller, meta }: CallSite, ...parts: readonly string[]) => {
  const { principal, trace } = meta;
  const own: CallMeta = {
    principal: { id: principal.id, permissions: ["wishlist.keep"] },
    trace,
    commandId: derivedId("wishlist", ...parts),
  };
  return typed<Calls>(caller, own);
};

function begin(site: CallSite, id: string): Promise<Receipt> {
  const { principal } = site.meta;
  const accountId = principal.id === ANONYMOUS.id ? null : principal.id;
  return keeping(site, "begin", id)("wishlist.begin", { id, accountId });
}

const itemsOf = (state: WishlistState | undefined): readonly WishItem[] =>
  state && state.status !== "absent" ? (state.items ?? []) : [];

/** @throws WISHLIST_FULL before anything is done: then both stay as they are */
function refuseTooMany(from: KeptWishlist, to: WishlistState | undefined): void {
  const ids = [...itemsOf(from), ...itemsOf(to)].map(({ productId, variantId }) => itemIdOf(productId, variantId));
  if (new Set(ids).size <= ITEMS_MAX) return;
  refuse("WISHLIST_FULL", `Both together hold more than ${ITEMS_MAX} things; take some off first.`, {
    itemsMax: ITEMS_MAX,
  });
}

/** Both in the name of whoever asks: of a foreign cart or list they get nothing. */
async function toCart(
  { id, itemId, cartId, ...more }: WishToCart,
  { caller, meta }: CallSite,
): Promise<OpenedWishlist> {
  const { expectedVersion: _of, commandId = "", ...known } = meta;
  const as = (step: string) => typed<Calls>(caller, { ...known, commandId: derivedId("step", commandId, step) });
  const added = await as("add")("cart.add", { id: cartId, ...more });
  const dropped = await as("drop")("wishlist.drop", { id, itemId });
  return { id: cartId, wrote: [added.wrote, dropped.wrote] };
}

/** Who has the key may stop what it was sent for; that it is stopped, or gone, already is no fault. */
async function stop(node: Node, asked: StopAlert, { caller, meta }: CallSite): Promise<StoppedAlert> {
  const { id, itemId, key, all = false } = asked;
  if (!node.identity.pepper.isMac(key, STOP_USE, id, itemId)) {
    return refuse("NOT_FOUND", "That link stops nothing: use the one in the mail.");
  }
  const call = typed<Calls>(caller, asMall(meta, "stop"));
  try {
    if (all) await call("wishlist.mute", { id, muted: true });
    else await call("wishlist.unwatch", { id, itemId });
  } catch (error) {
    if (!isRefusal(error, "NOT_FOUND") && !isRefusal(error, "SUBJECT_ERASED")) throw error;
  }
  return { stopped: all ? "all" : "one" };
}

export const wishlistVisits = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "wishlist");

  async function open(_params: object, site: CallSite): Promise<OpenedWishlist> {
    const { principal } = site.meta;
    const id = principal.id === ANONYMOUS.id ? randomId() : accountWishlistId(principal.id);
    const { wrote } = await begin(site, id);
    return { id, wrote: [wrote] };
  }

  async function carryOver({ id }: WishlistId, site: CallSite): Promise<Pick<OpenedWishlist, "wrote">> {
    const { state } = await newestOrRefuse<WishlistState>(reader, id, "wish lists");
    const { mergedInto, arrived, lists, names, items } = state;
    if (mergedInto === null || arrived) return { wrote: [] };
    const held = { from: id, lists, names: names ?? {}, items: items ?? [] };
    const { wrote } = await keeping(site, "absorb", id)("wishlist.absorb", { id: mergedInto, ...held });
    const settled = await keeping(site, "settle", id)("wishlist.settle", { id });
    return { wrote: [wrote, settled.wrote] };
  }

  async function merge({ id: from }: WishlistId, site: CallSite): Promise<OpenedWishlist> {
    const { state } = await newestOrRefuse<WishlistState>(reader, from, "wish lists");
    const to = accountWishlistId(site.meta.principal.id);
    if (from === to) return { id: to, wrote: [] };
    if (state.accountId !== null) refuse("WISHLIST_FOREIGN", "The wish lists belong to an account already.");
    const { wrote } = await begin(site, to);
    const into = (await reader.newest(to)) as Row<WishlistState> | null;
    if (state.status === "open") refuseTooMany(state, into?.state);
    const handed = await keeping(site, "handOver", from, to)("wishlist.handOver", { id: from, to });
    const carried = await carryOver({ id: from }, site);
    return { id: to, wrote: [wrote, handed.wrote, ...carried.wrote] };
  }

  return procedureService({
    name: "wishlist.visits",
    contract: anyContract(wishlistContract),
    procedures: {
      "wishlist.open": open,
      "wishlist.merge": merge,
      "wishlist.carryOver": carryOver,
      "wishlist.toCart": toCart,
      "wishlist.stop": (asked: StopAlert, site: CallSite) => stop(node, asked, site),
    },
    roles: node.roles,
  });
};
