/** A cart from its first line to checkout, over the real services. */
import type { Quote } from "../../../models/cart/cart.quote.contract";
import type { CartView } from "../../../models/cart/cart.view.contract";
import { contracts } from "../../../models/contracts";
import type { Principal } from "../../../services/kernel/call";
import { address, admin, contact, nobody, openMarket, shopper, type Market } from "./market";

let market: Market;
beforeAll(async () => {
  market = await openMarket();
});
afterAll(() => market.node.stop());

const refused = (type: string, data: object = {}): unknown =>
  expect.objectContaining({ type, data: expect.objectContaining(data) as unknown });

async function opened(who: Principal): Promise<string> {
  const { id } = await market.do("cart.open", { channelId: market.channelId }, who);
  return id;
}

/** What a cart says of itself, held against what the contract declares. */
async function look(id: string, who: Principal): Promise<CartView> {
  const view = await market.do<CartView>("cart.get", { id }, who);
  const { result } = contracts.flatMap(({ actions }) => actions["cart.get"] ?? [])[0] ?? {};
  expect(result?.validate(view, { convert: false })).toEqual({ value: view });
  return view;
}

/** A cart of somebody with two sellers' goods in it, addressed and with its ways of shipping. */
async function ready(who: Principal): Promise<string> {
  const id = await opened(who);
  await market.do("cart.add", { id, offerId: market.offers.lamp, quantity: 1 }, who);
  await market.do("cart.add", { id, offerId: market.offers.rug, quantity: 2 }, who);
  await market.do("cart.address", { id, contact, shippingAddress: address }, who);
  for (const sellerId of ["lumen", "weave"]) {
    await market.do("cart.ship", { id, sellerId, methodId: market.post }, who);
  }
  return id;
}

it("tells what is missing, and then what it costs, down to each seller's parcel", async () => {
  const mia = shopper("mia");
  const id = await opened(mia);
  expect((await look(id, mia)).missing).toEqual(["lines", "contact"]);
  await market.do("cart.add", { id, offerId: market.offers.lamp, quantity: 1 }, mia);
  expect(await look(id, mia)).toMatchObject({ missing: ["contact", "address", "shipping"], changes: [] });
  await expect(market.do("cart.quote", { id }, mia)).rejects.toEqual(refused("CART_INCOMPLETE"));
  await ready(mia);
  const quote = await market.do<Quote>("cart.quote", { id }, mia);
  expect(quote).toMatchObject({ subtotalMinor: 73_800, shippingMinor: 1_480, discountMinor: 0, totalMinor: 75_280 });
  expect(quote.netMinor + quote.taxMinor).toBe(75_280);
  expect(quote.parcels.map(({ sellerId, totalMinor }) => [sellerId, totalMinor])).toEqual([
    ["lumen", 990],
    ["weave", 490],
  ]);
});

it("is the same for an account on every device, and nobody else's", async () => {
  const ben = shopper("ben");
  const id = await ready(ben);
  expect(await opened(ben)).toBe(id);
  await expect(market.do("cart.get", { id }, shopper("eve"))).rejects.toEqual(refused("CART_FOREIGN"));
  await expect(market.do("cart.add", { id, offerId: market.offers.bulb, quantity: 1 }, nobody)).rejects.toEqual(
    refused("CART_FOREIGN"),
  );
  expect((await market.do<CartView>("cart.get", { id }, admin)).customerId).toBe("ben");
});

it("loses nothing of what is put in at the same time", async () => {
  const id = await opened(nobody);
  const adding = Array.from({ length: 40 }, (_, i) =>
    market.do("cart.add", { id, offerId: i % 2 ? market.offers.lamp : market.offers.bulb, quantity: 1 }, nobody),
  );
  await Promise.all(adding);
  const { lines } = await look(id, nobody);
  expect(lines.map(({ quantity }) => quantity)).toEqual([20, 20]);
});

it("of nobody becomes the account's at sign-in, once", async () => {
  const ada = shopper("ada");
  const own = await opened(ada);
  await market.do("cart.add", { id: own, offerId: market.offers.lamp, quantity: 1 }, ada);
  const found = await opened(nobody);
  await market.do("cart.add", { id: found, offerId: market.offers.lamp, quantity: 2 }, nobody);
  await market.do("cart.add", { id: found, offerId: market.offers.rug, quantity: 1 }, nobody);
  for (let times = 0; times < 2; times++) {
    expect(await market.do("cart.merge", { id: found }, ada)).toMatchObject({ id: own });
  }
  const { lines } = await look(own, ada);
  expect(lines.map(({ offerId, quantity }) => [offerId, quantity])).toEqual([
    [market.offers.lamp, 3],
    [market.offers.rug, 1],
  ]);
  await expect(market.do("cart.add", { id: found, offerId: market.offers.rug, quantity: 1 }, nobody)).rejects.toEqual(
    refused("CART_CLOSED", { status: "merged" }),
  );
  await expect(market.do("cart.merge", { id: found }, shopper("eve"))).rejects.toEqual(refused("CART_CLOSED"));
});

it("is held by one checkout, emptied when bought, and lets nobody change it in between", async () => {
  const zoe = shopper("zoe");
  const id = await ready(zoe);
  const lock = (checkoutId: string) => market.do("cart.lock", { id, checkoutId });
  await lock("c1");
  await lock("c1");
  await expect(lock("c2")).rejects.toEqual(refused("CART_LOCKED", { checkoutId: "c1" }));
  await expect(market.do("cart.set", { id, offerId: market.offers.lamp, quantity: 9 }, zoe)).rejects.toEqual(
    refused("CART_LOCKED"),
  );
  expect((await market.do<Quote>("cart.quote", { id }, zoe)).lines).toHaveLength(2);
  await market.do("cart.unlock", { id, checkoutId: "c1" });
  await market.do("cart.set", { id, offerId: market.offers.lamp, quantity: 2 }, zoe);
  await lock("c3");
  await expect(market.do("cart.complete", { id, checkoutId: "c1" })).rejects.toEqual(refused("CART_NOT_HELD"));
  for (let times = 0; times < 2; times++) await market.do("cart.complete", { id, checkoutId: "c3" });
  expect(await look(id, zoe)).toMatchObject({ status: "open", lines: [], contact, shippingAddress: address });
  await expect(lock("c4")).rejects.toEqual(refused("CART_EMPTY"));
});

it("says what changed since the customer was told, and takes it when the customer does", async () => {
  const sam = shopper("sam");
  const id = await ready(sam);
  const { totalMinor } = await market.do<Quote>("cart.quote", { id }, sam);
  await market.do("offer.reprice", { id: market.offers.rug, price: { amountMinor: 26_000, currency: "EUR" } });
  await market.do("offer.withdraw", { id: market.offers.lamp });
  const counted = (units: number) =>
    market.do("stock.count", { offerId: market.offers.rug, location: "berlin", counted: units });
  await counted(1);
  const changes = [
    { kind: "withdrawn", lineId: market.offers.lamp, what: "offer" },
    { kind: "stock", lineId: market.offers.rug, wanted: 2, available: 1 },
    { kind: "price", lineId: market.offers.rug, wasMinor: 25_000, isMinor: 26_000 },
  ];
  await expect(market.do("cart.quote", { id }, sam)).rejects.toEqual(refused("CART_CHANGED", { changes }));
  expect(await look(id, sam)).toMatchObject({ changes });
  await market.do("cart.accept", { id }, sam);
  await market.do("offer.restore", { id: market.offers.lamp });
  expect(await look(id, sam)).toMatchObject({ changes: [], lines: [{ quantity: 1, seenMinor: 26_000 }] });
  const total = { kind: "total", wasMinor: totalMinor, isMinor: 26_490 };
  await expect(market.do("cart.quote", { id, totalMinor }, sam)).rejects.toEqual(
    refused("CART_CHANGED", { changes: [total] }),
  );
  await market.do("offer.reprice", { id: market.offers.rug, price: { amountMinor: 25_000, currency: "EUR" } });
  await counted(100);
});

it("tells of a parcel that goes by a dearer way what the least expensive one would have cost", async () => {
  const tom = shopper("tom");
  const id = await ready(tom);
  await market.do("cart.ship", { id, sellerId: "weave", methodId: market.courier }, tom);
  const { parcels } = await market.do<Quote>("cart.quote", { id }, tom);
  expect(parcels.map(({ totalMinor, standardMinor }) => [totalMinor, standardMinor])).toEqual([
    [990, undefined],
    [2_990, 490],
  ]);
});
