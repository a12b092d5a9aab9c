/** What visitors do, told over HTTP: kept, forgotten, refused, and what whoever types is reminded of. */
import { randomUUID } from "node:crypto";
import type { Recent } from "../../../models/visitor/visitor.contract";
import { eventually } from "../../support/eventually";
import { openShop, type Shop } from "../catalogue/shop";
import { viewed } from "./visits";

let shop: Shop;
beforeAll(async () => (shop = await openShop()));
afterAll(() => shop.stop());

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
