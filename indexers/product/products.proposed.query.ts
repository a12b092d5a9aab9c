/** Answers buybox.preview: whose turn it is with the weights that hold, and whose it would be with others. */
import type { BuyBoxPreview, BuyBoxWeights, PreviewBuyBox } from "../../models/buybox/buybox.contract";
import { refuseKernel } from "../../models/kernel/refusal";
import type { QueryContext } from "../kernel/query";
import { buyBox } from "./products.buy-box.query";
import type { ProductQueryDeps } from "./products.search.query";
import { storedProduct } from "./products.stored.query";

/** What is tried, in place of what holds. */
function triedOf(asked: PreviewBuyBox, held: BuyBoxWeights): BuyBoxWeights {
  const { refurbishedBp, usedBp, soldOutBp, standingBp } = { ...held, ...asked };
  return { refurbishedBp, usedBp, soldOutBp, standingBp };
}

/** @throws NOT_FOUND */
export async function proposed(
  deps: ProductQueryDeps,
  params: PreviewBuyBox,
  context: QueryContext,
): Promise<BuyBoxPreview> {
  const { productId, channel } = params;
  const [sellers, book, stored] = await Promise.all([
    deps.sellers(context),
    deps.buyBoxes(context),
    storedProduct(deps, productId, context),
  ]);
  if (stored === undefined) return refuseKernel("NOT_FOUND", "There is no such product.", { id: productId });
  const held = book(channel).weights;
  const weights = triedOf(params, held);
  const offers = stored.offers.filter(({ sellerId }) => !sellers.isHidden(sellerId));
  const [now, then] = [buyBox(offers, held), buyBox(offers, weights)];
  return { productId, channel: channel ?? null, weights, now, then, changes: now?.offerId !== then?.offerId };
}
