/** Wish lists of people, with something on them. */
import { itemIdOf } from "../../../../models/wishlist/wishlist.view.contract";
import { STOP_USE } from "../../../../models/wishlist/wishlist.state.contract";
import { createPepper } from "../../../../services/kernel/pepper";
import type { Stage, Story } from "../stage";
import { aBuyer, aCart, aMarket, guest } from "./market";

type Body = Readonly<Record<string, unknown>>;

const LIST = "gifts";

interface Liked {
  readonly as: ReturnType<typeof aBuyer>;
  readonly id: string;
  readonly itemId: string;
}

/** A thing on a list of somebody's own, beside the one that everybody has. */
async function liked(stage: Stage, as = aBuyer(stage)): Promise<Liked> {
  const { channelId, productId } = await aMarket(stage);
  const id = String((await stage.ask("wishlist.open", { as })).id);
  await stage.ask("wishlist.name", { as, params: { id, listId: LIST } });
  await stage.ask("wishlist.put", { as, params: { id, productId, channelId, variantId: undefined, listId: LIST } });
  return { as, id, itemId: itemIdOf(productId, null) };
}

const onOne =
  (more: Body = {}): Story =>
  async (stage) => {
    const { as, id, itemId } = await liked(stage);
    return { as, params: { id, itemId, listId: LIST, ...more } };
  };

/** One unit less than anything costs in the market of the stories. */
const watch: Body = { stock: undefined, belowMinor: 1, fallPercent: undefined };

export const wishlistStories: Readonly<Record<string, Story>> = {
  "wishlist.get": onOne(),
  "wishlist.put": async (stage) => {
    const { as, id } = await liked(stage);
    const { channelId, productId } = await aMarket(stage);
    return { as, params: { id, productId, channelId, variantId: undefined, listId: undefined } };
  },
  "wishlist.revise": onOne(),
  "wishlist.drop": onOne(),
  "wishlist.watch": onOne(watch),
  "wishlist.unwatch": onOne(),
  "wishlist.name": onOne(),
  "wishlist.remove": onOne(),
  "wishlist.share": onOne(),
  "wishlist.unshare": onOne(),
  "wishlist.mute": onOne(),
  "wishlist.shared": async (stage) => {
    const { as, id } = await liked(stage);
    await stage.ask("wishlist.share", { as, params: { id, listId: LIST } });
    const { lists } = await stage.ask("wishlist.get", { as, params: { id } });
    const key = (lists as readonly Body[]).find(({ listId }) => listId === LIST)?.["shareKey"];
    return { params: { key } };
  },
  "wishlist.merge": async (stage) => {
    const { id } = await liked(stage, guest(stage));
    return { as: aBuyer(stage), params: { id } };
  },
  "wishlist.toCart": async (stage) => {
    const { as, id, itemId } = await liked(stage);
    const { id: cartId, market } = await aCart(stage, { as });
    return { as, params: { id, itemId, cartId, offerId: market.offerId, quantity: 1 } };
  },
  "wishlist.stop": async (stage) => {
    const { id, itemId } = await liked(stage);
    return { params: { id, itemId, key: createPepper(stage.secret).mac(STOP_USE, id, itemId) } };
  },
};
