import { reduce, type Basket, type Buyer, type Candidate } from "../../../../models/cart/cart.promotions.contract";
import type { PromotionRule } from "../../../../models/promotion/promotion.rules.contract";

const lamp = {
  ...{ lineId: "lamp", productId: "lamp", sellerId: "lumen", categoryIds: ["lamps", "home"] },
  ...{ delivery: "parcel" as const, quantity: 1, unitMinor: 1_000 },
};
const rug = { ...lamp, lineId: "rug", productId: "rug", sellerId: "weave", categoryIds: ["rugs", "home"] };
const anybody: Buyer = { groups: [], firstOrder: false };
const basketOf = (buyer: Buyer = anybody): Basket => ({
  lines: [lamp, { ...rug, quantity: 2, unitMinor: 400 }],
  parcels: ["lumen", "weave"].map((sellerId) => ({ sellerId, shippingMinor: 500 })),
  buyer,
});
const promotion = (rule: PromotionRule, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id: "p1", fundedBy: "platform", sellerId: null, priority: 0, exclusive: false, rule },
  ...more,
});
const off = (candidates: readonly Candidate[], buyer?: Buyer) => {
  const { lines, parcels } = reduce(basketOf(buyer), candidates);
  return [...lines, ...parcels].map((some) => some.reduce((total, { amountMinor }) => total + amountMinor, 0));
};

const ten: PromotionRule = { effect: { kind: "line-percent", percentBp: 1_000 } };
const none = [0, 0, 0, 0];
const lines = (...amounts: readonly [number, number]): number[] => [...amounts, 0, 0];

/** A lamp of 10.00, two rugs of 4.00 from another seller, and two parcels of 5.00. */
it.each<[string, PromotionRule, number[]]>([
  ["percent off each line", ten, lines(100, 80)],
  ["an amount off each unit", { effect: { kind: "line-amount", amountMinor: 300 } }, lines(300, 600)],
  ["no more than a line costs", { effect: { kind: "line-amount", amountMinor: 900 } }, lines(900, 800)],
  ["an amount off the order, by worth", { effect: { kind: "order-amount", amountMinor: 100 } }, lines(56, 44)],
  ["percent off the order", { effect: { kind: "order-percent", percentBp: 5_000 } }, lines(500, 400)],
  ["the cheapest of three", { effect: { kind: "buy-get", buy: 2, get: 1, percentBp: 10_000 } }, lines(0, 400)],
  ["half of the cheaper two", { effect: { kind: "buy-get", buy: 1, get: 2, percentBp: 5_000 } }, lines(0, 400)],
  ["nothing of too few", { effect: { kind: "buy-get", buy: 3, get: 1, percentBp: 10_000 } }, none],
  ["all shipping", { effect: { kind: "free-shipping" } }, [0, 0, 500, 500]],
  ["some shipping", { effect: { kind: "free-shipping", amountMaxMinor: 300 } }, [0, 0, 150, 150]],
  ["only in a category", { ...ten, scope: { categoryIds: ["rugs"] } }, lines(0, 80)],
  ["also below a category", { ...ten, scope: { categoryIds: ["home"] } }, lines(100, 80)],
  ["only of a product", { ...ten, scope: { productIds: ["lamp"] } }, lines(100, 0)],
  [
    "only of a seller, shipping too",
    { effect: { kind: "free-shipping" }, scope: { sellerIds: ["weave"] } },
    [0, 0, 0, 500],
  ],
  ["from a worth on", { ...ten, conditions: { subtotalMinMinor: 1_800 } }, lines(100, 80)],
  ["nothing below it", { ...ten, conditions: { subtotalMinMinor: 1_801 } }, none],
  ["nothing of too few units", { ...ten, conditions: { quantityMin: 4 } }, none],
  ["nothing for others than the group", { ...ten, conditions: { groups: ["trade"] } }, none],
  ["nothing from a second order", { ...ten, conditions: { firstOrder: true } }, none],
])("takes %s", (_what, rule, expected) => {
  expect(off([promotion(rule)])).toEqual(expected);
});

it("takes it for those whom it is for", () => {
  const buyer = { groups: ["trade"], firstOrder: true };
  expect(off([promotion({ ...ten, conditions: { groups: ["trade"], firstOrder: true } })], buyer)).toEqual(
    lines(100, 80),
  );
});

it("reckons one after another by priority, each on what those before have left", () => {
  const half = promotion({ effect: { kind: "line-percent", percentBp: 5_000 } }, { id: "p2", priority: 5 });
  const amount = promotion({ effect: { kind: "line-amount", amountMinor: 300 } });
  expect(off([amount, half])).toEqual(lines(800, 800));
  expect(off([{ ...amount, priority: 9 }, half])).toEqual(lines(650, 700));
});

it("lets an exclusive one stand alone, and only where it comes first", () => {
  const alone = promotion(ten, { id: "p2", exclusive: true, priority: 5 });
  const other = promotion({ effect: { kind: "line-amount", amountMinor: 300 } });
  expect(off([alone, other])).toEqual(lines(100, 80));
  expect(off([alone, { ...other, priority: 9 }])).toEqual(lines(300, 600));
});

it("reduces with a seller's promotion only what the seller sells", () => {
  expect(off([promotion(ten, { sellerId: "weave", fundedBy: "seller" })])).toEqual(lines(0, 80));
});
