/** Whether somebody's visit ends in a purchase, as the shop asks it: kept, explained, and held against its end. */
import { randomUUID } from "node:crypto";
import type { DecisionView, Replayed } from "../../../models/decision/decision.contract";
import type { IntentView } from "../../../models/intent/intent.contract";
import type { ActionName } from "../../../models/visitor/visitor.events.contract";
import { ANONYMOUS, type Principal } from "../../../services/kernel/call";
import { openMemoryNode, type MemoryNode } from "../../support/memory-node";

const staff: Principal = { id: "sid", permissions: [], grants: [{ role: "admin-security", party: null }] };

let mall: MemoryNode;
beforeAll(async () => {
  mall = await openMemoryNode();
});
afterAll(() => mall.stop());

const did = (action_name: ActionName, productId = "lamp") => ({
  ...{ event_id: randomUUID(), action_name },
  event_attributes: { object: { object_id: productId, object_id_field: "id" as const } },
});
const record = (visitorId: string, ...events: ReturnType<typeof did>[]): Promise<unknown> =>
  mall.call(ANONYMOUS, "visitor.record", { visitorId, consent: true, events });
const ask = (asked: object, who: Principal = ANONYMOUS): Promise<IntentView> => mall.call(who, "intent.ask", asked);
const decisionOf = (id: string | null): Promise<DecisionView> => mall.call(staff, "decision.get", { id });

it("knows nothing of who is not there, and of who does not want to be known", async () => {
  const unknown = { verdict: "unknown", probability: null, propose: "complete", reasons: [], decisionId: null };
  expect(await ask({})).toEqual(unknown);
  expect(await ask({ visitorId: randomUUID() })).toEqual(unknown);
  const visitorId = randomUUID();
  await mall.call(ANONYMOUS, "visitor.choose", { visitorId, personal: false });
  await record(visitorId, did("view"));
  expect(await ask({ visitorId })).toEqual(unknown);
});

it("proposes what is alike to who looks, and what goes with it to who is about to buy, and says why", async () => {
  const visitorId = randomUUID();
  await record(visitorId, did("view"));
  const looking = await ask({ visitorId });
  expect(looking).toMatchObject({ verdict: "looking", propose: "similar" });
  expect(await ask({ visitorId })).toEqual(looking);
  await record(visitorId, did("add_to_cart"), did("add_to_cart", "rug"), did("checkout"));
  const buying = await ask({ visitorId });
  expect(buying).toMatchObject({ verdict: "buying", propose: "complete" });
  expect(buying.reasons.map(({ code }) => code)).toContain("AT_CHECKOUT");
  const kept = await decisionOf(buying.decisionId);
  expect(kept).toMatchObject({ kind: "intent", subject: null, about: { type: "visit" }, outcome: null });
  expect(JSON.stringify(kept)).not.toContain(visitorId);
  const replayed = await mall.call<Replayed>(staff, "decision.replay", { id: buying.decisionId });
  expect(replayed).toMatchObject({ equal: true, difference: 0 });
});

it("is told what became of the visit: a purchase is the end of all that was thought of it", async () => {
  const visitorId = randomUUID();
  await record(visitorId, did("view"));
  const first = await ask({ visitorId });
  await record(visitorId, did("add_to_cart"));
  const second = await ask({ visitorId });
  await record(visitorId, did("purchase"));
  for (const { decisionId } of [first, second]) {
    expect(await decisionOf(decisionId)).toMatchObject({ outcome: { label: "bought" } });
  }
  const other = randomUUID();
  await record(other, did("view"));
  expect((await decisionOf((await ask({ visitorId: other })).decisionId)).outcome).toBeNull();
  expect((await ask({ visitorId })).verdict).toBe("unknown");
});

it("learns by itself like every model, and says what it lacks", async () => {
  const trained = await mall.call({ id: "root", permissions: ["*"] }, "intent.train", { id: "intent" });
  expect(trained).toMatchObject({ skipped: expect.stringContaining("visits of the rarer kind") as string });
});
