/**
 * Races for claims under a seeded scheduler: every read and write of every actor takes effect at a moment that
 * fast-check chooses, and actors die at any of them. A failing seed is printed and reproduces.
 */
import * as fc from "fast-check";
import type { AnyAggregate } from "../../../../models/kernel/aggregate";
import { memoryClaimRows, type ClaimRows } from "../../../../models/kernel/claim-rows";
import { createClaims, type ClaimingDeps } from "../../../../models/kernel/claiming";
import type { Claims } from "../../../../models/kernel/claims";
import { createClock } from "../../../../models/kernel/clock";
import { createHolders } from "../../../../models/kernel/fence";
import { isRefusal } from "../../../../models/kernel/refusal";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";
import { rowAfter } from "../../../support/rows";

interface Keyed {
  readonly keys: readonly string[];
}

const thing: AnyAggregate = {
  name: "thing",
  schema: 1,
  initial: { keys: [] },
  decide: {},
  evolve: {},
  claims: (state) => (state as Keyed).keys,
};

type Step = () => Promise<void>;

/** Each call takes effect at one chosen moment and is answered at another. */
const slow =
  <A extends readonly unknown[], R>(step: Step, work: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    await step();
    const result = await work(...args);
    await step();
    return result;
  };

const slowRows = (rows: ClaimRows, step: Step): ClaimRows => ({
  insert: slow(step, rows.insert.bind(rows)),
  find: slow(step, rows.find.bind(rows)),
  swap: slow(step, rows.swap.bind(rows)),
  remove: slow(step, rows.remove.bind(rows)),
});

/** Two aggregates whose newest states hold one key: what must never be. */
function doubleHeld(histories: MemoryHistories): string | null {
  const newest = new Map(
    [...histories.rows.values()].sort((a, b) => a.version - b.version).map((r) => [r.aggregateId, r]),
  );
  const owners = new Map<string, string>();
  for (const row of newest.values()) {
    for (const key of (row.state as Keyed).keys) {
      const other = owners.get(key);
      if (other) return `${key}: ${other} and ${row.aggregateId}`;
      owners.set(key, row.aggregateId);
    }
  }
  return null;
}

/** One command: the aggregate shall hold exactly these keys. `dies` is the step at which its process ends. */
interface Wish extends Keyed {
  readonly id: string;
  readonly dies: "never" | "claimed" | "committed";
}

interface World {
  readonly histories: MemoryHistories;
  readonly stored: MemoryHistories;
  readonly claims: Claims;
  readonly violations: string[];
}

let commands = 0;

/** What the actor does with a command, as short as it can be said. */
async function carryOut({ histories, stored, claims, violations }: World, wish: Wish): Promise<void> {
  const commandId = `c${commands++}`;
  for (let attempt = 0; attempt < 5; attempt++) {
    const { newest } = await histories.standing(wish.id, [commandId]);
    const before = newest ? (newest.state as Keyed).keys : [];
    await claims.take(
      `thing/${wish.id}`,
      wish.keys.filter((key) => !before.includes(key)),
    );
    if (wish.dies === "claimed") return;
    const [outcome] = await histories.insert(
      [rowAfter(newest, { id: wish.id, state: { keys: wish.keys }, commandId })],
      true,
    );
    const broken = doubleHeld(stored);
    if (broken) violations.push(broken);
    if (outcome !== "inserted") continue;
    if (wish.dies === "committed") return;
    return claims.release(
      `thing/${wish.id}`,
      before.filter((key) => !wish.keys.includes(key)),
    );
  }
}

async function violationsOf(wishes: readonly Wish[], step: Step, twist: Partial<ClaimingDeps> = {}): Promise<string[]> {
  const stored = memoryHistories("thing");
  const histories = {
    ...stored,
    insert: slow(step, stored.insert.bind(stored)),
    newest: slow(step, stored.newest.bind(stored)),
    standing: slow(step, stored.standing.bind(stored)),
  };
  let wall = Date.UTC(2026, 0, 1);
  const clock = createClock(() => wall++);
  const holders = createHolders({ clock, fenced: () => ({ aggregate: thing, histories }) });
  let epoch = 0;
  const rows = slowRows(memoryClaimRows(), step);
  // epochs that never repeat, as the random ones of the real thing
  const firstEpoch = () => (epoch += 1_000);
  // the memory of a whole process, made anew for every race, would take longer than the race
  const deps = { ...holders, rows, firstEpoch, grace: step, rememberedMax: 100, ...twist };
  const violations: string[] = [];
  // two processes, each with its own memory of epochs; an aggregate may run in both at once
  const processes = [createClaims(deps), createClaims(deps)];
  const inTurn = wishes.map(async (wish, i) => {
    const world = { histories, stored, claims: processes[i % 2] as Claims, violations };
    await carryOut(world, wish).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  });
  await Promise.all(inTurn);
  return violations;
}

const wishOf = fc.record<Wish>({
  id: fc.constantFrom("a", "b", "c"),
  keys: fc.subarray(["k/1", "k/2"]),
  dies: fc.constantFrom("never", "never", "never", "claimed", "committed"),
});

const race = (twist: (holders?: undefined) => Partial<ClaimingDeps>) =>
  fc.asyncProperty(fc.scheduler(), fc.array(wishOf, { minLength: 2, maxLength: 6 }), async (s, wishes) => {
    const step = async (): Promise<void> => {
      await s.schedule(Promise.resolve());
    };
    const violations = await s.waitFor(violationsOf(wishes, step, twist()));
    expect(violations).toEqual([]);
  });

describe("claims under races", () => {
  it("never let two aggregates hold one key", async () => {
    await fc.assert(
      race(() => ({})),
      { numRuns: 250 },
    );
  });

  it.each<[string, () => Partial<ClaimingDeps>]>([
    ["a fence that fences nothing", () => ({ fence: () => Promise.resolve("fenced") })],
    [
      "a holder that is never asked",
      () => ({ holdersClaims: () => Promise.resolve({ claims: [] }), fence: () => Promise.resolve("fenced") }),
    ],
  ])("are broken, and this test sees it, by %s", async (_what, twist) => {
    const found = await fc.check(race(twist), { numRuns: 500, endOnFailure: true });
    expect(found.failed).toBe(true);
  });
});
