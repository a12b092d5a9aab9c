import type { BuyBox, OfferSummary } from "../../../../models/product/product.offers.contract";
import { bounded, priceNotices, riskNotices } from "../../../../services/desk/notices.service";
import { stepsIn } from "../../../../services/visitor/visits.service";
import type { Counted } from "../../../../services/visitor/events.service";

const offer = (sellerId: string, amountMinor: number, quantity = 1, currency = "EUR"): OfferSummary =>
  ({ id: `${sellerId}-${amountMinor}`, sellerId, price: { amountMinor, currency }, quantity }) as OfferSummary;
const product = (...offers: OfferSummary[]) => ({
  id: "p",
  offers,
  buyBox: (offers[0] ?? null) as BuyBox | null,
});

test("a better offer of somebody else is noticed, where one has something to sell in the same currency", () => {
  const notice = { kind: "price", productId: "p", currency: "EUR", ownMinor: 900, bestMinor: 800 };
  expect(priceNotices("me", [product(offer("you", 800), offer("me", 950), offer("me", 900))])).toEqual([notice]);
  expect(priceNotices("me", [product(offer("me", 800), offer("you", 900))])).toEqual([]);
  expect(priceNotices("me", [product(offer("you", 800), offer("me", 900, 0))])).toEqual([]);
  expect(priceNotices("me", [product(offer("you", 800), offer("me", 900, 1, "USD"))])).toEqual([]);
  expect(priceNotices("me", [{ id: "p", offers: [], buyBox: null }])).toEqual([]);
});

test("risk is noticed of the seller and of what it sells, first of all, and each once", () => {
  const warning = { attempts: 9, stopped: 3, risk: 0.3, usual: 0.1, deviations: 4 };
  const risks = riskNotices("me", new Set(["p"]), [
    { of: "seller", id: "me", ...warning },
    { of: "product", id: "p", ...warning },
    { of: "product", id: "theirs", ...warning },
    { of: "region", id: "me", ...warning },
  ]);
  expect(risks.map(({ productId }) => productId)).toEqual([null, "p"]);
  const many = Array.from({ length: 60 }, (_, n) => ({ kind: "risk" as const, productId: `p${n}`, risk: 1, usual: 0 }));
  expect(bounded([...risks, ...risks, ...many])).toHaveLength(50);
});

test("visits are counted by product, of what names one", () => {
  const fact = (kind: Counted["kind"], productId?: string): Counted => ({
    _id: `${kind}${productId}`,
    at: "2026-01-31T09:00:00.000Z",
    kind,
    ...(productId && { productId }),
  });
  expect(
    stepsIn([fact("view", "p"), fact("view", "p"), fact("cart", "p"), fact("checkout", "q"), fact("search")]),
  ).toEqual([
    { productId: "p", views: 2, carts: 1, checkouts: 0 },
    { productId: "q", views: 0, carts: 0, checkouts: 1 },
  ]);
});
