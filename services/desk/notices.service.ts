/** What a seller should look at, of what the read side and the early warnings of fraud say now. Pure. */
import { noticeKey, NOTICES_MAX, type Notice } from "../../models/desk/desk.contract";
import type { RiskWarning } from "../../models/fraud/fraud.warnings.contract";
import type { ProductView } from "../../models/product/product.search.contract";

type Offered = Pick<ProductView, "id" | "buyBox" | "offers">;

/** Somebody else is proposed first for what the seller has on hand, in the same currency. */
export function priceNotices(sellerId: string, products: readonly Offered[]): Notice[] {
  return products.flatMap(({ id: productId, buyBox, offers }): Notice[] => {
    if (!buyBox || buyBox.sellerId === sellerId) return [];
    const { currency, amountMinor: bestMinor } = buyBox.price;
    const own = offers.filter((offer) => offer.sellerId === sellerId && offer.quantity > 0);
    const prices = own.filter(({ price }) => price.currency === currency).map(({ price }) => price.amountMinor);
    return prices.length === 0
      ? []
      : [{ kind: "price", productId, currency, ownMinor: Math.min(...prices), bestMinor }];
  });
}

export function riskNotices(
  sellerId: string,
  products: ReadonlySet<string>,
  warnings: readonly RiskWarning[],
): Notice[] {
  return warnings.flatMap(({ of, id, risk, usual }): Notice[] => {
    if (of === "seller" && id === sellerId) return [{ kind: "risk", productId: null, risk, usual }];
    return of === "product" && products.has(id) ? [{ kind: "risk", productId: id, risk, usual }] : [];
  });
}

/** Risks first; each once, and no more than a desk holds. */
export function bounded(notices: readonly Notice[]): Notice[] {
  const byKey = new Map(notices.map((notice) => [noticeKey(notice), notice]));
  return [...byKey.values()].slice(0, NOTICES_MAX);
}
