/** Tables of live boards: whatever comes in whichever order, from wherever, they are the fold. */
import fc from "fast-check";
import type { Contribution, LiveProjection } from "../../../../indexers/kernel/live";
import { createBoard, type Board, type Change } from "../../../../indexers/kernel/live-board";
import type { Commit } from "../../../../models/kernel/row";
import { taken, type Held, type Told } from "../../../../models/live/live.contract";

interface Thing {
  readonly key: string;
  readonly amount: number;
}

const partOf = ({ state }: Commit): Contribution | null => {
  const { key, amount } = state as Thing;
  return amount === 0 ? null : { [key]: { things: 1, amount } };
};
const counted: LiveProjection = { widget: "counted", sources: { thing: partOf } };
const largest: LiveProjection = {
  widget: "largest",
  sources: { thing: partOf },
  shown: (sums) => new Map([...sums].sort(([, a], [, b]) => Number(b["amount"]) - Number(a["amount"])).slice(0, 2)),
};
const frame = { since: "2026-01-01T00:00:00.000Z" };

const commit = (id: string, version: number, state: Thing): Commit =>
  ({
    aggregate: "thing",
    aggregateId: id,
    version,
    state,
    committedAt: `2026-01-03T00:00:00.${String(version).padStart(3, "0")}Z`,
  }) as Commit;

const board = (number = 0): Board => createBoard([counted, largest], frame, number);
const told = ({ widget, from, to, committedAt, changes: cells }: Change): Told =>
  ({ kind: "delta", board: "seller", id: "s", stream: "x", widget, from, to, committedAt, cells }) as Told;
const snapshotOf = (from: Board, number: number, widget = "counted"): Held => ({
  ...{ stream: "x", since: frame.since, number },
  cells: from.cells(widget) as Held["cells"],
});

const things = fc.array(
  fc.record({
    id: fc.constantFrom("a", "b", "c", "d"),
    key: fc.constantFrom("EUR", "USD", "GBP"),
    amount: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 40 },
);

/** Commits as histories have them: versions without a gap. */
function committed(made: readonly (Thing & { readonly id: string })[]): Commit[] {
  const versions = new Map<string, number>();
  return made.map(({ id, key, amount }) => {
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    return commit(id, version, { key, amount });
  });
}

const folded = (commits: readonly Commit[]): Board => {
  const all = board();
  commits.forEach((one, i) => all.take(one, i + 1));
  all.flush(commits.length);
  return all;
};

test("is the sum of what the newest version of each source adds", () => {
  const one = folded([
    commit("a", 1, { key: "EUR", amount: 5 }),
    commit("b", 1, { key: "EUR", amount: 7 }),
    commit("a", 2, { key: "USD", amount: 1 }),
  ]);
  expect(one.cells("counted")).toEqual({ EUR: { things: 1, amount: 7 }, USD: { things: 1, amount: 1 } });
});

test("tells a change as whole cells, and that a cell is gone", () => {
  const one = board();
  one.take(commit("a", 1, { key: "EUR", amount: 5 }), 3);
  expect(one.flush(4)).toEqual([
    expect.objectContaining({ widget: "counted", from: 0, to: 4, changes: { EUR: { things: 1, amount: 5 } } }),
    expect.objectContaining({ widget: "largest", from: 0, to: 4 }),
  ]);
  one.take(commit("a", 2, { key: "EUR", amount: 0 }), 9);
  const [change] = one.flush(9);
  expect(change).toMatchObject({ from: 4, to: 9, changes: { EUR: null } });
  expect(one.flush(10)).toEqual([]);
});

test("shows of a list what is at its top, and tells what moved in and out", () => {
  const one = board();
  ["EUR", "USD", "GBP"].forEach((key, i) => one.take(commit(key, 1, { key, amount: i + 1 }), i));
  one.flush(3);
  expect(Object.keys(one.cells("largest")).sort()).toEqual(["GBP", "USD"]);
  one.take(commit("EUR", 2, { key: "EUR", amount: 9 }), 4);
  const change = one.flush(4).find(({ widget }) => widget === "largest");
  expect(change?.changes).toEqual({ EUR: { things: 1, amount: 9 }, USD: null });
});

test("doubles and disorder change nothing", () => {
  fc.assert(
    fc.property(things, fc.infiniteStream(fc.nat(1_000)), (made, chance) => {
      const commits = committed(made);
      const mixed = [...commits, ...commits.filter((_one, i) => i % 3 === 0)]
        .map((one) => ({ one, at: chance.next().value as number }))
        .sort((x, y) => x.at - y.at)
        .map(({ one }) => one);
      expect(folded(mixed).cells("counted")).toEqual(folded(commits).cells("counted"));
    }),
  );
});

test("who follows from the beginning, and who joins late, hold what the board holds", () => {
  fc.assert(
    fc.property(things, fc.nat(40), fc.nat(5), (made, joinsAt, every) => {
      const one = board();
      const followers: Held[] = [snapshotOf(one, 0)];
      committed(made).forEach((each, i) => {
        one.take(each, i + 1);
        if (i % (every + 1) !== 0) return;
        const changes = one.flush(i + 1).filter(({ widget }) => widget === "counted");
        for (const change of changes) {
          followers.forEach((held, n) => (followers[n] = taken(held, told(change)) as Held));
        }
        if (i === joinsAt) followers.push(snapshotOf(one, i + 1));
      });
      for (const change of one.flush(made.length).filter(({ widget }) => widget === "counted")) {
        followers.forEach((held, n) => (followers[n] = taken(held, told(change)) as Held));
      }
      for (const { cells } of followers) expect(cells).toEqual(one.cells("counted"));
    }),
  );
});

test("who comes back with an old number gets what changed since then", () => {
  fc.assert(
    fc.property(things, fc.nat(40), (made, leavesAt) => {
      const one = board();
      let absent = snapshotOf(one, 0);
      committed(made).forEach((each, i) => {
        one.take(each, i + 1);
        one.flush(i + 1);
        if (i === leavesAt) absent = snapshotOf(one, i + 1);
      });
      const changes = one.after("counted", absent.number) ?? {};
      const gap = { widget: "counted", from: absent.number, to: made.length, committedAt: null, changes };
      expect((taken(absent, told(gap)) as Held).cells).toEqual(one.cells("counted"));
    }),
  );
});

interface Walk {
  readonly made: readonly (Thing & { readonly id: string })[];
  readonly built: number;
  readonly ahead: number;
  readonly left: number;
  /** Commits to a window of the second gateway. */
  readonly every: number;
}
type Step = Walk["made"][number];

const made = (...amounts: readonly number[]): Step[] => amounts.map((amount) => ({ id: "a", key: "EUR", amount }));
const start = { built: 0, ahead: 0, left: 1, every: 40 };

/** Within one window of the second gateway a cell comes and goes, or changes and is as before: the first showed it. */
const between: Walk[] = [
  { ...start, made: made(1, 0) },
  { ...start, made: made(1, 2, 1), left: 2, every: 1 },
  { ...start, made: made(1, 2, 1), left: 2, built: 1 },
];

test.each(["counted", "largest"])("who comes from another gateway is told everything, or all anew (%s)", (widget) => {
  const walks = fc.record({
    made: things,
    ...{ built: fc.nat(40), ahead: fc.nat(40), left: fc.nat(40) },
    every: fc.nat(9),
  });
  const walked = (walk: Walk): void => {
    const commits = committed(walk.made);
    const end = commits.length;
    const [from, to] = [Math.min(walk.built, end), Math.min(walk.built + walk.ahead, end)];
    const leftAt = Math.min(walk.left, end);
    const held = snapshotOf(folded(commits.slice(0, leftAt)), leftAt, widget);
    // another gateway, at `from` in the stream, finds histories that are at `to`
    const second = board(from);
    for (const one of commits.slice(0, to)) second.take(one, 0);
    second.flush(from);
    commits.slice(from).forEach((one, i) => {
      second.take(one, from + i + 1);
      if (i % (walk.every + 1) === walk.every) second.flush(from + i + 1);
    });
    second.flush(end);
    const changes = second.after(widget, leftAt);
    const now = changes
      ? taken(held, told({ widget, from: leftAt, to: end, committedAt: null, changes }))
      : snapshotOf(second, end, widget);
    expect((now as Held).cells).toEqual(folded(commits).cells(widget));
  };
  fc.assert(fc.property(walks, walked), { numRuns: 300, examples: between.map((walk) => [walk]) });
});

describe("a client", () => {
  const held: Held = { stream: "x", number: 10, since: frame.since, cells: { a: { n: 1 } } };
  const delta = (from: number, to: number, stream = "x"): Told => ({
    kind: "delta",
    board: "seller",
    id: "s",
    widget: "sales",
    stream,
    from,
    to,
    committedAt: null,
    cells: { a: null },
  });

  test("passes over what it has, takes what follows, and asks again where something is missing", () => {
    expect(taken(held, delta(5, 10))).toBe(held);
    expect(taken(held, delta(5, 11))).toMatchObject({ number: 11, cells: {} });
    expect(taken(held, delta(11, 12))).toBe("gap");
    expect(taken(held, delta(10, 11, "y"))).toBe("gap");
    expect(taken(null, delta(0, 1))).toBe("gap");
  });
});
