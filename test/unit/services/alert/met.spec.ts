import { metBy, type Seen } from "../../../../services/alert/met.service";
import type { WishItem } from "../../../../models/wishlist/wishlist.view.contract";

const at = "2026-01-31T12:00:00.000Z";
type Offered = readonly [amountMinor: number, quantity: number, currency?: string, variantId?: string];

const view = (...offers: Offered[]): Seen => ({
  ...{ id: "lamp", status: "published", title: { en: "Lamp" }, channels: ["main"] },
  offers: offers.map(([amountMinor, quantity, currency = "EUR", variantId = null], i) => ({
    ...{ id: `o${i}`, sellerId: "lumen", sellerName: null, condition: "new", reduction: null },
    ...{ variantId, quantity, price: { amountMinor, currency } },
  })),
});
const item = (stock: boolean, belowMinor: number | null, more: Partial<WishItem> = {}): WishItem => ({
  ...{ productId: "lamp", variantId: null, listId: "main", at, note: "" },
  seen: { channelId: "main", currency: "EUR", amountMinor: 1_000 },
  alert: { askedAt: at, stock, belowMinor, told: null },
  ...more,
});

test("back is what can be bought here, in the channel's currency and as the variant that is waited for", () => {
  expect(metBy(view([900, 1]), item(true, null))).toEqual({ what: "back", amountMinor: 900 });
  expect(metBy(view([900, 0]), item(true, null))).toBeNull();
  expect(metBy(view([900, 1, "USD"]), item(true, null))).toBeNull();
  expect(metBy(view([900, 1, "EUR", "red"]), item(true, null, { variantId: "blue" }))).toBeNull();
  expect(metBy(view([900, 1, "EUR", "blue"]), item(true, null, { variantId: "blue" }))).not.toBeNull();
  expect(metBy({ ...view([900, 1]), channels: ["other"] }, item(true, null))).toBeNull();
  expect(metBy({ ...view([900, 1]), status: "withdrawn" }, item(true, null))).toBeNull();
});

test("cheaper is what costs so much or less and can be bought", () => {
  expect(metBy(view([801, 1], [700, 0]), item(false, 800))).toBeNull();
  expect(metBy(view([950, 1], [800, 1]), item(false, 800))).toEqual({ what: "cheaper", amountMinor: 800 });
  expect(metBy(view([950, 1]), item(true, 800))).toEqual({ what: "back", amountMinor: 950 });
  expect(metBy(view([750, 1]), item(true, 800))).toEqual({ what: "cheaper", amountMinor: 750 });
});

test("nobody is told who does not wait, or was told", () => {
  const alert = { askedAt: at, stock: true, belowMinor: null, told: { at, amountMinor: 900 } };
  expect(metBy(view([900, 1]), item(true, null, { alert }))).toBeNull();
  expect(metBy(view([900, 1]), item(true, null, { alert: null }))).toBeNull();
});
