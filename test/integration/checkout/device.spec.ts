/** The browser that somebody buys with: what of it is kept, and what it tells of the next payments. */
import type { CheckoutView } from "../../../models/checkout/checkout.contract";
import type { DecisionView, ListedDecisions } from "../../../models/decision/decision.contract";
import { eventually } from "../../support/eventually";
import { address, admin, contact, openMarket, shopper, type Market } from "../cart/market";

const DEVICE = "one-browser-of-somebody";

let market: Market;
beforeAll(async () => {
  market = await openMarket();
  await market.do("stock.receive", { offerId: market.offers.lamp, location: "berlin", quantity: 50 });
});
afterAll(() => market.node.stop());

async function start(name: string, device?: string) {
  const who = shopper(name);
  const { id } = await market.do<{ id: string }>("cart.open", { channelId: market.channelId }, who);
  await market.do("cart.add", { id, offerId: market.offers.lamp, quantity: 1 }, who);
  await market.do("cart.address", { id, contact, shippingAddress: address }, who);
  await market.do("cart.ship", { id, sellerId: "lumen", methodId: market.post }, who);
  const asked = { id, payment: { provider: "test", method: "tok_ok" }, ...(device !== undefined && { device }) };
  const buy = (): Promise<CheckoutView> =>
    market.node.call<CheckoutView>(who, "checkout.start", asked, { commandId: `once of ${name}` });
  return { buy, asked, who };
}

const decisionOf = (checkoutId: string): Promise<DecisionView> =>
  eventually("the decision on its payment", async () => {
    const { items } = await market.do<ListedDecisions>("decision.list", { about: checkoutId, limit: 1 }, admin);
    return items[0] ?? false;
  });

it("counts what was bought from the same browser by others, and keeps no word of it", async () => {
  const first = await (await start("ann", DEVICE)).buy();
  const second = await (await start("bob", DEVICE)).buy();
  const other = await (await start("eve")).buy();
  expect([first.status, second.status, other.status]).toEqual(["done", "done", "done"]);
  const [known, unknown] = [await decisionOf(second.id), await decisionOf(other.id)];
  expect(known.taken?.features).toMatchObject({ device_attempts_1_hour: 1, device_customers_7_days: 2 });
  expect(unknown.taken?.features).toMatchObject({ device_attempts_1_hour: 0, device_customers_7_days: 0 });
  const history = await market.do("history.asOf", { aggregate: "checkout", id: second.id, version: 1 }, admin);
  expect(JSON.stringify(history)).toContain("device");
  expect(JSON.stringify([history, known])).not.toContain(DEVICE);
});

it("the same request comes to the same purchase, and another browser's is another request", async () => {
  const { buy, asked, who } = await start("ida", DEVICE);
  const bought = await buy();
  expect((await buy()).id).toBe(bought.id);
  const elsewhere = { ...asked, device: "another-browser-of-hers" };
  await expect(market.node.call(who, "checkout.start", elsewhere, { commandId: "once of ida" })).rejects.toMatchObject({
    type: "IDEMPOTENCY_KEY_REUSED",
  });
});
