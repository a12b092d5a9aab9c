/** Rules of merchandising and sections over HTTP: seen at once with their token, explained, tried before they hold. */
import { randomUUID } from "node:crypto";
import type { SearchAnalytics } from "../../../models/analytics/analytics.contract";
import type { Grant } from "../../../services/kernel/call";
import { START_WITHIN_MS } from "../../support/elasticsearch";
import { eventually } from "../../support/eventually";
import { openShop, type Answer, type Body, type Made, type Shop } from "./shop";

let shop: Shop;
let lamps: Record<"plain" | "brass" | "steel" | "glass", string>;
let sofa: Made;

const name = { en: "Web" };
const product = (title: string, more: object = {}): Promise<Made> =>
  shop.done("POST", "/v1/products", { title: { en: title }, channels: [], publish: true, ...more });
const write = (rule: object, more: object = {}): Promise<Made> =>
  shop.done("POST", "/v1/merchandising", { name: "rule", on: true, rule, ...more });
const search = (query: string, ...after: readonly string[]): Promise<Body> =>
  shop.declared("product.search", `/v1/products?${query}`, after);
const idsOf = ({ items }: Body): unknown[] => (items as Body[]).map(({ id }) => id);
const typeOf = ({ status, body }: Answer) => [status, String(body["type"]).replace("urn:stoa:refusal:", "")];

beforeAll(async () => {
  shop = await openShop();
  const made = [
    await product("Zed lamp plain", { brand: "Lumora" }),
    await product("Zed lamp brass", { brand: "Lumora", attributes: { colour: "brass" } }),
    await product("Zed lamp steel", { brand: "Nord" }),
    await product("Glass thing", { brand: "Nord" }),
  ];
  sofa = await product("Sofa of oak");
  const [plain = "", brass = "", steel = "", glass = ""] = made.map(({ id }) => id);
  lamps = { plain, brass, steel, glass };
  await search("q=zed", ...made.map(({ token }) => token), sofa.token);
}, START_WITHIN_MS);
afterAll(() => shop.stop(), START_WITHIN_MS);

const off = ({ id }: Made): Promise<Made> => shop.done("POST", `/v1/merchandising/${id}/disable`);

describe("the buy box", () => {
  const weights = { refurbishedBp: 1_500, usedBp: 3_000, soldOutBp: 40_000, standingBp: 5_000 };
  const dear = { ...weights, usedBp: 30_000 };

  it("goes by weights that a channel may have of its own, tried first, and brought back", async () => {
    const { id: channel } = await shop.done("POST", "/v1/channels", {
      ...{ code: "boxed", name, currency: "EUR", languages: ["en"], taxInclusive: true },
    });
    const { id } = await product("Zorp", { channels: [channel] });
    const offer = (sku: string, condition: string, amountMinor: number): Promise<Made> =>
      shop.done("POST", "/v1/offers", {
        ...{ productId: id, sellerId: "boxer", sku, condition, price: { amountMinor, currency: "EUR" } },
      });
    const [fresh, used] = [await offer("new", "new", 1_000), await offer("used", "used", 700)];
    const winner = async (query: string, ...after: readonly string[]) =>
      (await shop.declared("product.get", `/v1/products/${id}${query}`, after))["buyBox"] as Body;
    expect(await winner("", fresh.token, used.token)).toMatchObject({ offerId: used.id });
    const trial = await shop.declared("buybox.preview", `/v1/buy-box/preview?productId=${id}&usedBp=30000`);
    expect(trial).toMatchObject({
      changes: true,
      now: { offerId: used.id },
      then: { offerId: fresh.id },
      weights: dear,
    });

    const set = await shop.done("PUT", "/v1/buy-box", { channel, weights: dear });
    expect(await winner(`?channel=${channel}`, set.token)).toMatchObject({ offerId: fresh.id });
    const found = await search(`q=zorp&channel=${channel}`, fresh.token, used.token, set.token);
    expect(found["items"]).toMatchObject([{ id, buyBox: { offerId: fresh.id, before: { offerId: used.id } } }]);
    expect(await winner("")).toMatchObject({ offerId: used.id });
    const held = await shop.declared("buybox.get", `/v1/buy-box?channel=${channel}`);
    expect(held).toEqual({ channel, weights: dear, id: set.id, version: 1, from: "channel" });

    await shop.done("PUT", "/v1/buy-box", { channel, weights });
    const back = await shop.done("POST", `/v1/history/buybox/${set.id}/restore`, { version: 1 });
    expect(await winner(`?channel=${channel}`, back.token)).toMatchObject({ offerId: fresh.id });
    const dropped = await shop.done("POST", `/v1/buy-box/${set.id}/drop`);
    expect(await winner(`?channel=${channel}`, dropped.token)).toMatchObject({ offerId: used.id });
    expect(await shop.declared("buybox.get", "/v1/buy-box")).toMatchObject({ weights, id: null, from: "default" });
    const nowhere = await shop.ask("PUT", "/v1/buy-box", { body: { channel: "nowhere", weights } });
    expect(typeOf(nowhere)).toEqual([404, "NOT_FOUND"]);
  });
});

describe("a ranking", () => {
  it("pins, buries and hides, on every page, and the parts say which rule did it", async () => {
    const rule = { kind: "ranking", when: { queries: ["zed lamp"] }, pin: [lamps.glass], bury: [lamps.plain] };
    const made = await write(rule);
    const found = await search("q=Zed+Lamp&explain=true", made.token);
    const ids = idsOf(found);
    expect([ids[0], ids[3], found["rules"]]).toEqual([lamps.glass, lamps.plain, [made.id]]);
    for (const item of found["items"] as Body[]) {
      const parts = item["parts"] as { part: string; score: number; rule?: string }[];
      const sum = parts.reduce((total, { score }) => total + score, 0);
      expect(sum).toBeCloseTo(item["score"] as number, 4);
      const moved = parts.flatMap(({ part, rule: by }) => (by === undefined ? [] : [`${part} ${by}`]));
      const expected = { [lamps.glass]: [`pin ${made.id}`], [lamps.plain]: [`bury ${made.id}`] };
      expect(moved).toEqual(expected[item["id"] as string] ?? []);
    }
    const paged: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Body = await search(`q=zed+lamp&limit=1${cursor === null ? "" : `&cursor=${cursor}`}`);
      paged.push(...idsOf(page));
      cursor = page["cursor"] as string | null;
    } while (cursor !== null);
    expect(paged).toEqual(ids);
    expect(idsOf(await search("q=zed+lamp&sort=newest"))).not.toContain(lamps.glass);
    const hides = { rule: { kind: "ranking", hide: [lamps.steel] } };
    const hidden = await shop.done("PATCH", `/v1/merchandising/${made.id}`, hides);
    expect(idsOf(await search("q=zed+lamp", hidden.token))).not.toContain(lamps.steel);
    const back = await shop.done("POST", `/v1/history/merchandising/${made.id}/restore`, { version: 1 });
    expect(idsOf(await search("q=zed+lamp", back.token))).toEqual(ids);
    const past = await shop.ask("GET", `/v1/history/merchandising/${made.id}?version=2`);
    expect(past.body["state"]).toMatchObject(hides);
    const silent = await off(made);
    expect(idsOf(await search("q=zed+lamp", silent.token))).not.toContain(lamps.glass);
  });

  it("boosts and orders also where nobody types", async () => {
    const made = await write({
      kind: "ranking",
      boost: [{ attribute: ["colour:brass"], points: 9 }],
      only: { brand: ["Lumora"] },
    });
    const found = await search("brand=Lumora&brand=Nord", made.token);
    expect(idsOf(found)).toEqual([lamps.brass, lamps.plain]);
    const next = await search("limit=1");
    expect(idsOf(await search(`limit=1&cursor=${String(next["cursor"])}`))).toEqual([lamps.plain]);
    await search("limit=1", (await off(made)).token);
  });

  it("is tried before it is on: the search with it beside the search without", async () => {
    const rule = { kind: "ranking", pin: [lamps.steel], bury: [lamps.brass] };
    const made = await write(rule, { on: false, from: "2030-01-01T00:00:00.000Z" });
    const tried = await shop.declared("merchandising.preview", `/v1/merchandising/${made.id}/preview?q=zed`, [
      made.token,
    ]);
    const [first, ...others] = tried["with"] as Body[];
    expect([first?.["id"], others.at(-1)?.["id"], tried["speaks"]]).toEqual([lamps.steel, lamps.brass, true]);
    const without = tried["without"] as Body[];
    expect(without[Number(first?.["other"]) - 1]?.["id"]).toBe(lamps.steel);
    expect(idsOf(await search("q=zed"))).toEqual(without.map(({ id }) => id));
    const stranger = await shop.ask("GET", `/v1/merchandising/${made.id}/preview?q=zed`, { permissions: [] });
    expect(typeOf(stranger)).toEqual([403, "FORBIDDEN"]);
    // as on a day on which its schedule lets it speak, and on one on which it does not
    for (const [at, speaks] of [
      ["2030-06-01T00:00:00.000Z", true],
      ["2029-06-01T00:00:00.000Z", false],
    ] as const) {
      const path = `/v1/merchandising/${made.id}/preview?q=zed&at=${at}`;
      expect((await shop.declared("merchandising.preview", path, [made.token]))["speaks"]).toBe(speaks);
    }
  });

  it("is listed and shown to those who write rules", async () => {
    const made = await write({ kind: "synonyms", words: ["a", "b"] }, { on: false, priority: 1_000 });
    const list = await shop.declared("merchandising.list", "/v1/merchandising?limit=1", [made.token]);
    expect(idsOf(list)).toEqual([made.id]);
    const next = await shop.declared(
      "merchandising.list",
      `/v1/merchandising?limit=1&cursor=${String(list["cursor"])}`,
    );
    expect(idsOf(next)).not.toEqual([made.id]);
    const view = await shop.declared("merchandising.get", `/v1/merchandising/${made.id}`);
    expect(view).toMatchObject({ status: "off", priority: 1_000, channel: null });
    const odd = await shop.ask("POST", "/v1/merchandising", {
      body: { name: "x", rule: { kind: "synonyms", words: ["a"] } },
    });
    expect(typeOf(odd)).toEqual([422, "MERCHANDISING_ODD"]);
    expect((await shop.ask("GET", "/v1/merchandising", { permissions: [] })).status).toBe(403);
  });
});

describe("synonyms and redirects", () => {
  it("let a question find what is called otherwise, one way or both", async () => {
    const both = await write({ kind: "synonyms", words: ["settee", "sofa"] });
    const oneWay = await write({ kind: "synonyms", language: "en", words: ["sofa"], from: ["divan bed"] });
    const found = await search("q=oak+settee&explain=true&lang=en", both.token, oneWay.token);
    expect([idsOf(found), found["relaxed"], found["rules"]]).toEqual([[sofa.id], null, [both.id]]);
    const [item] = found["items"] as Body[];
    const sum = (item?.["parts"] as { score: number }[]).reduce((total, { score }) => total + score, 0);
    expect(sum).toBeCloseTo(item?.["score"] as number, 4);
    expect(idsOf(await search("q=divan+bed&lang=en"))).toEqual([sofa.id]);
    expect(idsOf(await search("q=divan+bed&lang=de"))).not.toContain(sofa.id);
  });

  it("lead elsewhere, and tell what is found all the same", async () => {
    const made = await write({ kind: "redirect", queries: ["zed sale"], to: "/sale" });
    expect(await search("q=ZED+sale", made.token)).toMatchObject({ redirect: "/sale" });
    expect(await search("q=zed")).toMatchObject({ redirect: null });
  });
});

describe("a section", () => {
  it("is a corner of its channel, with a catalogue and rules of its own", async () => {
    const trade = { currency: "EUR", languages: ["en"], taxInclusive: true };
    const web = await shop.done("POST", "/v1/channels", { code: "web", name, ...trade });
    const listed = await shop.done("PUT", `/v1/products/${lamps.steel}/channels/${web.id}`);
    const also = await shop.done("PUT", `/v1/products/${lamps.glass}/channels/${web.id}`);
    const view = { brand: ["Nord"] };
    const made = await shop.done("POST", "/v1/sections", { slug: "nord", name, channel: web.id, view });
    const rule = { kind: "ranking", pin: [lamps.glass, lamps.brass] };
    const ruled = await write(rule, { channel: web.id, section: "nord" });
    const within = await search("section=nord&q=zed", made.token, ruled.token, listed.token, also.token);
    expect(idsOf(within)).toEqual([lamps.glass, lamps.steel]);
    expect((within["facets"] as Record<string, Body[]>)["brand"]).toEqual([{ value: "Nord", count: 2 }]);
    expect(idsOf(await search(`channel=${web.id}&q=zed`))).toEqual([lamps.steel]);
    const typed = await shop.declared("product.suggest", "/v1/suggestions?section=nord&q=ze");
    expect(idsOf({ items: typed["products"] })).toEqual([lamps.steel]);
    expect((await shop.declared("product.suggest", "/v1/suggestions?q=ze"))["products"]).toHaveLength(3);
    expect((await shop.declared("section.get", "/v1/sections/nord"))["view"]).toEqual(view);
    expect(idsOf(await shop.declared("section.list", `/v1/sections?channel=${web.id}`))).toEqual([made.id]);
    const closed = await shop.done("POST", `/v1/sections/${made.id}/close`);
    expect(await search("section=nord", closed.token)).toMatchObject({ total: 0 });
    expect(typeOf(await shop.ask("GET", "/v1/sections/nord"))).toEqual([404, "NOT_FOUND"]);
    expect(await search("section=nothing")).toMatchObject({ total: 0 });
  });

  it("may hold what collections hold", async () => {
    const collection = { slug: "two", title: name, products: [lamps.plain, sofa.id], publish: true };
    const shelf = await shop.done("POST", "/v1/collections", collection);
    const made = await shop.done("POST", "/v1/sections", { slug: "two", name, view: { collections: ["two"] } });
    expect(idsOf(await search("section=two", shelf.token, made.token)).sort()).toEqual([lamps.plain, sofa.id].sort());
    expect(idsOf(await search("section=two&q=lamp"))).toEqual([lamps.plain]);
    const again = await shop.ask("POST", "/v1/sections", { body: { slug: "two", name, view: { q: "a" } } });
    expect(typeOf(again)).toEqual([409, "CLAIM_TAKEN"]);
  });
});

describe("a section's figures", () => {
  const of = (grants: readonly Grant[], params: object) => {
    const meta = { principal: { id: "ida", permissions: [], grants } };
    return shop.node.broker.call<SearchAnalytics, object>("analytics.search", params, { meta });
  };
  const read = (channels: readonly string[]): Grant => ({ role: "admin-catalogue", party: null, channels });

  test("are those of its searches and what came of them, and told to who reads its channel's", async () => {
    const web = await shop.done("POST", "/v1/channels", {
      ...{ code: "corners", name, currency: "EUR", languages: ["en"], taxInclusive: true },
    });
    const corner = await shop.done("POST", "/v1/sections", { slug: "corner", name, channel: web.id, view: { q: "a" } });
    const queryIds: string[] = [];
    // by its id, by its slug, and in the channel alone
    for (const place of [`section=${corner.id}`, "section=corner", `channel=${web.id}`]) {
      const found = await shop.declared("product.search", `/v1/products?q=awning&${place}`, [web.token, corner.token]);
      queryIds.push(found["queryId"] as string);
    }
    // whoever tells of the click does not say where was searched
    const click = { event_id: randomUUID(), action_name: "click", query_id: queryIds[0] };
    const attributes = { object: { object_id: "p-1", object_id_field: "id" }, position: { ordinal: 2 } };
    const events = [{ ...click, event_attributes: attributes }];
    const body = { visitorId: randomUUID(), consent: false, events };
    await shop.ask("POST", "/v1/events", { body, permissions: null });
    const figures = await eventually("searches and click are counted", async () => {
      const told = await shop.declared("analytics.search", `/v1/search-analytics?channel=${web.id}`);
      const figures = told as never as SearchAnalytics;
      return figures.total.searches === 3 && figures.total.clicks === 1 && figures;
    });
    expect(figures.places).toMatchObject([
      { channel: web.id, section: null, searches: 3, clicks: 1, zeroResults: 1 },
      { channel: web.id, section: "corner", searches: 2, clicks: 1, clickThrough: 0.5, clickPosition: 2 },
    ]);
    const within = await of([read([web.id])], { channel: web.id, section: "corner" });
    expect([within.total.searches, within.queries.length]).toEqual([2, 1]);
    for (const params of [{}, { section: "corner" }, { channel: "main" }]) {
      await expect(of([read([web.id])], params)).rejects.toMatchObject({ type: "FORBIDDEN" });
    }
  });
});
