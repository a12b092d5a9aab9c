/** Decisions, from who records them to who asks: whose they are, what they say, and what became of them. */
import type { DecisionView, ListedDecisions } from "../../../models/decision/decision.contract";
import type { NewDecision } from "../../../models/decision/decision.data.contract";
import { packed } from "../../../models/decision/decision.page.contract";
import type { ModelDrift } from "../../../models/model/model.drift.contract";
import type { Principal } from "../../../services/kernel/call";
import { openMemoryNode, type MemoryNode } from "../../support/memory-node";

const token: Principal = { id: "mall", permissions: ["*"] };
const shopper = (id: string): Principal => ({ id, permissions: [], grants: [{ role: "shopper", party: id }] });
const support: Principal = { id: "sue", permissions: [], grants: [{ role: "admin-support", party: null }] };

const decision = (id: string, more: Partial<NewDecision> = {}): NewDecision => ({
  id,
  kind: "rank",
  at: "2026-05-01T10:00:00.000Z",
  model: { name: "rank", version: 3, hash: "abc" },
  subject: "ada",
  about: { type: "search", id: "lamp" },
  features: { times_viewed: 3, word: "lamp" },
  contributions: [
    { name: "bias", value: 0.1 },
    { name: "times_viewed", value: 0.7 },
    { name: "price", value: -0.2 },
  ],
  residual: 0,
  score: 0.6,
  rules: ["a-rule"],
  ...more,
});

let mall: MemoryNode;
beforeAll(async () => {
  mall = await openMemoryNode();
});
afterAll(() => mall.stop());

const record = (...decisions: NewDecision[]) => mall.call(token, "decision.record", { decisions });
const get = (who: Principal | undefined, id: string): Promise<DecisionView> => mall.call(who, "decision.get", { id });

test("the subject is told its own decision in words, without the rules; staff with them; others nothing", async () => {
  expect(await record(decision("d1"))).toEqual({ recorded: 1 });
  const own = await get(shopper("ada"), "d1");
  expect(own).toMatchObject({ id: "d1", subject: "ada", about: { type: "search", id: "lamp" }, outcome: null });
  expect(own.explanation?.["en"]).toBe(
    "The model rank, version 3, came to a score of 0.6000. For it spoke times viewed (+0.700); " +
      "against it price (−0.200).",
  );
  expect(own.taken).toMatchObject({ features: { times_viewed: 3, word: "lamp" }, score: 0.6 });
  expect(own.taken?.rules).toBeUndefined();
  expect((await get(support, "d1")).taken?.rules).toEqual(["a-rule"]);
  await expect(get(shopper("ben"), "d1")).rejects.toMatchObject({ type: "FORBIDDEN" });
  await expect(get(shopper("ben"), "d9")).rejects.toMatchObject({ type: "FORBIDDEN" });
  await expect(get(undefined, "d1")).rejects.toMatchObject({ type: "UNAUTHENTICATED" });
  await expect(get(support, "d9")).rejects.toMatchObject({ type: "NOT_FOUND" });
});

test("parts that do not sum to the score are refused, and nothing of their batch is kept", async () => {
  await expect(record(decision("d2"), decision("d3", { residual: 0.001 }))).rejects.toMatchObject({
    type: "DECISION_SUM",
    data: { id: "d3" },
  });
  await expect(get(support, "d2")).rejects.toMatchObject({ type: "NOT_FOUND" });
});

test("what was told twice is the decision that was told first", async () => {
  await record(decision("d4"));
  const later = { residual: 1, score: 1.6, at: "2026-05-01T10:00:01.000Z" };
  await record(decision("d4", later));
  expect((await get(support, "d4")).taken?.score).toBe(0.6);
});

test("what became of it is said later, and joined; only by who may", async () => {
  await record(decision("d5", { kind: "fraud" }));
  const judge: Principal = { id: "sid", permissions: ["decision.judge"] };
  await expect(mall.call(shopper("ada"), "decision.outcome", { id: "d5", label: "honest" })).rejects.toMatchObject({
    type: "FORBIDDEN",
  });
  // several within one millisecond
  for (const label of ["honest", "fraud", "honest", "fraud"])
    await mall.call(judge, "decision.outcome", { id: "d5", label });
  expect((await get(support, "d5")).outcome).toMatchObject({ label: "fraud" });
});

test("are listed newest first, of oneself for everybody, of all for staff", async () => {
  const subject = "cleo";
  const at = (minute: number): string => `2026-06-01T10:0${minute}:00.000Z`;
  await record(...[1, 3, 2].map((n) => decision(`c${n}`, { subject, at: at(n) })));
  const ask = (who: Principal, params: object): Promise<ListedDecisions> => mall.call(who, "decision.list", params);
  const first = await ask(shopper(subject), { subject, limit: 2 });
  expect(first.items.map(({ id }) => id)).toEqual(["c3", "c2"]);
  const rest = await ask(shopper(subject), { subject, limit: 2, cursor: first.next });
  expect(rest).toMatchObject({ items: [{ id: "c1" }], next: null });
  await expect(ask(shopper(subject), { limit: 2 })).rejects.toMatchObject({ type: "FORBIDDEN" });
  await expect(ask(shopper(subject), { subject: "ada", limit: 2 })).rejects.toMatchObject({ type: "FORBIDDEN" });
  expect((await ask(support, { kind: "fraud", limit: 50 })).items.map(({ id }) => id)).toEqual(["d5"]);
});

test("what it was taken from goes with the person's key; that it was taken stays", async () => {
  await record(decision("e1", { subject: "eve" }));
  await mall.node.identity.subjects.destroy("eve");
  expect(await get(support, "e1")).toMatchObject({ subject: "eve", taken: null, explanation: null });
  await expect(mall.call(support, "decision.replay", { id: "e1" })).rejects.toMatchObject({ type: "SUBJECT_ERASED" });
});

describe("a page of decisions, kept as one fact", () => {
  const pageId = "page0123456789abcdefghjkmn";
  const taken = [0.5, 0.6, 0.7].map((score) => ({
    ...{ features: { search: "s", score }, contributions: [{ name: "text.title", value: score }] },
    ...{ residual: 0, score, rules: ["a-rule"] },
  }));
  const page = (more: object = {}): object => ({
    ...{ id: pageId, kind: "rank", at: "2026-07-01T10:00:00.000Z", model: { name: "rank", version: 3, hash: "abc" } },
    ...{ subject: "pia", aboutType: "product", about: ["p1", "p2", "p3"], told: packed(taken), ...more },
  });
  const show = (params: object) => mall.call(token, "decision.recordPage", params);
  const list = (who: Principal, params: object): Promise<ListedDecisions> => mall.call(who, "decision.list", params);

  test("each is found by its own id, told to whose it is, and joined with what became of it", async () => {
    expect(await show(page())).toEqual({ recorded: 3 });
    const own = await get(shopper("pia"), `${pageId}-1`);
    expect(own).toMatchObject({ subject: "pia", about: { type: "product", id: "p2" }, taken: { score: 0.6 } });
    expect(own.taken?.rules).toBeUndefined();
    expect((await get(support, `${pageId}-2`)).taken).toEqual(taken[2]);
    await expect(get(shopper("ben"), `${pageId}-1`)).rejects.toMatchObject({ type: "FORBIDDEN" });
    await expect(get(support, `${pageId}-3`)).rejects.toMatchObject({ type: "NOT_FOUND" });
    await mall.call({ id: "sid", permissions: ["decision.judge"] }, "decision.outcome", {
      ...{ id: `${pageId}-1`, label: "clicked" },
    });
    expect((await get(support, `${pageId}-1`)).outcome).toMatchObject({ label: "clicked" });
    expect((await get(support, `${pageId}-0`)).outcome).toBeNull();
  });

  test("they are listed one by one, among those that are facts of their own, whatever the size of a page", async () => {
    await record(decision("own-1", { subject: "pia", at: "2026-07-01T10:00:00.000Z" }));
    const seen: string[] = [];
    for (let cursor: string | null = null, n = 0; n === 0 || cursor !== null; n++) {
      const { items, next } = await list(shopper("pia"), { subject: "pia", limit: 1, ...(cursor && { cursor }) });
      seen.push(...items.map(({ id }) => id));
      cursor = next;
      expect(n).toBeLessThan(6);
    }
    expect([...seen].sort()).toEqual(["own-1", ...[0, 1, 2].map((n) => `${pageId}-${n}`)]);
    const { items } = await list(support, { about: "p3", limit: 5 });
    expect(items.map(({ id }) => id)).toEqual([`${pageId}-2`]);
  });

  test("they count among what a model decided lately, as others do", async () => {
    const { count } = (await mall.call<ModelDrift>(token, "model.drift", { id: "recommendation" })).recent;
    const now = { kind: "recommendation", at: mall.node.clock.now() };
    await show(page({ id: pageId.replace("page", "now0"), ...now }));
    await record(decision("own-2", now as Partial<NewDecision>));
    const drift = await mall.call<ModelDrift>(token, "model.drift", { id: "recommendation" });
    expect(drift).toMatchObject({ recent: { count: count + 4 }, alarm: null });
  });

  test("parts that do not sum, and a page that tells more than it is about, are refused", async () => {
    const wrong = packed(taken.map((one) => ({ ...one, residual: 0.1 })));
    await expect(show(page({ id: pageId.replace("page", "bad0"), told: wrong }))).rejects.toMatchObject({
      type: "DECISION_SUM",
    });
    await expect(show(page({ id: pageId.replace("page", "bad1"), about: ["p1"] }))).rejects.toMatchObject({
      type: "VALIDATION_FAILED",
    });
  });

  test("goes with the person's key", async () => {
    await mall.node.identity.subjects.destroy("pia");
    expect(await get(support, `${pageId}-1`)).toMatchObject({ subject: "pia", taken: null, explanation: null });
  });
});
