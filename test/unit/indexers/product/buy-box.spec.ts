import * as fc from "fast-check";
import { buyBox, ranked } from "../../../../indexers/product/products.buy-box.query";
import { BUY_BOX_WEIGHTS } from "../../../../models/buybox/buybox.contract";
import { lowestPrice, told } from "../../../../indexers/product/products.view.query";

interface Offered {
  readonly amountMinor?: number;
  readonly condition?: string;
  readonly quantity?: number;
  readonly priceKey?: number;
}

const offered = (id: string, { amountMinor = 1_000, condition = "new", quantity = 1, ...more }: Offered = {}) => ({
  id,
  sellerId: `seller-${id}`,
  variantId: null,
  condition,
  currency: "EUR",
  amountMinor,
  priceKey: amountMinor,
  quantity,
  ...more,
});

describe("the buy box", () => {
  it("is nobody's without offers", () => expect(buyBox([])).toBeNull());

  it.each([
    ["the cheaper", offered("a"), offered("b", { amountMinor: 999 }), "b"],
    ["what is on hand", offered("a", { quantity: 0, amountMinor: 500 }), offered("b"), "b"],
    ["sold out but five times as cheap", offered("a", { quantity: 0, amountMinor: 199 }), offered("b"), "a"],
    ["new, unless used is much cheaper", offered("a", { condition: "used", amountMinor: 800 }), offered("b"), "b"],
    ["used that is much cheaper", offered("a", { condition: "used", amountMinor: 700 }), offered("b"), "a"],
    ["of equals, the first id", offered("b"), offered("a"), "a"],
    ["of equally good, the cheaper", offered("a", { amountMinor: 1_300 }), offered("b", { condition: "used" }), "b"],
  ])("goes to %s", (_what, one, other, winner) => {
    expect(buyBox([one, other])?.offerId).toBe(winner);
    expect(buyBox([other, one])?.offerId).toBe(winner);
  });

  it("tells by how much each rule counted, and whom it goes before", () => {
    const used = offered("a", { condition: "used", amountMinor: 700 });
    expect(buyBox([used, offered("b")])).toEqual({
      offerId: "a",
      sellerId: "seller-a",
      price: { amountMinor: 700, currency: "EUR" },
      condition: "used",
      inStock: true,
      comparableMinor: 910,
      why: [
        { rule: "condition", basisPoints: 3_000 },
        { rule: "stock", basisPoints: 0 },
        { rule: "standing", basisPoints: 0 },
      ],
      before: { offerId: "b", comparableMinor: 1_000 },
    });
  });

  it("takes the seller's standing and other weights into account", () => {
    const [bad, good] = [offered("a", { amountMinor: 900 }), offered("b")];
    const standing = (sellerId: string) => (sellerId === "seller-a" ? 0.5 : 1);
    expect(buyBox([bad, good], BUY_BOX_WEIGHTS, standing)?.offerId).toBe("b");
    expect(buyBox([bad, good], { ...BUY_BOX_WEIGHTS, standingBp: 0 }, standing)?.offerId).toBe("a");
  });

  it("compares no amounts of different currencies: the product's first one goes before", () => {
    const dollars = { ...offered("a", { amountMinor: 1, priceKey: 2 ** 41 + 1 }), currency: "USD" };
    expect(ranked([dollars, offered("b")]).map(({ id }) => id)).toEqual(["b", "a"]);
    expect(lowestPrice([dollars, offered("b")])).toEqual({ amountMinor: 1_000, currency: "EUR" });
    expect(lowestPrice([])).toBeNull();
  });

  const anyOffer = fc.record({
    amountMinor: fc.integer({ min: 0, max: 1_000_000_000_000 }),
    condition: fc.constantFrom("new", "refurbished", "used"),
    quantity: fc.nat(3),
  });

  it("is the first of one order, exact for every amount, and no offer is lost", () => {
    fc.assert(
      fc.property(fc.array(anyOffer, { minLength: 1, maxLength: 6 }), (list) => {
        const offers = list.map((one, n) => offered(`o${n}`, one));
        const order = ranked(offers).map(({ id }) => id);
        expect(ranked([...offers].reverse()).map(({ id }) => id)).toEqual(order);
        const box = buyBox(offers);
        expect(box?.offerId).toBe(order[0]);
        expect(Number.isSafeInteger(box?.comparableMinor)).toBe(true);
        expect(told(offers)).toMatchObject({ offerCount: offers.length });
      }),
    );
  });
});
