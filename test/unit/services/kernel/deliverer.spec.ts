/** What becomes of what is to be told, by a clock that a spec turns; requests are promises that it settles. */
import { anew, awaiting, type Delivery } from "../../../../services/kernel/deliveries";
import { createDeliverer, RETRIES_MS, type DelivererLimits } from "../../../../services/kernel/deliverer";
import type { Posted } from "../../../../services/kernel/outgoing-post";
import { quiet } from "../../../support/delivery";
import { eventually } from "../../../support/eventually";
import { memoryDeliveries } from "../../../support/memory-deliveries";

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const occasion = (n: number) => ({
  ...{ eventId: `e${n}`, type: "a.b", aggregate: "a", aggregateId: "x", version: n, n: 0 },
  happenedAt: new Date(START).toISOString(),
});
const posted = (status: number | null, retryAfter: number | null = null): Posted => ({
  ...{ status, ms: 1, reason: status === null ? "TIMEOUT" : null, answer: null, retryAfter },
});

type Answer = (delivery: Delivery) => Posted | null | Promise<Posted | null>;

function given(answer: Answer, limits: Partial<DelivererLimits> = {}, store = memoryDeliveries()) {
  let wall = START;
  const clock = { now: () => new Date(wall).toISOString() };
  const gaveUp: string[] = [];
  const tried: string[] = [];
  const deliverer = createDeliverer({
    ...{ store, clock, log: quiet, limits },
    endpoints: () => Promise.resolve(["a", "b"]),
    tell: async (delivery) => {
      tried.push(`${delivery.endpoint}${delivery.version ?? 0}`);
      return answer(delivery);
    },
    gaveUp: (endpoint, reason) => Promise.resolve(void gaveUp.push(`${endpoint} ${reason}`)),
  });
  const put = (endpoint: string, ...ns: number[]) =>
    store.put(ns.map((n) => awaiting(endpoint, `${endpoint}${n}`, occasion(n), clock.now())));
  return {
    ...{ store, deliverer, gaveUp, tried, put, clock },
    of: (id: string) => store.rows.get(id) as Delivery,
    pass: (ms: number) => {
      wall += ms;
      deliverer.ring(["a", "b"]);
    },
  };
}

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of ended.splice(0)) await stop();
});

function started<T extends { deliverer: { start(): void; stop(): Promise<void> } }>(of: T): T {
  ended.push(() => of.deliverer.stop());
  of.deliverer.start();
  return of;
}

test("what is refused is tried ever more rarely for three days, and then the endpoint is given up", async () => {
  const { store, put, of, pass, gaveUp, tried } = started(given(() => posted(500)));
  await put("a", 1);
  for (const [n, pauseMs] of [...RETRIES_MS, 0].entries()) {
    pass(0);
    const row = await eventually(
      `attempt ${n + 1}`,
      () => of("a1").last !== null && of("a1").attempts === n + 1 && of("a1"),
    );
    if (n === RETRIES_MS.length) break;
    expect(Date.parse(row.nextAt) - Date.parse(row.last?.at ?? "")).toBe(pauseMs);
    pass(pauseMs - 1);
    pass(1);
  }
  expect(of("a1")).toMatchObject({ status: "failed", nextAt: "", last: { status: 500 } });
  await eventually("it is given up", () => gaveUp.length > 0);
  expect([gaveUp, tried.length]).toEqual([["a FAILING"], RETRIES_MS.length + 1]);
  expect(RETRIES_MS.reduce((a, b) => a + b)).toBeGreaterThan(72 * HOUR);
  expect(await store.waiting("a")).toBe(0);
});

test("one thing that is never taken disables nobody who takes the rest, and what is gone is gone at once", async () => {
  const answers: Record<string, number> = { a1: 500, a2: 200, b1: 410 };
  const { put, of, pass, gaveUp, tried } = started(given(({ _id }) => posted(answers[_id] ?? 200)));
  await put("a", 1);
  pass(0);
  await eventually("it is refused once", () => of("a1").attempts === 1);
  await put("a", 2);
  await put("b", 1);
  await eventually("it is given up", () => {
    pass(24 * HOUR);
    return of("a1").status === "failed";
  });
  expect([of("a2").status, of("b1").status, gaveUp]).toEqual(["delivered", "failed", ["b GONE"]]);
  expect(tried.filter((one) => one === "b1")).toHaveLength(1);
});

test("who asks to wait is waited for, and who answers nothing is tried again", async () => {
  const { put, of, pass } = started(given(({ _id }) => (_id === "a1" ? posted(429, 600) : posted(null))));
  await put("a", 1);
  await put("b", 1);
  pass(0);
  await eventually("both are tried", () => of("a1").attempts + of("b1").attempts === 2);
  const pauseOf = (id: string) => Date.parse(of(id).nextAt) - START;
  expect([pauseOf("a1"), pauseOf("b1")]).toEqual([600_000, 5_000]);
  expect(of("b1").last).toMatchObject({ status: null, reason: "TIMEOUT" });
});

test("a slow endpoint has a few requests under way, and holds up nobody else", async () => {
  const open: (() => void)[] = [];
  const slow: Answer = ({ endpoint }) =>
    endpoint === "b" ? posted(200) : new Promise((resolve) => open.push(() => resolve(posted(200))));
  const { put, of, pass, tried, deliverer } = started(given(slow, { perEndpoint: 2, overall: 3 }));
  await put("a", 1, 2, 3, 4, 5);
  await put("b", 1, 2, 3);
  pass(0);
  await eventually("the other is told all", () => ["b1", "b2", "b3"].every((id) => of(id).status === "delivered"));
  expect(tried.filter((one) => one.startsWith("a"))).toHaveLength(2);
  expect(deliverer.figures().underWay).toBe(2);
  await eventually("all are told in the end", () => {
    open.splice(0).forEach((answer) => answer());
    return [1, 2, 3, 4, 5].every((n) => of(`a${n}`).status === "delivered");
  });
});

test("what a process that was killed had begun is told by another when the lease is over", async () => {
  const first = given(() => new Promise(() => undefined), { stopMs: 0 });
  first.deliverer.start();
  await first.put("a", 1, 2);
  first.pass(0);
  await eventually("both are begun", () => first.tried.length === 2);
  await first.deliverer.stop();
  const next = started(given(() => posted(200), {}, first.store));
  next.pass(1_000);
  await next.put("a", 3);
  next.pass(0);
  await eventually("what is new is told", () => next.of("a3").status === "delivered");
  expect(next.tried).toEqual(["a3"]);
  next.pass(60_000);
  await eventually(
    "what was begun, too",
    () => next.of("a1").status === "delivered" && next.of("a2").status === "delivered",
  );
});

test("of two who see the same, one tells it; asked for again, it is told again", async () => {
  const one = started(given(() => posted(200)));
  const other = started(given(() => posted(200), {}, one.store));
  await one.put("a", 1, 2, 3, 4);
  one.pass(0);
  other.pass(0);
  await eventually("all are told", () => [1, 2, 3, 4].every((n) => one.of(`a${n}`).status === "delivered"));
  expect([...one.tried, ...other.tried].sort()).toEqual(["a1", "a2", "a3", "a4"]);
  const told = one.of("a1");
  expect(await one.store.swap(told, anew(told, one.clock.now()))).toBe(true);
  one.pass(0);
  await eventually("it is told again", () => one.of("a1").status === "delivered" && one.of("a1").turn > told.turn + 1);
});

test("what is not there any more is dropped", async () => {
  const { put, of, pass } = started(given(() => null));
  await put("a", 1);
  pass(0);
  await eventually("it is dropped", () => of("a1").status === "dropped");
  expect(of("a1")).toMatchObject({ attempts: 0, nextAt: "" });
});
