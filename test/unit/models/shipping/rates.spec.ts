import type { ShippingContent } from "../../../../models/shipping/shipping.contract";
import { shippingPrice } from "../../../../models/shipping/shipping.rates.contract";
import { ratesFor } from "../../../../models/tax/tax.rates.contract";

const post: ShippingContent = {
  name: { en: "Post" },
  currency: "EUR",
  zones: [
    { countries: ["DE"], postalPrefixes: ["25999", "SW1A"], steps: [{ priceMinor: 1_990 }] },
    {
      countries: ["DE", "AT"],
      steps: [
        { weightMaxGrams: 2_000, priceMinor: 490 },
        { weightMaxGrams: 30_000, subtotalMaxMinor: 9_999, priceMinor: 990 },
        { weightMaxGrams: 30_000, priceMinor: 0 },
      ],
    },
  ],
};
const parcel = (weightGrams: number, subtotalMinor = 1_000) => ({ sellerId: "s", weightGrams, subtotalMinor });
const berlin = { country: "DE", postalCode: "10115" };

it.each<[string, object, readonly [grams: number, worth: number], number | null]>([
  ["by weight, the bound included", berlin, [2_000, 0], 490],
  ["the next step", berlin, [2_001, 0], 990],
  ["by worth", berlin, [2_001, 10_000], 0],
  ["not what is too heavy", berlin, [30_001, 0], null],
  [
    "by the beginning of the postal code, however it is written",
    { country: "DE", postalCode: "sw1a 1aa" },
    [1, 0],
    1_990,
  ],
  ["not where no zone is", { country: "FR", postalCode: "75001" }, [1, 0], null],
])("a way of shipping costs %s", (_what, place, [grams, worth], price) => {
  expect(shippingPrice(post, place as typeof berlin, parcel(grams, worth))).toBe(price);
});

it("a country takes the rate of the nearest category that has one, else the standard one", () => {
  const rates = { name: { en: "VAT" }, standardBp: 1_900, categories: [{ categoryId: "books", rateBp: 700 }] };
  const goods = (key: string, categoryIds: string[]) => ({ key, kind: "goods" as const, categoryIds });
  const taxables = [
    goods("a", ["novels", "books"]),
    goods("b", []),
    { ...goods("c", ["books"]), kind: "shipping" as const },
  ];
  expect(ratesFor(rates, taxables).ratesBp).toEqual({ a: 700, b: 1_900, c: 1_900 });
  expect(ratesFor({ ...rates, shippingBp: 0 }, taxables).ratesBp["c"]).toBe(0);
});
