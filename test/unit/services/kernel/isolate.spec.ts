import type { Commit } from "../../../../models/kernel/row";
import { Interrupted, isolate, targetDown, type Isolation } from "../../../../services/kernel/isolate";
import { chainOf } from "../../../support/rows";

const commits: readonly Commit[] = chainOf("t-1", [...Array(16).keys()]).map((row) => ({ ...row, aggregate: "thing" }));

function given(poison: readonly number[]) {
  const read: number[] = [];
  const parked: { version: number; reason: string; attempts: number }[] = [];
  const stop = new AbortController();
  let calls = 0;
  const how: Isolation = {
    attemptsMax: 4,
    backoffFirstMs: 0,
    backoffMaxMs: 0,
    signal: stop.signal,
    park: ({ version }, reason, attempts) => {
      parked.push({ version, reason, attempts });
      return Promise.resolve();
    },
    onTargetDown: () => undefined,
  };
  const reader = {
    async read(batch: readonly Commit[]): Promise<void> {
      calls += 1;
      await Promise.resolve();
      const bad = batch.find(({ version }) => poison.includes(version));
      if (bad) throw new Error(`bad ${bad.version}`);
      read.push(...batch.map(({ version }) => version));
    },
  };
  return { read, parked, stop, how, reader, calls: () => calls };
}

test("a good batch is read once", async () => {
  const { reader, how, read, calls } = given([]);
  await isolate(reader, commits, how);
  expect(read).toHaveLength(16);
  expect(calls()).toBe(1);
});

test("only the offenders are parked, after all attempts, and the others keep their order", async () => {
  const { reader, how, read, parked } = given([3, 11]);
  await isolate(reader, commits, how);
  expect(read).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16]);
  expect(parked).toEqual([
    { version: 3, reason: "bad 3", attempts: 4 },
    { version: 11, reason: "bad 11", attempts: 4 },
  ]);
});

test("a target that is down is waited for, and parks nothing", async () => {
  const { reader, how, read, parked } = given([]);
  let failures = 30;
  const told: string[] = [];
  const down = {
    read: (batch: readonly Commit[]) =>
      failures-- > 0 ? Promise.reject(Object.assign(new Error("down"), { code: 503 })) : reader.read(batch),
  };
  await isolate(down, commits, { ...how, onTargetDown: (reason) => told.push(reason) });
  expect(read).toHaveLength(16);
  expect(parked).toEqual([]);
  expect(told).toHaveLength(30);
});

test("a failing place for the parked is waited for", async () => {
  const { reader, how, parked } = given([2]);
  let failures = 3;
  const park: Isolation["park"] = (commit, reason, attempts) =>
    failures-- > 0 ? Promise.reject(new Error("no store")) : how.park(commit, reason, attempts);
  await isolate(reader, commits, { ...how, park });
  expect(parked).toHaveLength(1);
});

test("stopping interrupts the waiting", async () => {
  const { how, stop } = given([]);
  const down = { read: () => Promise.reject(Object.assign(new Error("down"), { retryable: true })) };
  const reading = isolate(down, commits, { ...how, onTargetDown: () => stop.abort() });
  await expect(reading).rejects.toBeInstanceOf(Interrupted);
});

test.each([
  [{ code: 503 }, true],
  [{ statusCode: 429 }, true],
  [{ retryable: true }, true],
  [{ code: "ECONNREFUSED" }, true],
  [{ name: "MongoServerSelectionError" }, true],
  [{ code: 409, retryable: false }, false],
  [{ code: 11000, name: "MongoServerError" }, false],
  [new TypeError("no such field"), false],
  ["text", false],
])("%p is the target's failure: %p", (error, expected) => expect(targetDown(error)).toBe(expected));
