/** Collections over HTTP: an order made by hand, a rule that follows the products, and what is not shown. */
import { issueToken } from "../../../services/gateway/tokens";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { openShop, type Answer, type Body, type Made, type Shop } from "./shop";

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
}, START_WITHIN_MS);
afterAll(() => shop.stop(), START_WITHIN_MS);

const title = { en: "Summer" };
const product = (brand: string, more: object = {}): Promise<Made> =>
  shop.done("POST", "/v1/products", { title: { en: `Hat ${brand}` }, brand, channels: [], publish: true, ...more });
const create = (slug: string, more: object): Promise<Made> =>
  shop.done("POST", "/v1/collections", { slug, title, publish: true, ...more });
const offer = (productId: string, sellerId: string, amountMinor: number): Promise<Made> =>
  shop.done("POST", "/v1/offers", {
    ...{ productId, sellerId, sku: `sku-${productId}`, condition: "new" },
    price: { amountMinor, currency: "EUR" },
  });
const search = (query: string, ...after: readonly string[]): Promise<Body> =>
  shop.declared("product.search", `/v1/products?${query}`, after);
const idsOf = ({ items }: Body): unknown[] => (items as Body[]).map(({ id }) => id);
const typeOf = ({ status, body }: Answer) => [status, String(body["type"]).replace("urn:stoa:refusal:", "")];

/** What pages of one hold together; there are so many, and no more. */
async function paged(query: string, pages: number): Promise<unknown[]> {
  const ids: unknown[] = [];
  let cursor: unknown;
  for (let page = 1; page <= pages; page++) {
    const found = await search(`${query}&limit=1${page === 1 ? "" : `&cursor=${cursor as string}`}`);
    ids.push(...idsOf(found));
    cursor = found["cursor"];
  }
  expect(cursor).toBeNull();
  return ids;
}

/** An active seller: applied for, looked at and let in by two. */
async function activeSeller(): Promise<string> {
  const { id } = await shop.done("POST", "/v1/sellers", { name: "Brandt Huete", country: "DE", form: "company" });
  await shop.done("PATCH", `/v1/sellers/${id}/application`, {
    business: { legalName: "Brandt Huete GmbH", street: "Lange Str. 1", postalCode: "10115", city: "Berlin" },
    contact: { name: "R. Brandt", email: "office@example.org" },
    tax: { vatId: "DE136695976" },
    bank: { holder: "Brandt Huete GmbH", iban: "DE89 3704 0044 0532 0130 00" },
    papers: [{ kind: "register-extract", reference: "HRB 12345 B" }],
  });
  await shop.done("POST", `/v1/sellers/${id}/submit`);
  const { body } = await shop.ask("POST", `/v1/sellers/${id}/approve`);
  const authorization = `Bearer ${issueToken(shop.secret, { id: "second", permissions: ["*"] })}`;
  const approval = (body["approval"] as { id: string }).id;
  const approved = await shop.ask("POST", `/v1/approvals/${approval}/approve`, {
    body: {},
    headers: { authorization },
  });
  expect(approved.status).toBe(200);
  return id;
}

describe("a collection by hand", () => {
  let made: Made;
  let hats: Made[];
  const tokens = (): string[] => hats.map(({ token }) => token);

  beforeAll(async () => {
    hats = [await product("c"), await product("a"), await product("b")];
    made = await create("by-hand", { products: hats.map(({ id }) => id) });
  });

  test("keeps its order over pages, and gives it up for another", async () => {
    const all = await search("collection=by-hand", made.token, ...tokens());
    expect(idsOf(all)).toEqual(hats.map(({ id }) => id));
    expect((all["items"] as Body[])[0]).toMatchObject({ score: null });
    expect(await paged(`collection=${made.id}`, 3)).toEqual(hats.map(({ id }) => id));
    const newest = await search("collection=by-hand&sort=newest");
    expect(idsOf(newest)).toEqual([hats[2]?.id, hats[1]?.id, hats[0]?.id]);
    const facets = (await search("collection=by-hand&brand=a"))["facets"] as Record<string, Body[]>;
    expect(facets["brand"]?.map(({ value }) => value).sort()).toEqual(["a", "b", "c"]);
    expect(idsOf(await search("collection=by-hand&brand=a"))).toEqual([hats[1]?.id]);
  });

  test("is changed one by one, seen at once with the token", async () => {
    const [c, a, b] = hats.map(({ id }) => id);
    const first = await shop.done("PUT", `/v1/collections/${made.id}/products/${b}`, { position: 0 });
    expect(idsOf(await search("collection=by-hand", first.token))).toEqual([b, c, a]);
    const out = await shop.done("DELETE", `/v1/collections/${made.id}/products/${c}`);
    expect(idsOf(await search("collection=by-hand", out.token))).toEqual([b, a]);
    const stray = await shop.ask("PUT", `/v1/collections/${made.id}/products/nothing`, { body: {} });
    expect(typeOf(stray)).toEqual([404, "NOT_FOUND"]);
    const back = await shop.done("POST", `/v1/history/collection/${made.id}/restore`, { version: 1 });
    expect(idsOf(await search("collection=by-hand", back.token))).toEqual([c, a, b]);
  });

  test("is shown with its definition, and vanishes with the token when it is unpublished", async () => {
    const view = await shop.declared("collection.get", "/v1/collections/by-hand", [made.token]);
    expect(view).toMatchObject({ id: made.id, status: "published", by: "hand", products: { length: 3 }, rule: null });
    const gone = await shop.done("POST", `/v1/collections/${made.id}/unpublish`);
    const headers = { "stoa-token": gone.token };
    expect(typeOf(await shop.ask("GET", "/v1/collections/by-hand", { headers }))).toEqual([404, "NOT_FOUND"]);
    expect(await search("collection=by-hand", gone.token)).toMatchObject({ total: 0, items: [] });
    const list = await shop.declared("collection.list", "/v1/collections", [gone.token]);
    expect(idsOf(list)).not.toContain(made.id);
    expect(idsOf(await shop.declared("collection.drafts", "/v1/collection-drafts", [gone.token]))).toEqual([made.id]);
    const stranger = await shop.ask("GET", "/v1/collection-drafts", { permissions: [] });
    expect(typeOf(stranger)).toEqual([403, "FORBIDDEN"]);
    const again = await shop.done("POST", `/v1/collections/${made.id}/publish`);
    expect(await search("collection=by-hand", again.token)).toMatchObject({ total: 3 });
  });

  test("has its slug for itself", async () => {
    const body = { slug: "by-hand", title, products: [] };
    expect(typeOf(await shop.ask("POST", "/v1/collections", { body }))).toEqual([409, "CLAIM_TAKEN"]);
    const other = await shop.ask("POST", "/v1/collections", { body, permissions: ["product.write"] });
    expect(typeOf(other)).toEqual([403, "FORBIDDEN"]);
  });
});

describe("a collection by rule", () => {
  test("follows products and prices, and shows nothing of a suspended seller", async () => {
    const sellerId = await activeSeller();
    const [cheap, dear] = [await product("Zephyr"), await product("Zephyr")];
    const offered = [await offer(cheap.id, sellerId, 900), await offer(dear.id, "known-by-import", 5_000)];
    const rule = { brand: ["Zephyr"], priceMax: 1_000, currency: "EUR", q: "hat" };
    const made = await create("under-ten", { rule });
    const seen = [made.token, ...offered.map(({ token }) => token)];
    const within = async (...after: string[]) => idsOf(await search("collection=under-ten", ...after));
    expect(await within(...seen)).toEqual([cheap.id]);
    expect(idsOf(await search("collection=under-ten&brand=Other"))).toEqual([]);
    const price = { price: { amountMinor: 1_000, currency: "EUR" } };
    const lowered = await shop.done("PUT", `/v1/offers/${offered[1]?.id ?? ""}/price`, price);
    expect((await within(lowered.token)).sort()).toEqual([cheap.id, dear.id].sort());
    const suspended = await shop.done("POST", `/v1/sellers/${sellerId}/suspend`, { reason: "complaints" });
    expect(await within(suspended.token)).toEqual([dear.id]);
    const put = await shop.ask("PUT", `/v1/collections/${made.id}/products/${dear.id}`, { body: {} });
    expect(typeOf(put)).toEqual([409, "COLLECTION_BY_RULE"]);
  });

  test("is shown by the channels that it names", async () => {
    const channel = (code: string) =>
      shop.done("POST", "/v1/channels", { code, name: title, currency: "EUR", languages: ["en"], taxInclusive: true });
    const [web, kiosk] = [await channel("web"), await channel("kiosk")];
    const made = await create("web-only", { rule: { inStock: true }, channels: [web.id] });
    const listed = async ({ id }: Made) =>
      idsOf(await shop.declared("collection.list", `/v1/collections?channel=${id}`, [made.token]));
    expect(await listed(web)).toContain(made.id);
    expect(await listed(kiosk)).not.toContain(made.id);
    const first = await shop.declared("collection.list", "/v1/collections?limit=1", [made.token]);
    const next = await shop.declared("collection.list", `/v1/collections?limit=1&cursor=${String(first["cursor"])}`);
    expect(idsOf(next)).not.toEqual(idsOf(first));
  });
});
