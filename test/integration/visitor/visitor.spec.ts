/** Visitors over HTTP, on real services. */
import { randomUUID } from "node:crypto";
import type { QueryFigures } from "../../../models/analytics/analytics.contract";
import type { Taken } from "../../../models/decision/decision.data.contract";
import type { ScorePart } from "../../../models/product/product.search.contract";
import type { Recent } from "../../../models/visitor/visitor.contract";
import { TEXT_WEIGHTS } from "../../../indexers/product/products.weights.query";
import { assigned } from "../../../models/experiment/experiment.assignment.contract";
import type { Counted } from "../../../services/visitor/events.service";
import { visitorSubject } from "../../../services/visitor/subject.service";
import { eventually } from "../../support/eventually";
import { openShop, type Shop } from "../catalogue/shop";
import { arm, armIn, begun, ended, exposedIn, reported, type Hits } from "./trials";

let shop: Shop;
beforeAll(async () => (shop = await openShop()));
afterAll(() => shop.stop());

const viewed = (productId: string) => ({
  event_id: randomUUID(),
  action_name: "view",
  timestamp: new Date(Date.now() - 60_000).toISOString(),
  event_attributes: { object: { object_id: productId, object_id_field: "id" }, position: { ordinal: 0 } },
});

const post = (path: string, body: object) => shop.ask("POST", path, { body, permissions: null });
const recent = (visitorId: string) => shop.node.broker.call<Recent, object>("visitor.recent", { visitorId });
const rows = (collection: string) => shop.node.store.connection.collection(collection);

test("events are durable when answered, told at once, once each, and gone when the visitor wants it", async () => {
  const visitorId = randomUUID();
  const batch = { visitorId, consent: true, events: [viewed("p-1"), viewed("p-2")] };
  expect(await post("/v1/events", batch)).toMatchObject({ status: 200, body: { accepted: 2, repeated: 0 } });
  expect(await rows("visitor.trails").countDocuments()).toBe(1);
  expect(await rows("visitor.counted").countDocuments()).toBe(2);
  expect((await recent(visitorId)).events.map(({ productId }) => productId).sort()).toEqual(["p-1", "p-2"]);
  expect(await post("/v1/events", batch)).toMatchObject({ status: 200, body: { accepted: 0, repeated: 2 } });
  expect(await rows("visitor.counted").countDocuments()).toBe(2);
  expect(await post("/v1/visitors/forget", { visitorId })).toMatchObject({ status: 200 });
  expect((await recent(visitorId)).events).toEqual([]);
  expect(await rows("visitor.trails").countDocuments()).toBe(0);
  expect(await post("/v1/visitors/choice", { visitorId, personal: false })).toMatchObject({
    body: { personal: false },
  });
  expect(await post("/v1/events", { ...batch, events: [viewed("p-3")] })).toMatchObject({ body: { personal: false } });
  expect(await rows("visitor.trails").countDocuments()).toBe(0);
});

test.each([
  ["no consent said", { consent: undefined }],
  ["a visitor id that could be guessed", { visitorId: "mia" }],
  ["more than a hundred events", { events: Array.from({ length: 101 }, () => viewed("p-1")) }],
  ["an action that there is not", { events: [{ ...viewed("p-1"), action_name: "stare" }] }],
  ["a field that is not known", { events: [{ ...viewed("p-1"), browser: "mine" }] }],
])("%s is refused, and named", async (_what, more) => {
  const batch = { visitorId: randomUUID(), consent: true, events: [viewed("p-1")], ...more };
  expect(await post("/v1/events", batch)).toMatchObject({
    status: 400,
    body: { type: "urn:stoa:refusal:VALIDATION_FAILED" },
  });
});

describe("a search for lamps", () => {
  /** Of each answer, whoever asks. */
  const OF_THE_MOMENT = { tookMs: 0, queryId: "" };
  const BRANDS = ["Aster", "Bloom", "Lumen"];
  const visitorId = randomUUID();
  const made = new Map<string, string[]>();
  const search = async (query: string, headers: Readonly<Record<string, string>> = {}) => {
    const { status, body } = await shop.ask("GET", `/v1/products?${query}`, { permissions: null, headers });
    expect(status).toBe(200);
    return body as {
      items: { id: string; brand: string; score: number; parts?: ScorePart[]; decisionId?: string }[];
    } & typeof body;
  };
  const look = (ids: readonly string[], of: string) =>
    post("/v1/events", { visitorId: of, consent: true, events: ids.map(viewed) });

  beforeAll(async () => {
    const tokens: string[] = [];
    for (const brand of BRANDS) {
      for (const kind of ["Desk", "Floor", "Wall"]) {
        const title = { en: `${kind} lamp of steel` };
        const content = { title, brand, categoryPath: ["Home", "Lamps"], channels: [], publish: true };
        const { id, token } = await shop.done("POST", "/v1/products", content);
        made.set(brand, [...(made.get(brand) ?? []), id]);
        tokens.push(token);
      }
    }
    await shop.declared("product.search", "/v1/products?q=lamp", tokens);
  });

  it("shows first what was just looked at, says why, and its parts sum to the score", async () => {
    await look((made.get("Lumen") ?? []).slice(0, 2), visitorId);
    // a taste that is not read within a quarter of a second is left out: it is asked for until it was
    const { items } = await eventually("the taste is read in time", async () => {
      const found = await search(`q=lamp&explain=true&visitorId=${visitorId}`);
      return found.items.some(({ parts = [] }) => parts.some(({ of }) => of === "personal")) && found;
    });
    expect(items.slice(0, 3).map(({ brand }) => brand)).toEqual(["Lumen", "Lumen", "Lumen"]);
    for (const { score, parts = [] } of items) {
      expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 5);
      const named = parts.filter(({ part }) => part !== "rounding");
      expect(named.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 3);
    }
    const personal = items[0]?.parts?.filter(({ of }) => of === "personal") ?? [];
    expect(personal.map(({ reason }) => reason?.["en"])).toEqual([
      "You looked at 2 products of Lumen",
      "You looked at 2 products of this category",
    ]);
    await shop.declared("product.search", `/v1/products?q=lamp&explain=true&visitorId=${visitorId}`);
  });

  it("is the plain one, byte for byte, without consent, without a past, and for who wants it so", async () => {
    const plain = JSON.stringify({ ...(await search("q=lamp")), ...OF_THE_MOMENT });
    const same = async (query: string, headers = {}) => {
      expect(JSON.stringify({ ...(await search(query, headers)), ...OF_THE_MOMENT })).toBe(plain);
    };
    await same(`q=lamp&visitorId=${randomUUID()}`);
    await same(`q=lamp&visitorId=${visitorId}&personal=false`);
    await same("q=lamp", { "stoa-visitor": "not an id" });
    const careful = randomUUID();
    await post("/v1/visitors/choice", { visitorId: careful, personal: false });
    await look(made.get("Lumen") ?? [], careful);
    await same(`q=lamp&visitorId=${careful}`);
    expect(JSON.stringify({ ...(await search("q=lamp", { "stoa-visitor": visitorId })), ...OF_THE_MOMENT })).not.toBe(
      plain,
    );
  });

  it("keeps why, under an id that the answer gives; and it can be decided again, bit by bit", async () => {
    const { items, queryId } = await search(`q=lamp&explain=true&visitorId=${visitorId}`);
    expect(queryId).toMatch(/^[a-z0-9]{26}\.[a-z0-9]{32}\.[a-z0-9]{16}$/);
    const [first] = items;
    const decision = await eventually("the ranking is kept", async () => {
      const { status, body } = await shop.ask("GET", `/v1/decisions/${String(first?.decisionId)}`);
      return status === 200 && body;
    });
    const { taken, subject } = decision as unknown as { taken: Taken; subject: unknown };
    expect([taken.score, subject]).toEqual([first?.score, null]);
    const sum = taken.contributions.reduce((all, { value }) => all + value, taken.residual);
    expect(sum).toBeCloseTo(first?.score ?? 0, 12);
    expect(taken.contributions.map(({ name }) => name)).toContain("personal.brand");
    const again = await shop.ask("GET", `/v1/decisions/${String(first?.decisionId)}/replay`);
    expect(again.body).toMatchObject({ equal: true, difference: 0 });
  });

  it("is counted for its words, with what it led to, and a browser that tells of it tells nothing new", async () => {
    const { queryId } = await search("q=counted%20lamp");
    const queryKey = String(queryId).split(".")[1] ?? "";
    const told = { consent: false, visitorId: randomUUID() };
    const event = { event_id: randomUUID(), query_id: queryId };
    await eventually("it is counted", () => rows("visitor.counted").findOne({ queryKey }));
    await post("/v1/events", { ...told, events: [{ ...event, action_name: "search" }] });
    await post("/v1/events", { ...told, events: [{ ...viewed("p-1"), query_id: queryId, action_name: "click" }] });
    const found = await rows("visitor.counted").find({ queryKey }).toArray();
    expect(found.map(({ kind }) => kind as string).sort()).toEqual(["click", "search"]);
  });

  it("never puts what lacks a word before what has them all", async () => {
    const [wall = ""] = (made.get("Aster") ?? []).slice(2);
    for (let n = 0; n < 3; n++) await look(made.get("Lumen") ?? [], visitorId);
    const { items } = await search(`q=wall%20lamp%20aster&visitorId=${visitorId}&explain=true`);
    expect(items[0]?.id).toBe(wall);
    const lifted = items.filter(({ parts = [] }) => parts.some(({ of }) => of === "personal"));
    expect(lifted.map(({ id }) => id)).toEqual([wall]);
    expect(items.length).toBeGreaterThan(1);
  });
});

describe("an experiment", () => {
  const search = async (visitorId: string | null, query = "q=lamp"): Promise<Hits> => {
    const headers: Record<string, string> = visitorId === null ? {} : { "stoa-visitor": visitorId };
    return (await shop.ask("GET", `/v1/products?${query}`, { permissions: null, headers })).body as never;
  };
  const tell = (visitorId: string, queryId: string, kinds: readonly string[], more: object = {}) =>
    post("/v1/events", {
      ...{ visitorId, consent: true, ...more },
      events: kinds.map((action_name) => ({ ...viewed("p-1"), action_name, query_id: queryId })),
    });

  it("ranks by the arm, sticks to it, and reports what the facts say, of those alone who let it be known", async () => {
    const arms = [arm("as-ever", {}), arm("titles", { weights: { title: 2 } })];
    const id = await begun(shop, { arms });
    const armOf = (visitorId: string) => assigned(id, arms, visitorSubject(visitorId).who);
    const some = Array.from({ length: 100 }, () => randomUUID());
    const visitors = [0, 1].flatMap((of) => some.filter((one) => armOf(one) === of).slice(0, 4));
    for (const [n, visitorId] of visitors.entries()) {
      const hits = await search(visitorId, "q=lamp&explain=true");
      expect([armIn(hits), armIn(await search(visitorId, "q=floor%20lamp"))]).toEqual(Array(2).fill(armOf(visitorId)));
      const title = hits.items[0]?.parts?.find(({ part }) => part === "title");
      expect(title?.score).toBe(TEXT_WEIGHTS.title * (1 + armIn(hits)));
      await tell(visitorId, hits.queryId, n % 3 === 0 ? ["search", "click", "click"] : ["search", "search"]);
    }
    const [careful, silent] = [randomUUID(), randomUUID()];
    const quiet = await search(silent);
    await tell(silent, quiet.queryId, ["search", "click"], { consent: false });
    await post("/v1/visitors/choice", { visitorId: careful, personal: false });
    const plain = [await search(careful), await search(null), await search(silent, "q=lamp&personal=false")];
    expect(plain.map(exposedIn)).toEqual([undefined, undefined, undefined]);
    const facts = (await rows("visitor.counted").find({ "trial.experiment": id }).toArray()) as unknown as Counted[];
    const units = (at: number, of: string) =>
      new Set(facts.flatMap(({ kind, trial }) => (kind === of && trial?.arm === at ? [trial.unit] : []))).size;
    const wanted = arms.map(({ name }, at) => {
      const [participants, successes] = [units(at, "search"), units(at, "click")];
      return { arm: name, participants, searches: participants, successes };
    });
    expect(wanted).toMatchObject([
      { participants: 4, successes: 2 },
      { participants: 4, successes: 1 },
    ]);
    const told = await eventually("all are in the report", async () => {
      const report = await reported(shop, id);
      return report.arms.every(({ participants }) => participants >= 4) && report;
    });
    expect(told.arms).toMatchObject(wanted);
    await ended(shop, id);
    expect(exposedIn(await search(visitors[0] ?? null))).toBeUndefined();
  });

  it("in one list puts two rankings in turns, with each product once, and keeps whose it was", async () => {
    const plain = await search(null, "q=lamp&limit=6");
    const arms = [arm("as-ever", {}), arm("by-brand", { weights: { title: 0, brand: 3 } })];
    const id = await begun(shop, { design: "interleaved", arms });
    const visitorId = randomUUID();
    const hits = await search(visitorId, "q=lamp&limit=6");
    expect(hits.items.map((hit) => hit.id).sort()).toEqual(plain.items.map((hit) => hit.id).sort());
    expect(exposedIn(hits)).toMatch(new RegExp(`^${id}_0_\\d+_\\d+_[ab]{6}$`));
    expect(hits.items.every(({ parts }) => parts === undefined)).toBe(true);
    const kept = await eventually("it is kept whose it was", async () => {
      const { status, body } = await shop.ask("GET", `/v1/decisions/${String(hits.items[0]?.decisionId)}`);
      return status === 200 && (body as { taken: Taken });
    });
    const team = exposedIn(hits)?.split("_")[4]?.[0];
    expect(kept.taken.features).toMatchObject({ "trial.experiment": id, "trial.arm": 0, "trial.team": team });
    await tell(visitorId, hits.queryId, ["search", "click"]);
    await eventually("the click counts for whose it was", async () => {
      const { preference } = await reported(shop, id);
      return preference?.[team === "a" ? "control" : "other"] === 1;
    });
    await ended(shop, id);
  });
});

test("suggestions know what whoever types did lately, and forget it with them", async () => {
  const visitorId = randomUUID();
  const chair = { title: { en: "Reading chair" }, channels: [], publish: true };
  const { id, token } = await shop.done("POST", "/v1/products", chair);
  await shop.declared("product.search", "/v1/products?q=reading", [token]);
  const searched = { event_id: randomUUID(), action_name: "search", user_query: "Reading by the fire" };
  await post("/v1/events", { visitorId, consent: true, events: [searched, viewed(id)] });
  const suggested = (query: string) => shop.declared("product.suggest", `/v1/suggestions?q=rea&${query}`);
  const recent = {
    queries: [{ text: "reading by the fire" }],
    products: [{ id, title: "Reading chair", brand: null, image: null }],
  };
  // a suggestion does not wait for what takes longer than a moment to read
  const read = async () => (await suggested(`visitorId=${visitorId}`))["recent"];
  expect(await eventually("what was done lately is read in time", read)).toMatchObject(recent);
  for (const other of [`visitorId=${visitorId}&personal=false`, `visitorId=${randomUUID()}`, "limit=8"]) {
    expect(await suggested(other)).not.toHaveProperty("recent");
  }
  await post("/v1/visitors/forget", { visitorId });
  expect(await suggested(`visitorId=${visitorId}`)).not.toHaveProperty("recent");
});

test("searches are told in figures, their words when three said them, with rewordings to approve", async () => {
  const zero = "an armchair of mahogany";
  for (const n of [1, 2, 3]) {
    const visitorId = randomUUID();
    const ask = async (words: string) => {
      const { body } = await shop.ask("GET", `/v1/products?q=${encodeURIComponent(words)}`, { permissions: null });
      return { queryId: body["queryId"] as string, results: body["total"] as number };
    };
    const [first, second] = [await ask(zero), await ask("settee of steel")];
    const searched = (words: string, { queryId, results }: typeof first, secondsAgo: number) => ({
      ...{ event_id: randomUUID(), action_name: "search", query_id: queryId, user_query: words },
      timestamp: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
      event_attributes: { result_count: results },
    });
    const clicked = { ...viewed("p-1"), action_name: "click", query_id: second.queryId };
    const revenue = { amountMinor: 1_000, currency: "EUR" };
    const bought = {
      ...{ event_id: randomUUID(), action_name: "purchase", query_id: second.queryId },
      event_attributes: { object: { object_id: "p-1" }, revenue },
    };
    const events = [searched(zero, first, 30), searched("settee of steel", second, 20)];
    await post("/v1/events", { visitorId, consent: true, events });
    await post("/v1/events", { visitorId, consent: true, events: [clicked, ...(n === 1 ? [bought] : [])] });
  }
  const told = await eventually("it is told with its words", async () => {
    const { queries } = (await shop.declared("analytics.search", "/v1/search-analytics?sort=searches")) as never as {
      queries: QueryFigures[];
    };
    const found = queries.find(({ query }) => query === "settee of steel");
    return found?.clicks === 3 && found.purchases === 1 && { found, all: queries };
  });
  expect(told.found).toMatchObject({ searches: 3, clickThrough: 1, conversion: 0.3333, clickPosition: 0 });
  expect(told.found.revenue).toEqual([{ amountMinor: 1_000, currency: "EUR" }]);
  expect(told.all.find(({ query }) => query === zero)).toMatchObject({ searches: 3, clickThrough: 0 });
  const proposals = await eventually("the rewording is told", async () => {
    const body = await shop.declared("analytics.synonyms", "/v1/search-analytics/synonyms");
    return (body["items"] as object[]).length > 0 && (body["items"] as object[]);
  });
  expect(proposals).toEqual([{ from: zero, to: "settee of steel", visitors: 3 }]);
  const approved = { from: "settee", to: "lamp" };
  const made = await shop.ask("POST", "/v1/search-analytics/synonyms", { body: approved });
  expect(made.status).toBe(200);
  await shop.declared("merchandising.get", `/v1/merchandising/${String(made.body["ruleId"])}`, [
    made.headers.get("stoa-token") ?? "",
  ]);
});
