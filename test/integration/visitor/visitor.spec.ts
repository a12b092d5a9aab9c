/** Visitors over HTTP, on real services. */
import { randomUUID } from "node:crypto";
import type { Recent } from "../../../models/visitor/visitor.contract";
import { openShop, type Shop } from "../catalogue/shop";

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
