/** Stock that goes from one location to another: through HTTP, by the timers of a mall on real services. */
import { stockIdOf, type StockView } from "../../../models/stock/stock.contract";
import { eventually } from "../../support/eventually";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openShop, type Shop } from "./shop";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
}, START_WITHIN_MS);
afterAll(() => shop.stop(), START_WITHIN_MS);

const JSON_HEADERS = { "content-type": "application/json" };
const FAR = "2999-01-01T00:00:00.000Z";

async function offered(sku: string): Promise<string> {
  const { id: productId } = await shop.done("POST", "/v1/products", { title: { en: sku }, channels: [] });
  const price = { amountMinor: 900, currency: "EUR" };
  const { id } = await shop.done("POST", "/v1/offers", { productId, sellerId: "mover", sku, price, condition: "new" });
  await shop.done("POST", `/v1/offers/${id}/stock/berlin/receive`, { quantity: 10 });
  return id;
}

const at = async (offerId: string, location: string): Promise<StockView> =>
  (await shop.declared("stock.get", `/v1/offers/${offerId}/stock/${location}`)) as unknown as StockView;

const onHand = async (offerId: string, location: string): Promise<number | null> => {
  const { status, body } = await shop.ask("GET", `/v1/offers/${offerId}/stock/${location}`);
  return status === 404 ? null : (body["onHand"] as number);
};

describe("stock that is sent to another location", () => {
  test("is there soon, once, and the list of what is on its way is empty again", async () => {
    const offerId = await offered("MOVE-1");
    const path = `/v1/offers/${offerId}/stock/berlin/transfer`;
    const send = () =>
      shop.ask("POST", path, {
        body: { to: "munich", quantity: 4 },
        headers: { "idempotency-key": "move-1", ...JSON_HEADERS },
      });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.body]).toEqual([200, first.body]);
    await eventually("the transfer has arrived", async () => (await onHand(offerId, "munich")) === 4);
    await eventually("it is off the list", async () => (await at(offerId, "berlin")).underway.length === 0);
    expect((await at(offerId, "berlin")).onHand).toBe(6);

    const { body } = await shop.ask("GET", `/v1/history/stock/${stockIdOf({ offerId, location: "munich" })}`);
    expect(body["items"]).toMatchObject([{ by: "transfers", command: "stock.arrive" }]);
  });

  test("for a later day is at neither place until then, or until it is said to have arrived", async () => {
    const offerId = await offered("MOVE-2");
    const path = `/v1/offers/${offerId}/stock/berlin`;
    await shop.done("POST", `${path}/transfer`, { to: "munich", quantity: 3, arrivesAt: FAR });
    const { onHand: left, underway } = await at(offerId, "berlin");
    expect([left, underway]).toMatchObject([7, [{ to: "munich", quantity: 3, arrivesAt: FAR }]]);
    expect(await onHand(offerId, "munich")).toBeNull();

    await shop.done("PUT", `${path}/transfers/${underway[0]?.transferId ?? ""}`, {});
    await eventually("it has arrived", async () => (await onHand(offerId, "munich")) === 3);
  });

  test("is refused to where it lies, and when there is not so much", async () => {
    const offerId = await offered("MOVE-3");
    const ask = async (body: object) =>
      (await shop.ask("POST", `/v1/offers/${offerId}/stock/berlin/transfer`, { body })).body["type"];
    expect(await ask({ to: "berlin", quantity: 1 })).toBe("urn:stoa:refusal:STOCK_TRANSFER_HERE");
    expect(await ask({ to: "munich", quantity: 11 })).toBe("urn:stoa:refusal:STOCK_NEGATIVE");
  });

  test("that is delivered twice at once arrives once", async () => {
    const offerId = await offered("MOVE-4");
    await shop.done("POST", `/v1/offers/${offerId}/stock/berlin/transfer`, {
      to: "munich",
      quantity: 5,
      arrivesAt: FAR,
    });
    const id = stockIdOf({ offerId, location: "berlin" });
    const transferId = (await at(offerId, "berlin")).underway[0]?.transferId ?? "";
    const meta = { principal: { id: "test", permissions: ["stock.deliver"] }, trace: "test" };
    const deliver = () => shop.node.broker.call("stock.deliver", { id, transferId }, { meta });
    expect(await Promise.all([deliver(), deliver()])).toContainEqual({ id, transferId, status: "delivered" });
    expect(await deliver()).toEqual({ id, transferId, status: "gone" });
    expect([await onHand(offerId, "berlin"), await onHand(offerId, "munich")]).toEqual([5, 5]);
  });
});
