/** A small market in which everything happens that is recorded for analytics, and the engine that it is recorded in. */
import { createAnalytics, type Analytics } from "../../../indexers/analytics";
import { healthId, healthOf, type NodeHealth } from "../../../indexers/analytics/health.projection";
import { factKinds } from "../../../models";
import { FIRST_TERMS } from "../../../models/fraudpolicy/fraudpolicy.contract";
import type { Fact } from "../../../models/kernel/facts";
import type { Commit } from "../../../models/kernel/row";
import type { VisitorEvent } from "../../../models/visitor/visitor.events.contract";
import { COUNTED } from "../../../services/visitor/events.service";
import { searchUnderTest, type SearchUnderTest } from "../../support/elasticsearch";
import { openPurchases, type Purchases } from "../order/purchase";

export interface Market {
  readonly search: SearchUnderTest;
  readonly shop: Purchases;
  readonly commits: readonly Commit[];
  /** By collection. */
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
  readonly health: readonly NodeHealth[];
  stop(): Promise<void>;
}

type Call = Purchases["call"];

/** One that is let through, one that is held and released, and one that turns out to be fraud. */
async function judgePayments(call: Call): Promise<void> {
  const rules = [{ name: "large", feature: "TX_AMOUNT", atLeast: 1_000, outcome: "review" }];
  await call("fraudpolicy.set", { ...FIRST_TERMS, rules });
  const payment = (checkoutId: string, amountMinor: number) => ({
    ...{ checkoutId, round: 1, customerId: "mia", subject: "mia", sellerId: "seller-1", amountMinor, currency: "EUR" },
    ...{ contact: { email: "mia@example.com" }, provider: "test", method: "tok_ok" },
    address: { name: "Mia Muster", street: "Lichtweg 1", postalCode: "10115", city: "Berlin", country: "DE" },
  });
  const { decisionId } = await call<{ decisionId: string }>("fraud.assess", payment("checkout-a", 5_000));
  await call("fraud.assess", payment("checkout-b", 200_000));
  await call("assessment.releaseTogether", { id: "checkout-b" });
  await call("decision.outcome", { id: decisionId, label: "fraud" });
}

/** Searches with and without an answer, what came of them, and of what was recommended. */
async function lookAround(call: Call): Promise<void> {
  const model = { name: "recommendation", version: 1, hash: "0" };
  const taken = { features: {}, contributions: [], residual: 0, score: 0 };
  const head = { kind: "recommendation", at: new Date().toISOString(), model, subject: null, ...taken };
  const shown = [
    { ...head, id: "shown-1", about: { type: "page", id: "for-you" } },
    { ...head, id: "shown-2", about: { type: "product", id: "lamp" } },
  ];
  await call("decision.record", { decisions: shown });
  const object = { object_id: "lamp" };
  const event = (n: number, of: Omit<VisitorEvent, "event_id">): VisitorEvent => ({ event_id: `event-000${n}`, ...of });
  const found = { user_query: "lamp" };
  const bought = { object, revenue: { amountMinor: 1_990, currency: "EUR" } };
  const events = [
    event(1, { action_name: "search", ...found, event_attributes: { result_count: 3 } }),
    event(2, { action_name: "search", user_query: "a word of Mia", event_attributes: { result_count: 0 } }),
    event(3, { action_name: "click", ...found, event_attributes: { object, position: { ordinal: 2 } } }),
    event(4, { action_name: "purchase", ...found, event_attributes: bought }),
    event(5, { action_name: "click", recommendation_id: "shown-1", event_attributes: { object } }),
    event(6, { action_name: "purchase", recommendation_id: "shown-1", event_attributes: bought }),
    event(7, { action_name: "impression", ...found, event_attributes: { object } }),
  ];
  await call("visitor.record", {
    visitorId: "0123456789abcdef0123456789abcdef",
    section: "outlet",
    events,
    consent: true,
  });
}

async function comeIn(call: Call): Promise<void> {
  const session = { id: "place-1", accountId: "mia", family: "family-1", epoch: 1, label: "Mia's phone" };
  await call("session.start", { ...session, secondFactor: false });
  await call("session.end", { id: "place-1", reason: "logged-out" });
}

async function happened(shop: Purchases): Promise<void> {
  const call: Call = (action, params) => shop.call(action, params);
  const first = await shop.bought(3);
  await shop.bought(2);
  await call("order.ship", { id: first.id, carrier: "dhl", tracking: "1" });
  await call("order.refund", { id: first.id, amountMinor: 500, reason: "late" });
  await shop.settle();
  await judgePayments(call);
  await lookAround(call);
  await comeIn(call);
}

async function factsOf({ mall }: Purchases): Promise<Map<string, readonly Fact[]>> {
  const facts = new Map<string, readonly Fact[]>([[COUNTED.collection, mall.visitors.counted.all]]);
  for (const { collection } of factKinds) {
    facts.set(collection, await mall.node.facts(collection).page({ where: {}, limit: 1_000 }));
  }
  return facts;
}

async function recorded({ recorder, readers }: Analytics, market: Omit<Market, "stop">): Promise<void> {
  const { commits, facts, health } = market;
  await recorder.ensure();
  for (const reader of readers) {
    await reader.read(commits.filter(({ aggregate }) => reader.aggregates.includes(aggregate)));
  }
  for (const [collection, those] of facts) await recorder.readFacts(collection, those);
  for (const one of health) await recorder.note("health", healthId(one), healthOf(one));
}

const HEALTHY = { connected: true, unannounced: 0, behind: 3, parked: 1, rssBytes: 300 * 1024 ** 2 };

export async function openMarket(): Promise<Market> {
  const search = await searchUnderTest();
  const shop = await openPurchases();
  await happened(shop);
  const commits: Commit[] = [];
  for (const [aggregate, history] of shop.mall.histories) {
    commits.push(...(await history.scan("", 10_000)).map((row): Commit => ({ ...row, aggregate })));
  }
  const health = ["node-1", "node-2"].map((node) => ({ ...HEALTHY, node, at: new Date().toISOString() }));
  const market = { search, shop, commits, facts: await factsOf(shop), health };
  const { client, namespace } = search;
  const analytics = createAnalytics({ client, namespace, aggregates: [...shop.mall.histories.keys()] });
  // twice, as after a crash: nothing may count twice
  await recorded(analytics, market);
  await recorded(analytics, market);
  await client.indices.refresh({ index: `${namespace}-analytics-*` });
  return {
    ...market,
    async stop() {
      await search.stop();
      await shop.mall.stop();
    },
  };
}
