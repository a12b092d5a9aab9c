import { problemWith } from "../../../../bin/import/check";
import { marketOf, shopPrice } from "../../../../bin/demo/market";
import { inStoreEan } from "../../../../bin/demo/product";
import { seeded } from "../../../../bin/demo/random";
import { product } from "../../../../models/product/product.aggregate";
import type { CreateProduct, Variant } from "../../../../models/product/product.contract";

const options = { seed: 1, products: 300, principalId: "admin", channelId: "channel" };
const market = [...marketOf(options)];
const commands = market.flatMap((product) => product.commands);

it("is the same for the same seed and another for another", () => {
  expect([...marketOf(options)]).toEqual(market);
  expect([...marketOf({ ...options, seed: 2 })]).not.toEqual(market);
});

it("holds only commands that the contracts allow", () => {
  expect(commands.map(problemWith).filter((problem) => problem !== null)).toEqual([]);
});

it("holds only products that their aggregate accepts, with the variants that offers name", () => {
  for (const { commands: all } of market) {
    const [create, ...rest] = all;
    const params = create?.params as CreateProduct;
    const { "product.create": decide } = product.decide;
    expect(decide(product.initial, params, "2026-01-01T00:00:00.000Z")).toHaveLength(2);
    const variants: readonly Variant[] = params.variants ?? [];
    const variantIds = variants.map(({ id }) => id);
    for (const { action, params: offer } of rest) {
      if (action !== "offer.make") continue;
      const { variantId } = offer as { variantId?: string };
      expect(variantId === undefined ? variantIds.length === 0 : variantIds.includes(variantId)).toBe(true);
    }
  }
});

it("uses every key once, and no seller's article number twice", () => {
  expect(new Set(commands.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(commands.length);
  const skus = commands
    .filter(({ action }) => action === "offer.make")
    .map(({ params }) => params as { sellerId: string; sku: string })
    .map(({ sellerId, sku }) => `${sellerId}/${sku}`);
  expect(new Set(skus).size).toBe(skus.length);
});

it("is a market: several categories, sellers, locations, and both languages everywhere", () => {
  const creates = commands.filter(({ action }) => action === "product.create").map(({ params }) => params);
  const field = (name: string, of: readonly object[]) =>
    new Set(of.map((params) => JSON.stringify((params as Record<string, unknown>)[name])));
  expect(creates).toHaveLength(300);
  expect(field("categoryPath", creates).size).toBe(10);
  expect(field("title", creates).size).toBe(300);
  for (const params of creates) {
    const { title, description } = params as CreateProduct;
    expect([Object.keys(title), Object.keys(description ?? {})]).toEqual([
      ["en", "de"],
      ["en", "de"],
    ]);
  }
  const make = commands.filter(({ action }) => action === "offer.make").map(({ params }) => params);
  expect(field("sellerId", make).size).toBe(12);
  const stock = commands.filter(({ action }) => action === "stock.receive").map(({ params }) => params);
  expect(field("location", stock).size).toBe(2);
});

it("ends prices on 90 and never below", () => {
  expect([1, 1_234, 99_950].map(shopPrice)).toEqual([90, 1_190, 99_990]);
});

it("gives EANs their check digit", () => {
  const digits = [...Array.from(inStoreEan(4_711), Number)];
  const sum = digits.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3), 0);
  expect(digits).toHaveLength(13);
  expect(sum % 10).toBe(0);
});

it("draws evenly and within bounds", () => {
  const random = seeded(7);
  const drawn = Array.from({ length: 3_000 }, () => random.whole(1, 3));
  for (const n of [1, 2, 3]) {
    const share = drawn.filter((one) => one === n).length;
    expect(share).toBeGreaterThan(900);
    expect(share).toBeLessThan(1_100);
  }
  expect(random.some([1, 2, 3], 2)).toHaveLength(2);
  expect(random.some([1, 2, 3], 9)).toEqual([1, 2, 3]);
  expect(() => random.pick([])).toThrow(RangeError);
});
