import type { LiveWebhook } from "../../../../models/webhook/webhook.aggregate";
import type { Commit } from "../../../../models/kernel/row";
import { occasionsFor, payloadOf, publicPart } from "../../../../services/webhook/payload.service";
import { chainOf } from "../../../support/rows";

const NOW = "2026-01-31T12:00:00.000Z";
const endpoint = (more: Partial<LiveWebhook> = {}): LiveWebhook => ({
  ...{ url: "https://a.example", events: ["*"], channelId: null, description: "", status: "enabled", sellerId: null },
  ...{ addedBy: "ada", since: NOW, reason: null, stoppedAt: null, secrets: [], replay: null },
  ...more,
});

const events = [
  { type: "order.placed", data: { number: "MAIN-1", contact: "enc:1:x" } },
  { type: "order.retried", data: {} },
  { type: "order.captured", data: {} },
];
function order(state: object = { sellerId: "s1", channelId: "main" }): Commit {
  const [row] = chainOf("o1", [state]);
  return { ...row, events, state, aggregate: "order", version: 1 } as unknown as Commit;
}

const types = (of: Partial<LiveWebhook>, commit = order()) =>
  occasionsFor(endpoint(of), commit).map(({ type }) => type);

test("what is not in the catalogue is told to nobody", () => {
  expect(types({})).toEqual(["order.placed", "order.captured"]);
  expect(types({ events: ["order.captured", "offer.*"] })).toEqual(["order.captured"]);
});

test("a seller is told of what is its own, and of nothing that names no seller", () => {
  expect(types({ sellerId: "s1" })).toHaveLength(2);
  for (const state of [{ sellerId: "s2" }, {}, { sellerId: null }, null]) {
    expect(types({ sellerId: "s1" }, order(state as object))).toEqual([]);
  }
  const payment = {
    ...order({ sellerId: "s1" }),
    aggregate: "payment",
    events: [{ type: "payment.opened", data: {} }],
  };
  expect(types({ sellerId: "s1" }, payment)).toEqual([]);
});

test("an endpoint of a channel is told of what names it", () => {
  expect(types({ channelId: "main" })).toHaveLength(2);
  expect(types({ channelId: "main" }, order({ channels: ["x", "main"] }))).toHaveLength(2);
  expect(types({ channelId: "main" }, order({ channelId: "other" }))).toEqual([]);
});

test("of the data goes out what the same party may read, and nothing personal or secret", () => {
  const data = {
    ...{ number: "MAIN-1", sellerId: "s1", currency: "EUR", contact: "enc:1:x", shippingAddress: { name: "Mia" } },
    lines: [{ lineId: "l1", title: "Lamp", quantity: 2, inside: "no" }],
    ...{ trackKey: "secret", reservations: [{ id: "r" }], billingAddress: null },
  };
  for (const sellerId of [null, "s1"]) {
    expect(publicPart("order", data, sellerId)).toEqual({
      ...{ number: "MAIN-1", sellerId: "s1", currency: "EUR" },
      lines: [{ lineId: "l1", title: "Lamp", quantity: 2 }],
    });
  }
  expect(publicPart("account", { email: "enc:1:x", name: "enc:1:y", language: "de", loginKeys: ["k"] }, null)).toEqual({
    language: "de",
  });
  expect(publicPart("product", { title: { en: "Lamp", de: "Lampe" } }, null)).toEqual({
    title: { en: "Lamp", de: "Lampe" },
  });
  expect(publicPart("session", { label: "x" }, null)).toEqual({});
});

test("the words of a delivery are made of the row, and there are none where it is another one's", () => {
  const commit = order();
  const [first, second] = occasionsFor(endpoint(), commit);
  expect(first && payloadOf(first, commit, null)).toEqual({
    ...{ id: first?.eventId, type: "order.placed", timestamp: commit.committedAt, position: commit.hlc },
    ...{ aggregate: "order", aggregateId: "o1", version: 1, data: { number: "MAIN-1" } },
  });
  expect(first?.eventId).not.toBe(second?.eventId);
  expect(first && payloadOf(first, null, null)).toBeNull();
  expect(first && payloadOf({ ...first, n: 1 }, commit, null)).toBeNull();
});
