/** Past attempts in memory: all of them where they fit, so that nobody is read for who made none. */
import { createAttempts, type Kept } from "../../../../ml/fraud/attempts";
import { WHOLE_MAX } from "../../../../ml/fraud/attempt-lists";
import type { Attempt } from "../../../../ml/fraud/checkout-features";

const START = 1_767_225_600;
const attempt = (n: number, more: Partial<Attempt> = {}): Attempt => ({
  ...{ id: `a${n}`, seconds: START + n, amount: 10, ratio: 1, stopped: false },
  ...{ customer: `c${n}`, card: `k${n}`, device: null, address: null, seller: "s" },
  ...more,
});

function book(count: number) {
  const reads: string[] = [];
  const told: string[][] = [];
  let all = Array.from({ length: count }, (_none, n) => attempt(n));
  const kept: Kept = {
    of: (who, code, limit) => {
      reads.push(code);
      return Promise.resolve(all.filter((one) => one[who] === code).slice(-limit));
    },
    since: (seconds, limit, known) => {
      const ids = all.filter((one) => one.seconds >= seconds).slice(-limit);
      const found = ids.filter(({ id }) => !known(id));
      told.push(found.map(({ id }) => id));
      return Promise.resolve({ looked: ids.length, found });
    },
    findings: () => Promise.resolve([]),
    all: (limit) => Promise.resolve(all.slice(-limit)),
  };
  return { reads, told, attempts: createAttempts(kept), write: (one: Attempt) => void (all = [...all, one]) };
}

const later = (seconds: number, more: Partial<Attempt> = {}): Attempt => attempt(99_999, { seconds, ...more });
const turns = async (): Promise<void> => {
  for (let n = 0; n < 20; n++) await Promise.resolve();
};

it("once it holds all, who is not there made none, and nothing is read for them", async () => {
  const { reads, attempts } = book(5);
  await attempts.before(later(START + 10));
  expect(reads.length).toBeGreaterThan(0);
  expect(attempts.isNew("a2")).toBe(false);
  await turns();
  reads.length = 0;
  const before = await attempts.before(later(START + 11, { customer: "c3", card: "new", address: "new" }));
  expect(before.customer.map(({ id }) => id)).toEqual(["a3"]);
  expect([before.card, before.address, before.seller.length]).toEqual([[], [], 5]);
  expect(reads).toEqual([]);
  expect([attempts.isNew("a2"), attempts.isNew("a9")]).toEqual([false, true]);
});

it("remembers what comes in meanwhile and later, each once", async () => {
  const { reads, attempts } = book(3);
  await attempts.before(later(START + 10));
  const [during, after] = [attempt(20, { card: "x" }), attempt(21, { card: "x" })];
  attempts.add(during);
  await turns();
  [during, after, after].forEach((one) => attempts.add(one));
  reads.length = 0;
  const { card } = await attempts.before(later(START + 30, { card: "x" }));
  expect(card.map(({ id }) => id)).toEqual(["a20", "a21"]);
  expect(reads).toEqual([]);
});

it("reads one by one where there are more than it may hold", async () => {
  const { reads, attempts } = book(WHOLE_MAX);
  await attempts.before(later(START + 20_000));
  await turns();
  reads.length = 0;
  await attempts.before(later(START + 20_001, { customer: "new" }));
  expect(reads).toEqual(["new"]);
  expect(attempts.isNew("a-new-one")).toBe(false);
});

it("reads what other processes wrote, once, and never again what it wrote itself", async () => {
  const { told, attempts, write } = book(0);
  await attempts.before(later(START));
  const [own, others] = [attempt(1, { card: "x" }), attempt(2, { card: "x" })];
  [own, others].forEach(write);
  attempts.add(own);
  const { card } = await attempts.before(later(START + 1, { card: "x", seconds: START + 3 }));
  expect(card.map(({ id }) => id)).toEqual(["a1", "a2"]);
  await attempts.before(later(START + 4));
  expect(told).toEqual([["a2"], []]);
});
