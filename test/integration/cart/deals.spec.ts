/** Promotions, coupons and their limits on a cart, and everything that may not come into one. */
import type { Quote } from "../../../models/cart/cart.quote.contract";
import type { CartView } from "../../../models/cart/cart.view.contract";
import type { Receipt } from "../../../models/kernel/contract";
import type { PromotionPreview } from "../../../models/promotion/promotion.preview.contract";
import type { RedemptionView } from "../../../models/redemption/redemption.contract";
import { address, admin, contact, nobody, openMarket, shopper, type Market } from "./market";

let market: Market;
beforeAll(async () => {
  market = await openMarket();
});
afterAll(() => market.node.stop());

const refused = (type: string, data: object = {}): unknown =>
  expect.objectContaining({ type, data: expect.objectContaining(data) as unknown });
const ten = { effect: { kind: "order-percent", percentBp: 1_000 } };

async function withLamp(who = shopper("mia")): Promise<string> {
  const { id } = await market.do("cart.open", { channelId: market.channelId }, who);
  await market.do("cart.set", { id, offerId: market.offers.lamp, quantity: 1 }, who);
  return id;
}

/** A promotion by coupon, and its code. */
async function coupon(code: string, more: object = {}): Promise<string> {
  const { id } = await market.do("promotion.create", {
    ...{ name: { en: code }, rule: ten, channels: [market.channelId], byCoupon: true },
    ...more,
  });
  await market.do("coupon.issue", { code, promotionId: id });
  return id;
}

const redeem = (id: string, code: string, who = shopper("mia")) => market.do("cart.redeem", { id, code }, who);
const look = (id: string, who = shopper("mia")) => market.do<CartView>("cart.get", { id }, who);

it("takes a coupon, says by whom it is borne, and lets it go", async () => {
  const promotionId = await coupon("TEN");
  const id = await withLamp();
  await redeem(id, "TEN");
  const discount = { promotionId, code: "TEN", fundedBy: "platform", amountMinor: 1_190 };
  expect((await look(id)).quote).toMatchObject({
    coupons: ["TEN"],
    totalMinor: 10_710,
    lines: [{ discounts: [discount] }],
  });
  await market.do("cart.unredeem", { id, code: "TEN" }, shopper("mia"));
  expect((await look(id)).quote?.totalMinor).toBe(11_900);
});

it.each<[string, object, string]>([
  ["EXPIRED", { to: "2026-01-01T00:00:00.000Z" }, "expired"],
  ["TOO-SOON", { from: "2999-01-01T00:00:00.000Z" }, "early"],
])("refuses the coupon %s", async (code, more, why) => {
  await coupon(code, more);
  await expect(redeem(await withLamp(), code)).rejects.toEqual(refused("COUPON_REFUSED", { code, why }));
});

it("refuses a coupon that nobody issued, that was revoked, or whose customer nobody knows", async () => {
  const id = await withLamp();
  await expect(redeem(id, "NEVER")).rejects.toEqual(refused("COUPON_REFUSED", { why: "unknown" }));
  await coupon("GONE");
  await redeem(id, "GONE");
  await market.do("coupon.revoke", { code: "GONE" });
  expect(await look(id)).toMatchObject({ changes: [{ kind: "coupon", code: "GONE", why: "revoked" }] });
  await market.do("cart.accept", { id }, shopper("mia"));
  expect(await look(id)).toMatchObject({ changes: [], coupons: [] });
  await coupon("ONCE-EACH", { usesPerCustomerMax: 1 });
  const lost = await withLamp(nobody);
  await expect(redeem(lost, "ONCE-EACH", nobody)).rejects.toEqual(refused("COUPON_REFUSED", { why: "anonymous" }));
});

it("counts a use once, gives it back once, and then no more than there are", async () => {
  const promotionId = await coupon("LAST-ONE", { usesMax: 1 });
  const use = (useId: string, customerId: string) => ({
    ...{ useId, customerId, promotions: [{ promotionId, code: "LAST-ONE" }] },
  });
  for (let times = 0; times < 2; times++) await market.do("redemption.take", use("c1", "mia"));
  await expect(market.do("redemption.take", use("c2", "ben"))).rejects.toEqual(refused("PROMOTION_USED_UP"));
  await expect(redeem(await withLamp(), "LAST-ONE")).rejects.toEqual(refused("COUPON_REFUSED", { why: "used-up" }));
  for (let times = 0; times < 2; times++) await market.do("redemption.release", use("c1", "mia"));
  await market.do("redemption.take", use("c2", "ben"));
  await market.do("redemption.keep", use("c2", "ben"));
  await market.do("redemption.release", use("c2", "ben"));
  const key = `promotion/${promotionId}`;
  expect(await market.do<RedemptionView>("redemption.get", { key })).toEqual({ key, used: 1, open: 0 });
});

it("of many who want the last use at once, one gets it", async () => {
  const promotionId = await coupon("RUSH", { usesMax: 3 });
  const takes = Array.from({ length: 20 }, (_, i) =>
    market.do("redemption.take", { useId: `r${i}`, customerId: null, promotions: [{ promotionId, code: "RUSH" }] }),
  );
  const outcomes = await Promise.allSettled(takes);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
});

it("reduces by itself what runs by itself, and a seller's only what the seller sells", async () => {
  const { id: promotionId, wrote } = await market.do<Receipt>("promotion.create", {
    ...{ name: { en: "Rugs" }, rule: ten, channels: [market.channelId], sellerId: "weave" },
  });
  const zoe = shopper("zoe");
  const id = await withLamp(zoe);
  await market.do("cart.add", { id, offerId: market.offers.rug, quantity: 1 }, zoe);
  // known within a second to everybody, and at once to who brings the token
  const { quote } = await market.node.call<CartView>(zoe, "cart.get", { id }, { after: [wrote] });
  const lines = quote?.lines.map(({ discounts }) => discounts);
  expect(lines).toEqual([[], [{ promotionId, fundedBy: "seller", amountMinor: 2_500 }]]);
  const tried = await market.do<PromotionPreview>("promotion.preview", {
    ...{ channelId: market.channelId, country: "DE", rule: { effect: { kind: "line-amount", amountMinor: 900 } } },
    // of equals the lower id takes first, and ids are drawn: whose turn comes last is said here
    priority: -1,
    lines: [{ offerId: market.offers.rug, quantity: 2 }],
  });
  expect([tried.without.totalMinor, tried.with.totalMinor, tried.differenceMinor]).toEqual([45_000, 43_200, 1_800]);
  await market.do("promotion.stop", { id: promotionId });
  await expect(
    market.do("promotion.create", {
      ...{ name: { en: "Odd" }, rule: { ...ten, scope: { sellerIds: ["lumen"] } }, channels: [market.channelId] },
      sellerId: "weave",
    }),
  ).rejects.toEqual(refused("PROMOTION_ODD"));
});

it("asks a customer of a group the group's price", async () => {
  await market.do("pricelist.set", {
    ...{ offerId: market.offers.bulb, name: "trade", currency: "EUR", group: "trade" },
    tiers: [
      { quantity: 1, amountMinor: 450 },
      { quantity: 10, amountMinor: 300 },
    ],
  });
  await market.do("customer.assign", { id: "tom", groups: ["trade"] });
  const tom = shopper("tom");
  const id = await withLamp(tom);
  await market.do("cart.add", { id, offerId: market.offers.bulb, quantity: 9 }, tom);
  const bulbs = async () => (await look(id, tom)).quote?.lines[1];
  expect(await bulbs()).toMatchObject({ unitMinor: 450, subtotalMinor: 4_050 });
  await market.do("cart.add", { id, offerId: market.offers.bulb, quantity: 1 }, tom);
  expect(await bulbs()).toMatchObject({ unitMinor: 300, subtotalMinor: 3_000 });
  expect((await look(id, tom)).changes).toEqual([]);
});

describe("nothing comes into a cart that cannot be bought there", () => {
  const add = async (offerId: string) => {
    const id = await withLamp();
    return market.do("cart.add", { id, offerId, quantity: 1 }, shopper("mia"));
  };
  const offered = async (more: object = {}, currency = "EUR", listed = [market.channelId]) => {
    const product = await market.do("product.create", { title: { en: "Chair" }, channels: listed, publish: true });
    const price = { amountMinor: 100, currency };
    const sku = `SKU-${product.id}`.slice(0, 60);
    const offer = { productId: product.id, sellerId: "oak", sku, price, condition: "new", ...more };
    return { product: product.id, offer: (await market.do("offer.make", offer)).id };
  };

  it("of another currency, of another channel, withdrawn, or not there at all", async () => {
    await expect(add((await offered({}, "USD")).offer)).rejects.toEqual(refused("CURRENCY_MISMATCH"));
    await expect(add((await offered({}, "EUR", [])).offer)).rejects.toEqual(refused("PRODUCT_NOT_LISTED"));
    const gone = await offered();
    await market.do("product.withdraw", { id: gone.product });
    await expect(add(gone.offer)).rejects.toEqual(refused("PRODUCT_NOT_PUBLISHED"));
    const { offer } = await offered();
    await market.do("offer.withdraw", { id: offer });
    await expect(add(offer)).rejects.toEqual(refused("OFFER_WITHDRAWN"));
    await expect(add("nothing")).rejects.toEqual(refused("NOT_FOUND"));
  });

  it("of a seller that is suspended or closed, and checkout sells nothing of it either", async () => {
    const approved = { exempt: "approved" } as const;
    const ask = <R>(action: string, params: object) => market.node.call<R>(admin, action, params, approved);
    const { id: sellerId } = await ask<Receipt>("seller.apply", { name: "Oak", country: "DE", form: "company" });
    await ask("seller.save", {
      id: sellerId,
      business: { legalName: "Oak GmbH", street: "Lange Str. 1", postalCode: "10115", city: "Berlin" },
      contact: { name: "R. Brandt", email: "office@example.org" },
      tax: { vatId: "DE136695976" },
      bank: { holder: "Oak GmbH", iban: "DE89 3704 0044 0532 0130 00" },
      papers: [{ kind: "register-extract", reference: "HRB 12345 B" }],
    });
    await ask("seller.submit", { id: sellerId });
    await ask("seller.approve", { id: sellerId });
    const { offer } = await offered({ sellerId });
    await market.do("stock.receive", { offerId: offer, location: "berlin", quantity: 9 });
    const mia = shopper("mia");
    const { id } = await market.do("cart.open", { channelId: market.channelId }, shopper("zoe"));
    await market.do("cart.add", { id, offerId: offer, quantity: 1 }, shopper("zoe"));
    await ask("seller.suspend", { id: sellerId, reason: "complaints" });
    await expect(add(offer)).rejects.toEqual(refused("SELLER_NOT_ACTIVE", { sellerId }));
    const gone = { kind: "seller", sellerId };
    expect((await look(id, shopper("zoe"))).changes).toEqual([expect.objectContaining(gone)]);
    await ask("seller.close", { id: sellerId, reason: "for good" });
    await expect(market.do("cart.add", { id: await withLamp(), offerId: offer, quantity: 1 }, mia)).rejects.toEqual(
      refused("SELLER_NOT_ACTIVE", { sellerId }),
    );
  });

  it("nor goes it where the channel does not, or as nobody takes it", async () => {
    const mia = shopper("mia");
    const id = await withLamp();
    const abroad = { ...address, country: "FR" };
    await expect(market.do("cart.address", { id, contact, shippingAddress: abroad }, mia)).rejects.toEqual(
      refused("COUNTRY_NOT_SERVED", { country: "FR" }),
    );
    await market.do("cart.address", { id, contact, shippingAddress: address }, mia);
    await expect(market.do("cart.ship", { id, sellerId: "lumen", methodId: "pigeon" }, mia)).rejects.toEqual(
      refused("SHIPPING_UNAVAILABLE", { methodIds: [market.post] }),
    );
  });

  it("more than it holds", async () => {
    const id = await withLamp();
    await expect(
      market.do("cart.set", { id, offerId: market.offers.lamp, quantity: 10_001 }, shopper("mia")),
    ).rejects.toEqual(refused("VALIDATION_FAILED"));
    await market.do("cart.set", { id, offerId: market.offers.lamp, quantity: 10_000 }, shopper("mia"));
    await expect(
      market.do("cart.add", { id, offerId: market.offers.lamp, quantity: 1 }, shopper("mia")),
    ).rejects.toEqual(refused("CART_FULL"));
  });
});

it("binds a price that was agreed, and no other", async () => {
  const eva = shopper("eva");
  const id = await withLamp(eva);
  await market.do("cart.address", { id, contact, shippingAddress: address }, eva);
  await market.do("cart.ship", { id, sellerId: "lumen", methodId: market.post }, eva);
  expect(await market.do<Quote>("cart.quote", { id, totalMinor: 12_890 }, admin)).toMatchObject({ totalMinor: 12_890 });
});
