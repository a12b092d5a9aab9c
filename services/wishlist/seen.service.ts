/** What is asked of others before something is put on a list: what it is, and what it costs here now. */
import type { Calls } from "../../models/contracts";
import { refuse } from "../../models/refusals";
import type { SeenNow } from "../../models/wishlist/wishlist.state.contract";
import { typed } from "../kernel/call";
import type { CallSite } from "../kernel/service";

/** What a product is in a channel now, as everybody sees it. @throws NOT_FOUND */
export async function seenNow(
  site: CallSite,
  asked: { readonly productId: string; readonly variantId?: string | null; readonly channelId: string },
): Promise<SeenNow> {
  const { productId, variantId = null, channelId } = asked;
  const { principal, trace, after } = site.meta;
  const call = typed<Calls>(site.caller, {
    principal: { id: principal.id, permissions: [] },
    trace,
    ...(after && { after }),
  });
  const [{ currency }, view] = await Promise.all([
    call("channel.peek", { id: channelId }),
    call("product.get", { id: productId, channel: channelId }),
  ]);
  if (!view.channels.includes(channelId)) {
    refuse("PRODUCT_NOT_LISTED", "The product is not sold in that channel.", { channelId });
  }
  if (variantId !== null && !view.variants.some(({ id }) => id === variantId)) {
    refuse("NOT_FOUND", "The product has no such variant.", { variantId });
  }
  const offers = view.offers
    .filter(({ price }) => price.currency === currency)
    .filter((offer) => variantId === null || offer.variantId === variantId);
  const buyable = offers.filter(({ quantity }) => quantity > 0);
  const amounts = (buyable.length > 0 ? buyable : offers).map(({ price }) => price.amountMinor);
  const amountMinor = amounts.length === 0 ? null : Math.min(...amounts);
  return { seen: { channelId, currency, amountMinor }, inStock: buyable.length > 0 };
}
