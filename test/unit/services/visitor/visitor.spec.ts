/** What is taken in of visitors: kept with consent alone, once, for whom it concerns, until they want it gone. */
import { randomUUID } from "node:crypto";
import type { Recent, Recorded } from "../../../../models/visitor/visitor.contract";
import type { VisitorEvent } from "../../../../models/visitor/visitor.events.contract";
import type { Principal } from "../../../../services/kernel/call";
import { newQueryId } from "../../../../services/visitor/query-id.service";
import { openMemoryNode, type MemoryNode } from "../../../support/memory-node";

let mall: MemoryNode;
beforeAll(async () => (mall = await openMemoryNode()));
afterAll(() => mall.stop());

const mia: Principal = { id: "mia", permissions: [] };

const event = (action_name: VisitorEvent["action_name"], productId: string, more: object = {}): VisitorEvent => ({
  event_id: randomUUID(),
  action_name,
  event_attributes: { object: { object_id: productId } },
  ...more,
});

const record = (visitorId: string, events: VisitorEvent[], more: object = {}, principal?: Principal) =>
  mall.call<Recorded>(principal, "visitor.record", { visitorId, consent: true, events, ...more });

const recent = async (visitorId: string, principal?: Principal): Promise<string[]> => {
  const { events } = await mall.call<Recent>(principal, "visitor.recent", { visitorId });
  return events.map(({ kind, productId }) => `${kind} ${productId ?? ""}`.trim());
};

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const markers = (): string => JSON.stringify([mall.visitors.trails.every(), mall.visitors.counted.all]);

describe("with consent", () => {
  it("tells the newest first, at once, and each event once however often it is sent", async () => {
    const visitorId = randomUUID();
    const [older, newer] = [
      event("view", "p-1", { timestamp: at(2) }),
      event("add_to_cart", "p-2", { timestamp: at(1) }),
    ];
    expect(await record(visitorId, [newer, older, newer])).toEqual({ accepted: 2, repeated: 1, personal: true });
    expect(await record(visitorId, [older, newer])).toEqual({ accepted: 0, repeated: 2, personal: true });
    expect(await recent(visitorId)).toEqual(["cart p-2", "view p-1"]);
  });

  it("lies sealed: neither the visitor nor what was searched for can be read from what is kept", async () => {
    const visitorId = randomUUID();
    await record(visitorId, [event("search", "p-1", { user_query: "a marker of mine" })]);
    expect(await recent(visitorId)).toEqual(["search p-1"]);
    expect(markers()).not.toMatch(new RegExp(`a marker of mine|${visitorId}`));
  });

  it("is another's for nobody else, and a browser's clock counts within a day only", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await record(one, [event("view", "p-1", { timestamp: "2001-01-01T00:00:00.000Z" })]);
    const { events } = await mall.call<Recent>(undefined, "visitor.recent", { visitorId: one });
    expect(Date.now() - Date.parse(events[0]?.at ?? "")).toBeLessThan(60_000);
    expect(await recent(other)).toEqual([]);
  });

  it("holds a hundred, and what was merely shown does not push out what was done", async () => {
    const visitorId = randomUUID();
    const shown = (n: number) => event("impression", `s-${n}`, { timestamp: at(1) });
    await record(visitorId, [event("click", "p-1", { timestamp: at(9) })]);
    for (const _ of [1, 2])
      await record(
        visitorId,
        Array.from({ length: 100 }, (_none, n) => shown(n)),
      );
    const told = await recent(visitorId);
    expect(told.length).toBeLessThanOrEqual(100);
    expect(told).toContain("click p-1");
  });
});

test("without consent events are counted, and nothing else of them is kept", async () => {
  const visitorId = randomUUID();
  const [kept, counted] = [mall.visitors.trails.every().length, mall.visitors.counted.all.length];
  const events = [event("search", "p-1", { user_query: "Blue  LAMP" }), event("view", "p-1")];
  const told = await record(visitorId, events, { consent: false, channel: "main" });
  expect(told).toEqual({ accepted: 2, repeated: 0, personal: false });
  expect(mall.visitors.trails.every()).toHaveLength(kept);
  expect(await recent(visitorId)).toEqual([]);
  const [search, view] = mall.visitors.counted.all.slice(counted);
  expect(view).toMatchObject({ kind: "view", productId: "p-1", channel: "main" });
  expect(search?.queryKey).toBe(mall.node.identity.pepper.mac("query", "blue lamp"));
  expect(markers()).not.toMatch(new RegExp(`${visitorId}|LAMP`));
});

describe("logging in", () => {
  it("takes along what was done before, to every browser, and leaves nothing with the first", async () => {
    const [laptop, phone] = [randomUUID(), randomUUID()];
    await record(laptop, [event("view", "p-1", { timestamp: at(3) })]);
    await record(laptop, [event("view", "p-2", { timestamp: at(2) })], {}, mia);
    await record(phone, [event("add_to_cart", "p-3", { timestamp: at(1) })], {}, mia);
    expect(await recent(laptop, mia)).toEqual(["cart p-3", "view p-2", "view p-1"]);
    expect(await recent(phone, mia)).toEqual(["cart p-3", "view p-2", "view p-1"]);
    // whoever sits down at that browser next
    expect(await recent(laptop)).toEqual([]);
  });

  it("is enough for asking, too", async () => {
    const laptop = randomUUID();
    const ben: Principal = { id: "ben", permissions: [] };
    await record(laptop, [event("view", "p-7")]);
    expect(await recent(laptop, ben)).toEqual(["view p-7"]);
    expect(await recent(laptop)).toEqual([]);
  });

  it("an erased person's trail opens for nobody, and nothing more is kept of them", async () => {
    const gone: Principal = { id: "gone", permissions: [] };
    const laptop = randomUUID();
    await record(laptop, [event("view", "p-1")], {}, gone);
    await mall.node.identity.subjects.destroy(gone.id);
    await mall.call({ id: "mall", permissions: ["*"] }, "visitor.forgetPerson", { personId: gone.id });
    expect(await recent(laptop, gone)).toEqual([]);
    expect(await record(laptop, [event("view", "p-2")], {}, gone)).toMatchObject({ personal: false });
  });
});

describe("a visitor may", () => {
  it("have everything deleted, and begin anew", async () => {
    const visitorId = randomUUID();
    const before = mall.visitors.trails.every().length;
    await record(visitorId, [event("view", "p-1")]);
    await mall.call(undefined, "visitor.forget", { visitorId });
    expect(mall.visitors.trails.every()).toHaveLength(before);
    expect(await recent(visitorId)).toEqual([]);
    await record(visitorId, [event("view", "p-2")]);
    expect(await recent(visitorId)).toEqual(["view p-2"]);
  });

  it.each([undefined, { id: "cleo", permissions: [] }])(
    "choose not to be known, and to be known again",
    async (who) => {
      const visitorId = randomUUID();
      await record(visitorId, [event("view", "p-1")], {}, who);
      await mall.call(who, "visitor.choose", { visitorId, personal: false });
      expect(await record(visitorId, [event("view", "p-2")], {}, who)).toMatchObject({ accepted: 1, personal: false });
      expect(await recent(visitorId, who)).toEqual([]);
      await mall.call(who, "visitor.choose", { visitorId, personal: true });
      await record(visitorId, [event("view", "p-3")], {}, who);
      expect(await recent(visitorId, who)).toEqual(["view p-3"]);
    },
  );
});

test("of an experiment is counted what was done, once, and of nobody who does not want it", async () => {
  const exposure = { experiment: "e-1", arm: 0, results: 3, tookMs: 5, teams: "" };
  const queryId = newQueryId(mall.node.identity.pepper, "lamp", { exposure });
  const of = (kind: VisitorEvent["action_name"]) => event(kind, "p-1", { query_id: queryId });
  const tried = (): number => mall.visitors.counted.all.filter(({ trial }) => trial !== undefined).length;
  const before = tried();
  const [visitorId, careful] = [randomUUID(), randomUUID()];
  await record(visitorId, [of("search"), of("search"), of("click")]);
  await record(visitorId, [of("search")]);
  expect(tried() - before).toBe(2);
  await record(careful, [of("search"), of("click")], { consent: false });
  await mall.call(undefined, "visitor.choose", { visitorId: careful, personal: false });
  await record(careful, [of("search"), of("click")]);
  expect(tried() - before).toBe(2);
});

test("one visitor cannot report without end", async () => {
  const visitorId = randomUUID();
  const report = () => record(visitorId, [event("view", "p-1")], { consent: false });
  for (let n = 0; n < 240; n++) await report();
  await expect(report()).rejects.toMatchObject({ type: "ATTEMPTS_EXCEEDED" });
});

test("only the mall asks for a person by name", async () => {
  await expect(mall.call(mia, "visitor.recentPerson", { personId: "mia" })).rejects.toMatchObject({
    type: "FORBIDDEN",
  });
});
