import { pino } from "pino";
import type { Denial } from "../../../../models/kernel/denial.contract";
import { createFactWriter, factId, type Fact } from "../../../../models/kernel/facts";
import { Refusal } from "../../../../models/kernel/refusal";
import { createDenials, type Attempt } from "../../../../services/kernel/denials";
import { memoryFacts } from "../../../support/memory-facts";

const START = Date.UTC(2026, 0, 1);
const forbidden = new Refusal("FORBIDDEN", 403, "No.", { permission: "offer.write", action: "offer.reprice" });
const action = { owner: { field: "sellerId" }, key: "id" };

const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  name: "offer.reprice",
  action,
  params: { id: "o-1", sellerId: "s-2", secret: "hush", price: 5 },
  principal: { id: "ann", permissions: [] },
  trace: "t-1",
  error: forbidden,
  ...more,
});

function made() {
  const store = memoryFacts<Denial>();
  const clock = { minutes: 0 };
  const now = () => new Date(START + clock.minutes * 60_000).toISOString();
  const denials = createDenials({ store, now, log: pino({ level: "silent" }) });
  return { store, clock, denials };
}

describe("a denied attempt", () => {
  const running = made();
  afterAll(() => running.denials.stop());

  it("is kept before it is answered: who, what, whose, why, when, and nothing else of what was sent", async () => {
    const { store, denials } = running;
    await denials.denied(attempt());
    expect(store.all).toEqual([
      {
        _id: expect.stringMatching(/^2026-01-01T00:00:00.000Z\//) as string,
        at: "2026-01-01T00:00:00.000Z",
        since: "2026-01-01T00:00:00.000Z",
        type: "FORBIDDEN",
        principal: "ann",
        action: "offer.reprice",
        owner: "s-2",
        thing: "o-1",
        reason: "No.",
        trace: "t-1",
        count: 1,
      },
    ]);
  });

  it.each<[string, Partial<Attempt>, number]>([
    ["an error", { error: new Error("broken") }, 0],
    ["another refusal", { error: new Refusal("NOT_FOUND", 404, "Nothing.") }, 0],
    ["a denial of an action that it called", { name: "offer.make" }, 0],
    ["a denial without a login", { error: new Refusal("UNAUTHENTICATED", 401, "Who?"), principal: undefined }, 1],
    ["a log-in that failed", { error: new Refusal("CREDENTIALS_INVALID", 401, "They do not belong together.") }, 1],
    ["a denial by a rule of its own", { error: new Refusal("FORBIDDEN", 403, "Not so.") }, 1],
  ])("that is %s: %#", async (_what, more, kept) => {
    const before = running.store.all.length;
    await running.denials.denied(attempt(more));
    expect(running.store.all.length - before).toBe(kept);
  });

  it("of a log-in is kept, without the address and the password that were tried", async () => {
    const login = { name: "login.begin", action: { owner: "platform", key: "email" }, principal: undefined } as const;
    const params = { email: "ann@example.org", password: "a long walk to the mall" };
    const error = new Refusal("CREDENTIALS_INVALID", 401, "They do not belong together.");
    await running.denials.denied(attempt({ ...login, params, error }));
    const kept = running.store.all.at(-1);
    expect(kept).toMatchObject({
      type: "CREDENTIALS_INVALID",
      action: "login.begin",
      principal: "anonymous",
      thing: null,
    });
    expect(JSON.stringify(kept)).not.toMatch(/ann@|long walk/);
  });

  it("names no owner that does not look like an id", async () => {
    await running.denials.denied(attempt({ params: { id: "a b", sellerId: "ann@example.org" } }));
    expect(running.store.all.at(-1)).toMatchObject({ owner: null, thing: null });
  });
});

describe("attempts without end", () => {
  it("are kept up to a bound, then counted, and the count is kept", async () => {
    const { store, clock, denials } = made();
    for (let i = 0; i < 100; i++) await denials.denied(attempt());
    expect(store.all).toHaveLength(20);
    clock.minutes = 1;
    await denials.denied(attempt());
    await denials.flush();
    expect(store.all).toHaveLength(22);
    expect(store.all.find(({ count }) => count > 1)).toMatchObject({ principal: "ann", count: 80, owner: null });
    await denials.stop();
  });

  it("of many names do not fill the disk, nor hide who is known", async () => {
    const { store, denials } = made();
    const error = new Refusal("UNAUTHENTICATED", 401, "Who?");
    for (let i = 0; i < 3_000; i++) await denials.denied(attempt({ name: `a.b${i}`, principal: undefined, error }));
    expect(store.all).toHaveLength(1_000);
    await denials.denied(attempt());
    expect(store.all).toHaveLength(1_001);
    await denials.flush();
    expect(store.all).toHaveLength(1_022);
    expect(store.all.reduce((sum, { count }) => sum + count, 0)).toBe(3_001);
    expect(store.all.at(-1)).toMatchObject({ principal: "(others)", action: "(others)", count: 1_980 });
    await denials.stop();
  });
});

describe("a writer of facts", () => {
  const fact = (n: number): Fact => ({
    _id: factId(new Date(START + n).toISOString()),
    at: new Date(START).toISOString(),
  });

  it("writes what comes together in one batch, and tries again while the store does not answer", async () => {
    const batches: number[] = [];
    let down = 2;
    const append = (facts: readonly Fact[]): Promise<void> => {
      batches.push(facts.length);
      return down-- > 0 ? Promise.reject(new Error("no server")) : Promise.resolve();
    };
    const writer = createFactWriter({ store: { append }, pause: () => Promise.resolve(), batchMax: 3 });
    await Promise.all([1, 2, 3, 4].map((n) => writer.write(fact(n))));
    expect(batches).toEqual([3, 3, 3, 1]);
  });

  it("holds no more than its bound, and takes nothing after its end", async () => {
    const store = { append: () => Promise.reject(new Error("no server")) };
    const writer = createFactWriter({ store, pause: () => Promise.resolve(), queueMax: 2 });
    const writes = [1, 2, 3].map((n) => writer.write(fact(n)));
    await expect(writes[2]).rejects.toThrow("2 facts wait already");
    const rest = Promise.allSettled(writes.slice(0, 2));
    await writer.stop();
    expect((await rest).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(writer.write(fact(4))).rejects.toThrow("has stopped");
  });
});
