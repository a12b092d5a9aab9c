import { kept } from "../../../../models";
import { contracts } from "../../../../models/contracts";
import { webhook, type WebhookEvent } from "../../../../models/webhook/webhook.aggregate";
import {
  chooses,
  EVENT_TYPES,
  SELLER_EVENT_TYPES,
  toldKinds,
  UNTOLD,
} from "../../../../models/webhook/webhook.catalogue.contract";
import { given, NOW } from "../../../support/given";

const hook = given(webhook);
const secretOf = (name: string) => ({ name, sealed: `sealed-${name}` });
const content = { url: "https://shop.example/hook", events: ["order.*"], channelId: null, description: "" };
const opened = (sellerId: string | null = null): WebhookEvent => ({
  type: "webhook.opened",
  data: { ...content, sellerId, addedBy: "ada", secret: secretOf("one"), at: NOW },
});
const id = "w1";
const stopped: WebhookEvent = { type: "webhook.disabled", data: { reason: "FAILING", at: NOW } };
const LATER = "2026-02-01T12:00:00.000Z";

test("an endpoint is opened enabled, with one secret", () => {
  const { url, events } = content;
  hook()
    .when("webhook.open", { url, events, addedBy: "ada", secret: secretOf("one") })
    .then(opened())
    .andState({
      ...content,
      ...{ status: "enabled", sellerId: null, addedBy: "ada", since: NOW, reason: null, stoppedAt: null, replay: null },
      secrets: [{ ...secretOf("one"), madeAt: NOW, until: null }],
    });
  hook(opened())
    .when("webhook.open", { url, events, addedBy: "a", secret: secretOf("b") })
    .refused("ALREADY_EXISTS");
});

test.each([["account.opened"], ["account.*"], ["review.written"]])("a seller cannot choose %s", (type) => {
  const params = { url: content.url, events: [type], sellerId: "s1", addedBy: "ada", secret: secretOf("one") };
  hook().when("webhook.open", params).refused("WEBHOOK_EVENTS");
  hook(opened("s1"))
    .when("webhook.revise", { id, events: [type] })
    .refused("WEBHOOK_EVENTS");
  hook(opened())
    .when("webhook.revise", { id, events: [type] })
    .then({ type: "webhook.revised", data: { events: [type] } });
});

test("it is disabled once, enabled from then on, and its owner is told unless somebody asked for it", () => {
  hook(opened()).when("webhook.fail", { id, reason: "FAILING" }).then(stopped);
  hook(opened(), stopped).when("webhook.fail", { id, reason: "GONE" }).then();
  const { state } = hook(opened(), stopped);
  expect(webhook.due?.(state)).toEqual([{ at: NOW, command: "message.tellWebhook", params: {} }]);
  const asked: WebhookEvent = { type: "webhook.disabled", data: { reason: "ASKED", at: NOW } };
  hook(opened()).when("webhook.disable", { id }).then(asked);
  expect(webhook.due?.(hook(opened(), asked).state)).toEqual([]);
  hook(opened()).when("webhook.enable", { id }).then();
  const again = hook(opened(), stopped).when("webhook.enable", { id }, LATER);
  again.then({ type: "webhook.enabled", data: { at: LATER } });
  const { state: back } = hook(opened(), stopped, { type: "webhook.enabled", data: { at: LATER } });
  expect(back).toMatchObject({ status: "enabled", since: LATER, reason: null, stoppedAt: null });
});

test("of secrets the newest stands first, the one before ends with the overlap, and three are kept", () => {
  const renewed = (name: string, at: string, until: string): WebhookEvent => ({
    type: "webhook.renewed",
    data: { secret: secretOf(name), at, until },
  });
  hook(opened())
    .when("webhook.renew", { id, overlapHours: 24, secret: secretOf("two") })
    .then(renewed("two", NOW, LATER));
  const names = (...events: WebhookEvent[]) => {
    const { state } = hook(opened(), ...events);
    return "secrets" in state ? state.secrets.map(({ name, until }) => [name, until]) : [];
  };
  expect(names(renewed("two", NOW, LATER))).toEqual([
    ["two", null],
    ["one", LATER],
  ]);
  const noOverlap = renewed("three", NOW, NOW);
  expect(names(renewed("two", NOW, LATER), noOverlap)).toEqual([["three", null]]);
  const many = ["b", "c", "d", "e"].map((name) => renewed(name, NOW, LATER));
  expect(names(...many).map(([name]) => name)).toEqual(["e", "d", "c"]);
});

test("it is told again from a moment to now at most, and only while it is enabled", () => {
  const from = "2026-01-01T00:00:00.000Z";
  const again = hook(opened()).when("webhook.replay", { id, from: "2026-01-01", until: "2027-01-01" });
  again.then({ type: "webhook.replayed", data: { from, until: NOW } });
  hook(opened()).when("webhook.replay", { id, from: "2027-01-01" }).refused("WEBHOOK_TIMES");
  hook(opened(), stopped).when("webhook.replay", { id, from }).refused("WEBHOOK_DISABLED");
});

test("what was removed is there no more, and its secrets with it", () => {
  const removed: WebhookEvent = { type: "webhook.removed", data: {} };
  hook(opened("s1")).when("webhook.remove", { id }).then(removed).andState({ status: "removed", sellerId: "s1" });
  for (const command of ["webhook.remove", "webhook.enable", "webhook.disable"] as const) {
    hook(opened(), removed).when(command, { id }).refused("NOT_FOUND");
    hook().when(command, { id }).refused("NOT_FOUND");
  }
});

test("words of an earlier version come back", () => {
  const content = { events: ["*"], description: "" };
  hook(opened())
    .when("webhook.revert", { id, version: 1, content, gone: [] })
    .then({ type: "webhook.reverted", data: { toVersion: 1, content: { events: ["*"] }, gone: [] } });
});

describe("the catalogue", () => {
  const events = new Map(kept.map(({ aggregate }) => [aggregate.name, Object.keys(aggregate.evolve)]));

  test("tells of each aggregate, or says why it does not", () => {
    const decided = [...Object.keys(toldKinds), ...Object.values(UNTOLD).flat()];
    expect(decided.sort()).toEqual([...events.keys()].sort());
  });

  test("names events that there are", () => {
    const real = new Set([...events.values()].flat());
    expect(EVENT_TYPES.filter((type) => !real.has(type))).toEqual([]);
    expect(EVENT_TYPES.length).toBeGreaterThan(150);
  });

  test("names answers that say what of them is told", () => {
    const results = new Map(contracts.flatMap(({ actions }) => Object.entries(actions)));
    const views = Object.values(toldKinds).flatMap(({ view, sellerView = view }) => [view, sellerView]);
    expect(views.filter((view) => !results.get(view)?.result)).toEqual([]);
  });

  test("is chosen from by type, by aggregate, or as a whole", () => {
    expect(["order.placed", "order.*", "*"].map((one) => chooses([one], "order.placed"))).toEqual([true, true, true]);
    expect(["order.shipped", "ordergroup.*", "offer.*"].some((one) => chooses([one], "order.placed"))).toBe(false);
    expect(SELLER_EVENT_TYPES.every((type) => EVENT_TYPES.includes(type))).toBe(true);
  });
});
