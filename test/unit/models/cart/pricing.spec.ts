/** What a quote promises, over any basket and any stack of promotions. */
import * as fc from "fast-check";
import {
  quoteOf,
  totalsOf,
  type PricedLine,
  type PricedParcel,
  type ToPrice,
} from "../../../../models/cart/cart.pricing.contract";
import type { Candidate } from "../../../../models/cart/cart.promotions.contract";
import { quoteSchema, type Quote } from "../../../../models/cart/cart.quote.contract";
import { portion, shareOut } from "../../../../models/cart/cart.shares.contract";
import { partsBySeller } from "../../../../models/cart/cart.split.contract";
import { AMOUNT_MINOR_MAX } from "../../../../models/kernel/money";
import type { PromotionEffect } from "../../../../models/promotion/promotion.rules.contract";

const sellers = ["lumen", "weave", "oak"];
const categories = ["lamps", "rugs", "home"];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const line = (i: number) =>
  fc.record({
    lineId: fc.constant(`l${i}`),
    offerId: fc.constant(`o${i}`),
    productId: fc.constantFrom("p1", "p2", "p3"),
    sellerId: fc.constantFrom(...sellers),
    categoryIds: fc.subarray(categories),
    sku: fc.constant(`SKU-${i}`),
    title: fc.constant({ en: "Thing" }),
    delivery: fc.constantFrom("parcel" as const, "digital" as const),
    quantity: fc.integer({ min: 1, max: 30 }),
    unitMinor: fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 4_000_000_000 })),
  });
const lines = fc
  .integer({ min: 1, max: 8 })
  .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => line(i)))) as fc.Arbitrary<PricedLine[]>;

const percentBp = fc.integer({ min: 1, max: 10_000 });
const amountMinor = fc.integer({ min: 1, max: 1_000_000 });
const units = fc.integer({ min: 1, max: 5 });
const effect: fc.Arbitrary<PromotionEffect> = fc.oneof(
  fc.record({ kind: fc.constantFrom("line-percent" as const, "order-percent" as const), percentBp }),
  fc.record({ kind: fc.constantFrom("line-amount" as const, "order-amount" as const), amountMinor }),
  fc.record({ kind: fc.constant("buy-get" as const), buy: units, get: units, percentBp }),
  fc.record({ kind: fc.constant("free-shipping" as const) }),
  fc.record({ kind: fc.constant("free-shipping" as const), amountMaxMinor: amountMinor }),
);
const scope = fc.option(fc.record({ categoryIds: fc.subarray(categories, { minLength: 1 }) }), { nil: undefined });
const candidates = fc.array(
  fc
    .record({
      fundedBy: fc.constantFrom("platform" as const, "seller" as const),
      sellerId: fc.option(fc.constantFrom(...sellers)),
      priority: fc.integer({ min: -3, max: 3 }),
      exclusive: fc.boolean(),
      effect,
      scope,
    })
    .map(({ effect: does, scope: of, ...known }) => ({ ...known, rule: { effect: does, ...(of && { scope: of }) } })),
  { maxLength: 8 },
);

const ask: fc.Arbitrary<ToPrice> = fc
  .record({
    lines,
    candidates,
    taxInclusive: fc.boolean(),
    rates: fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 3, maxLength: 3 }),
    shipping: fc.integer({ min: 0, max: 5_000 }),
  })
  .map(({ lines: all, candidates: some, taxInclusive, rates, shipping }) => {
    const sending = [...new Set(all.filter(({ delivery }) => delivery === "parcel").map(({ sellerId }) => sellerId))];
    const parcels = sending.map((sellerId): PricedParcel => {
      const own = all.filter((one) => one.delivery === "parcel" && one.sellerId === sellerId);
      const lineIds = own.map(({ lineId }) => lineId);
      return { sellerId, methodId: "post", methodName: { en: "Post" }, lineIds, shippingMinor: shipping };
    });
    const rate = (i: number): number => rates[i % 3] ?? 0;
    const ratesBp = Object.fromEntries([
      ...all.map(({ lineId }, i) => [`line/${lineId}`, rate(i)] as const),
      ...sellers.map((sellerId, i) => [`parcel/${sellerId}`, rate(i)] as const),
    ]);
    return {
      ...{ channelId: "main", currency: "EUR", taxInclusive, country: "DE", at: "2026-01-31T12:00:00.000Z" },
      ...{ buyer: { groups: [], firstOrder: false }, lines: all, parcels, ratesBp },
      candidates: some.map((one, i): Candidate => ({ id: `p${i}`, ...one })),
    };
  });

const parts = ({ lines: of, parcels }: Quote) => [...of, ...parcels];
const amountsOf = (quote: Quote): number[] => [
  ...parts(quote).flatMap(({ netMinor, taxMinor, totalMinor }) => [netMinor, taxMinor, totalMinor]),
  ...parts(quote).flatMap(({ discounts }) => discounts.map((one) => one.amountMinor)),
  ...[quote.subtotalMinor, quote.discountMinor, quote.shippingMinor, quote.netMinor, quote.taxMinor, quote.totalMinor],
];

describe("a quote", () => {
  it("adds up: net and tax are the total, parts are the whole, and nothing is negative", () => {
    fc.assert(
      fc.property(ask, (of) => {
        const quote = quoteOf(of);
        for (const part of parts(quote)) expect(part.netMinor + part.taxMinor).toBe(part.totalMinor);
        expect(sum(parts(quote).map(({ totalMinor }) => totalMinor))).toBe(quote.totalMinor);
        expect(quote.netMinor + quote.taxMinor).toBe(quote.totalMinor);
        expect(amountsOf(quote).filter((amount) => !Number.isSafeInteger(amount) || amount < 0)).toEqual([]);
        const stated = quote.subtotalMinor + quote.shippingMinor - quote.discountMinor;
        expect(of.taxInclusive ? quote.totalMinor : quote.netMinor).toBe(stated);
        expect(quoteSchema.validate(quote, { convert: false })).toEqual({ value: quote });
      }),
    );
  });

  it("says of each discount who bears it, a seller's only where the seller sells, and sums them by promotion", () => {
    fc.assert(
      fc.property(ask, (of) => {
        const quote = quoteOf(of);
        const known = new Map(of.candidates.map((one) => [one.id, one]));
        for (const { sellerId, discounts } of parts(quote)) {
          for (const { promotionId, fundedBy } of discounts) {
            expect(known.get(promotionId)?.fundedBy).toBe(fundedBy);
            expect([null, sellerId]).toContain(known.get(promotionId)?.sellerId);
          }
        }
        expect(sum(quote.promotions.map(({ amountMinor: off }) => off))).toBe(quote.discountMinor);
        const exclusive = quote.promotions.filter(({ promotionId }) => known.get(promotionId)?.exclusive);
        if (exclusive.length > 0) expect(quote.promotions).toHaveLength(1);
      }),
    );
  });

  it("parted by seller and put together again loses no minor unit", () => {
    fc.assert(
      fc.property(ask, (of) => {
        const quote = quoteOf(of);
        const split = partsBySeller(quote);
        for (const part of split) expect(part.netMinor + part.taxMinor).toBe(part.totalMinor);
        const merged = totalsOf(
          split.flatMap((part) => part.lines),
          split.flatMap((part) => part.parcel ?? []),
        );
        const { subtotalMinor, discountMinor, shippingMinor, netMinor, taxMinor, totalMinor } = quote;
        expect(merged).toEqual({ subtotalMinor, discountMinor, shippingMinor, netMinor, taxMinor, totalMinor });
        expect(sum(split.map((part) => part.totalMinor))).toBe(quote.totalMinor);
      }),
    );
  });
});

describe("shares", () => {
  const weights = fc.array(fc.integer({ min: 0, max: AMOUNT_MINOR_MAX }), { minLength: 1, maxLength: 20 });

  it("make the whole, and none is more than its weight where the weights are enough", () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
        const whole = Math.floor(sum(of) * part);
        const shares = shareOut(whole, of);
        expect(sum(shares)).toBe(sum(of) === 0 ? 0 : whole);
        expect(shares.filter((share, i) => share < 0 || share > (of[i] ?? 0))).toEqual([]);
      }),
    );
  });

  it("are exact where a number is not", () => {
    expect(shareOut(AMOUNT_MINOR_MAX, [1, 1, 1])).toEqual([333_333_333_334, 333_333_333_333, 333_333_333_333]);
    expect(portion(AMOUNT_MINOR_MAX - 1, 1_900, 10_000)).toBe(190_000_000_000);
    expect([portion(5, 1, 2), portion(4, 1, 3), portion(0, 1, 3)]).toEqual([3, 1, 0]);
  });
});

test("a parcel tells what the least expensive way would have cost, with its tax, where it goes another one", () => {
  const parcel = {
    sellerId: "oak",
    methodId: "fast",
    methodName: { en: "Fast" },
    lineIds: ["l0"],
    shippingMinor: 1_000,
  };
  const told = (leastMinor: number, taxInclusive: boolean, rule?: Candidate["rule"]) =>
    quoteOf({
      ...{ channelId: "c", currency: "EUR", country: "DE", at: "2026-01-31T12:00:00.000Z", taxInclusive },
      ...{ buyer: { groups: [], firstOrder: false }, parcels: [{ ...parcel, leastMinor }] },
      lines: [
        {
          ...{ lineId: "l0", offerId: "o", productId: "p", sellerId: "oak", categoryIds: [], sku: "s", quantity: 1 },
          ...{ title: { en: "Thing" }, delivery: "parcel", unitMinor: 5_000 },
        },
      ],
      candidates: rule ? [{ id: "p", fundedBy: "seller", sellerId: null, priority: 0, exclusive: false, rule }] : [],
      ratesBp: { "line/l0": 1_900, "parcel/oak": 1_900 },
    }).parcels[0];
  expect(told(1_000, true)).not.toHaveProperty("standardMinor");
  expect(told(400, true)).toMatchObject({ totalMinor: 1_000, standardMinor: 400 });
  expect(told(400, false)).toMatchObject({ totalMinor: 1_190, standardMinor: 476 });
  // what was paid is less than the least expensive way
  expect(told(400, true, { effect: { kind: "free-shipping" } })).not.toHaveProperty("standardMinor");
});
