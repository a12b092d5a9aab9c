/** What sellers do every day, over HTTP on a real node: where goods lie, what they cost for whom, what is on hand. */
import { issueToken } from "../../../services/gateway/tokens";
import { openShop, type Answer, type Shop } from "../catalogue/shop";
import { boughtIsFound } from "./bought";
import { START_WITHIN_MS } from "../../support/elasticsearch";

let shop: Shop;
let productId: string;

beforeAll(async () => {
  shop = await openShop();
  ({ id: productId } = await shop.done("POST", "/v1/products", {
    title: { en: "Harbour lantern" },
    brand: "Lumora",
    categoryPath: ["Garden", "Lanterns"],
    channels: [],
    publish: true,
  }));
}, START_WITHIN_MS);
afterAll(() => shop.stop(), START_WITHIN_MS);

const typeOf = ({ status, body }: Answer) => [status, String(body["type"]).replace("urn:stoa:refusal:", "")];
const price = (amountMinor: number) => ({ amountMinor, currency: "EUR" });
const offerOf = (sellerId: string, sku: string, amountMinor = 1_900) => ({
  productId,
  sellerId,
  sku,
  price: price(amountMinor),
  condition: "new",
});
const seenOf = ({ headers }: Answer): string => headers.get("stoa-token") ?? "";

/** A seller's owner, of a seller that came by an import. */
const ownerOf =
  (sellerId: string) =>
  (method: string, path: string, body?: object): Promise<Answer> => {
    const grants = [{ role: "seller-owner", party: sellerId }];
    const token = issueToken(shop.secret, { id: `owner-of-${sellerId}`, permissions: [], grants });
    return shop.ask(method, path, { ...(body && { body }), headers: { authorization: `Bearer ${token}` } });
  };

describe("the locations of a seller", () => {
  const path = "/v1/sellers/seller-l/locations";
  const own = ownerOf("seller-l");
  const berlin = {
    name: { en: "Store", de: "Laden" },
    address: { country: "DE", city: "Berlin", postalCode: "10115" },
  };

  test("say where its stock may lie, once it has any", async () => {
    const free = await shop.done("POST", "/v1/offers", offerOf("seller-free", "free-1"));
    await shop.done("POST", `/v1/offers/${free.id}/stock/anywhere/receive`, { quantity: 1 });

    const offer = await shop.done("POST", "/v1/offers", offerOf("seller-l", "l-1"));
    const opened = await shop.ask("PUT", `${path}/berlin`, { body: berlin });
    expect([opened.status, opened.body["version"]]).toEqual([200, 1]);
    expect(typeOf(await own("PUT", `${path}/berlin`, berlin))).toEqual([404, "NOT_FOUND"]);
    expect(typeOf(await shop.ask("PUT", `${path}/berlin`, { body: berlin }))).toEqual([409, "ALREADY_EXISTS"]);
    const stock = `/v1/offers/${offer.id}/stock`;
    expect(typeOf(await own("POST", `${stock}/anywhere/receive`, { quantity: 1 }))).toEqual([409, "LOCATION_UNKNOWN"]);
    expect((await own("POST", `${stock}/berlin/receive`, { quantity: 4 })).status).toBe(200);
    expect((await own("POST", `${path}/berlin/close`)).status).toBe(200);
    expect(typeOf(await own("POST", `${stock}/berlin/count`, { counted: 3 }))).toEqual([409, "LOCATION_CLOSED"]);
    await shop.done("POST", `${path}/berlin/reopen`);
    expect((await own("POST", `${stock}/berlin/count`, { counted: 3 })).status).toBe(200);
  });

  test("are changed, restored and listed by those who may", async () => {
    const { token } = await shop.done("PUT", `${path}/aachen`, { ...berlin, name: { en: "Depot" } });
    const revised = await shop.done("PATCH", `${path}/aachen`, { address: { country: "DE", city: "Aachen" } });
    const first = await shop.declared("location.list", `${path}?limit=1`, [token, revised.token]);
    expect(first["items"]).toMatchObject([{ code: "aachen", address: { city: "Aachen" }, version: 2, status: "open" }]);
    const rest = await shop.declared("location.list", `${path}?after=aachen`);
    expect(rest["items"]).toMatchObject([{ code: "berlin", name: berlin.name }]);
    const { id } = await shop.declared("location.get", `${path}/aachen`);
    await shop.done("POST", `/v1/history/location/${id as string}/restore`, { version: 1 });
    const restored = await shop.declared("location.get", `${path}/aachen`);
    expect(restored).toMatchObject({ version: 3, address: berlin.address, name: { en: "Depot" } });
    const stranger = ownerOf("seller-free");
    expect(typeOf(await stranger("GET", path))).toEqual([403, "FORBIDDEN"]);
    expect(typeOf(await stranger("POST", `${path}/berlin/close`))).toEqual([403, "FORBIDDEN"]);
  });
});

describe("what an offer costs", () => {
  test("for whom and how many, says its price list; which is its seller's", async () => {
    const { id } = await shop.done("POST", "/v1/offers", offerOf("seller-p", "p-1", 1_000));
    const list = `/v1/offers/${id}/pricelist`;
    const trade = { currency: "EUR", group: "trade", tiers: [{ quantity: 10, amountMinor: 700 }] };
    expect(typeOf(await ownerOf("seller-q")("PUT", `${list}/trade`, trade))).toEqual([403, "FORBIDDEN"]);
    expect(typeOf(await ownerOf("seller-p")("PUT", `${list}/trade`, { ...trade, currency: "SEK" }))).toEqual([
      409,
      "OFFER_CURRENCY_FIXED",
    ]);
    expect((await ownerOf("seller-p")("PUT", `${list}/trade`, trade)).status).toBe(200);
    expect(typeOf(await ownerOf("seller-q")("GET", list))).toEqual([403, "FORBIDDEN"]);
    const costs = async (query: string) => shop.declared("offer.price", `/v1/offers/${id}/price?${query}`);
    expect(await costs("group=trade&quantity=10")).toMatchObject({
      price: price(700),
      entry: "trade",
      fromQuantity: 10,
    });
    expect(await costs("group=trade&quantity=9")).toMatchObject({ price: price(1_000), entry: null });
    expect(await costs("quantity=10")).toMatchObject({ price: price(1_000), ownPrice: price(1_000), entry: null });
    expect((await ownerOf("seller-p")("DELETE", `${list}/trade`)).status).toBe(200);
    expect(await costs("group=trade&quantity=10")).toMatchObject({ price: price(1_000), entry: null });
  });

  test("and of a reduction, the lowest price of the thirty days before", async () => {
    const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
    const at = (days: number) => ({ "occurred-at": daysAgo(days) });
    const made = await shop.ask("POST", "/v1/offers", { body: offerOf("seller-o", "o-1", 10_000), headers: at(50) });
    const path = `/v1/offers/${made.body["id"] as string}/price`;
    const since = daysAgo(1);
    const changes: [number, string][] = [
      [8_000, daysAgo(20)],
      [11_000, daysAgo(10)],
      [9_000, daysAgo(3)],
      [7_000, since],
    ];
    for (const [amountMinor, moment] of changes) {
      const asked = { body: { price: price(amountMinor) }, headers: { "occurred-at": moment } };
      expect((await shop.ask("PUT", path, asked)).status).toBe(200);
    }
    const now = await shop.declared("offer.price", path);
    expect(now).toMatchObject({ price: price(7_000), reduction: { since, wasMinor: 9_000, lowestMinor: 8_000 } });
    // raised before it was lowered, and still dearer than it had been: that is no reduction
    const then = await shop.declared("offer.price", `${path}?at=${encodeURIComponent(daysAgo(2))}`);
    expect(then).toMatchObject({ price: price(9_000), reduction: null });
  });
});

describe("a seller", () => {
  test("sees its offers and what is on hand, location by location, and nobody else's", async () => {
    const own = ownerOf("seller-s");
    const tokens: string[] = [];
    for (const [sku, quantities] of Object.entries({ "s-1": { hall: 5, shop: 2 }, "s-2": { shop: 1 }, "s-3": {} })) {
      const { id, token } = await shop.done("POST", "/v1/offers", offerOf("seller-s", sku));
      tokens.push(token);
      for (const [location, quantity] of Object.entries(quantities)) {
        tokens.push(seenOf(await own("POST", `/v1/offers/${id}/stock/${location}/receive`, { quantity })));
      }
    }
    const listed = await shop.declared("offer.list", "/v1/sellers/seller-s/offers?onHandMin=2", tokens);
    expect(listed).toMatchObject({ total: 1, items: [{ sku: "s-1", onHand: 7 }] });
    const overview = await shop.declared("offer.stock", "/v1/sellers/seller-s/stock", tokens);
    expect(overview).toMatchObject({ offers: 3, soldOut: 1, onHand: 8 });
    expect(overview["locations"]).toEqual([
      { location: "hall", onHand: 5, offers: 1 },
      { location: "shop", onHand: 3, offers: 2 },
    ]);
    expect((await own("GET", "/v1/sellers/seller-s/offers")).status).toBe(200);
    expect(typeOf(await ownerOf("seller-q")("GET", "/v1/sellers/seller-s/offers"))).toEqual([403, "FORBIDDEN"]);
  });
});

describe("what was bought", () => {
  boughtIsFound(
    () => shop,
    () => productId,
  );
});

test("what a shopper begins to type is completed", async () => {
  const { token } = await shop.done("PATCH", `/v1/products/${productId}`, { title: { en: "Harbour lantern, large" } });
  const said = await shop.declared("product.suggest", "/v1/suggestions?q=harb", [token]);
  expect(said["products"]).toMatchObject([{ id: productId, title: "Harbour lantern, large" }]);
  const brands = await shop.declared("product.suggest", "/v1/suggestions?q=lumo");
  expect(brands["brands"]).toEqual([{ value: "Lumora", count: 1 }]);
});
