import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { randomId } from "../../models/kernel/ids";
import { wishlist } from "../../models/wishlist/wishlist.aggregate";
import type { WishlistCommands } from "../../models/wishlist/wishlist.words.aggregate";
import type { ListOf, PutWish, WatchWish, WishlistId } from "../../models/wishlist/wishlist.asks.contract";
import { wishlistContract } from "../../models/wishlist/wishlist.contract";
import { itemNamed, own } from "../../models/wishlist/wishlist.items.aggregate";
import type { Who, WishlistState } from "../../models/wishlist/wishlist.state.contract";
import type { WishlistView } from "../../models/wishlist/wishlist.view.contract";
import { ANONYMOUS, type CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService, type CallSite } from "../kernel/service";
import { seenNow } from "./seen.service";
import { hashOf, sharing } from "./shares.service";

/** Commands that need to know no more than who sends them. */
const SIMPLE = ["revise", "drop", "unwatch", "name", "remove", "unshare", "mute"].map((verb) => `wishlist.${verb}`);

const whoIs =
  ({ roles }: Node) =>
  ({ principal }: CallMeta, permission = "wishlist.write"): Who => ({
    who: {
      id: principal.id === ANONYMOUS.id ? null : principal.id,
      staff: holdsMallWide(roles, principal, permission),
    },
  });

export const wishlistService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "wishlist");
  const { keyOf, view: viewOf, shared } = sharing(node, reader);

  const who = whoIs(node);
  const simply = <P extends object>(params: P, { meta }: CallSite): Promise<P & Who> =>
    Promise.resolve({ ...params, ...who(meta) });

  return aggregateService(node, {
    contract: anyContract(wishlistContract),
    aggregate: erased(wishlist),
    // notes and names
    confidential: true,
    prepare: {
      "wishlist.put": async (params: PutWish, site: CallSite): Promise<WishlistCommands["wishlist.put"]> => ({
        ...params,
        ...who(site.meta),
        ...(await seenNow(site, params)),
      }),
      "wishlist.watch": async (params: WatchWish, site: CallSite): Promise<WishlistCommands["wishlist.watch"]> => {
        const { state } = await newestOrRefuse<WishlistState>(
          { newest: (id) => reader.remembered(id) },
          params.id,
          "wish lists",
        );
        const { productId, variantId, seen } = itemNamed(own(state, who(site.meta)), params.itemId);
        const now = await seenNow(site, { productId, variantId, channelId: seen.channelId });
        return { ...params, ...who(site.meta), ...now };
      },
      "wishlist.share": (params: ListOf, { meta }: CallSite) => {
        const nonce = randomId();
        const hash = hashOf(keyOf(params.id, { listId: params.listId, nonce }));
        return Promise.resolve({ ...params, ...who(meta), nonce, hash });
      },
      ...Object.fromEntries(SIMPLE.map((name) => [name, simply])),
    },
    queries: {
      "wishlist.get": async ({ id }: WishlistId, { meta }): Promise<WishlistView> => {
        const { version, state } = await newestOrRefuse<WishlistState>(reader, id, "wish lists");
        const staff = who(meta, "wishlist.read").who.staff;
        return viewOf(version, own(state, { who: { ...who(meta).who, staff } }));
      },
      "wishlist.shared": shared,
    },
  });
};
