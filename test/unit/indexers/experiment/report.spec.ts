/** What an experiment came to: summed per visitor, compared with the control, guarded. */
import { reportOf, type Unit } from "../../../../indexers/experiment/experiments.report.query";
import { experimentBookOf } from "../../../../indexers/experiment/experiments.query";
import type { ExperimentContent } from "../../../../models/experiment/experiment.content.contract";
import type { ExperimentView } from "../../../../models/experiment/experiment.contract";

const arm = (name: string) => ({ name, share: 0.3, ranking: {} });
const content: ExperimentContent = {
  ...{ name: "n", question: "?", design: "split", metric: "click", arms: [arm("control"), arm("other")] },
  guards: [
    { metric: "zero-results", tolerated: 0.05 },
    { metric: "latency", tolerated: 10 },
    { metric: "revenue", tolerated: 0.2 },
  ],
};
const unit = (of: number, more: Partial<Unit> = {}): Unit => ({
  ...{ arm: of, searches: 2, zero: 0, tookMs: 20, revenue: [], teams: { a: 0, b: 0 } },
  did: { click: 0, cart: 0, purchase: 0 },
  ...more,
});
const clicking = { did: { click: 3, cart: 0, purchase: 0 } };
/** So many of each arm, of which each so-many-eth does something. */
const many = (of: number, n: number, doing: (i: number) => Partial<Unit>): Unit[] =>
  Array.from({ length: n }, (_none, i) => unit(of, doing(i)));
const report = (units: readonly Unit[], more: Partial<ExperimentContent> = {}) =>
  reportOf({ id: "e", content: { ...content, ...more } }, { units, complete: true });

it("counts visitors and not what they did, and nobody who did not search", () => {
  const units = [unit(0, clicking), unit(0), unit(1, { ...clicking, zero: 1 }), unit(1, { searches: 0, ...clicking })];
  const { arms, comparisons } = report(units);
  expect(arms).toEqual([
    {
      arm: "control",
      participants: 2,
      searches: 4,
      successes: 1,
      share: 0.5,
      zeroResults: 0,
      tookMs: 20,
      revenue: null,
    },
    { arm: "other", participants: 1, searches: 2, successes: 1, share: 1, zeroResults: 0.5, tookMs: 20, revenue: null },
  ]);
  expect(comparisons).toMatchObject([{ arm: "other", verdict: "unclear", pValue: 1 }]);
});

it("says which is better, as soon as that is sure", () => {
  const some = (of: number, every: number) => many(of, 2_000, (i) => (i % every === 0 ? clicking : {}));
  expect(report([...some(0, 10), ...some(1, 5)]).comparisons[0]).toMatchObject({ verdict: "better", difference: 0.1 });
  expect(report([...some(0, 5), ...some(1, 10)]).comparisons[0]).toMatchObject({ verdict: "worse" });
  expect(report([...some(0, 5), ...some(1, 5)]).comparisons[0]).toMatchObject({ verdict: "unclear" });
});

it("tells what suffers, and what certainly does not", () => {
  const spends = (currency: string, amountMinor: number) => ({ revenue: [{ currency, amountMinor }] });
  const control = many(0, 3_000, (i) => ({ tookMs: 20 + (i % 5), ...spends("EUR", 1_000) }));
  const suffering = many(1, 3_000, (i) => ({ tookMs: 60 + (i % 5), zero: i % 2, ...spends("EUR", 500) }));
  const guards = (units: readonly Unit[]) =>
    report([...control, ...units]).guards.map(({ guard, verdict }) => [guard, verdict]);
  const all = (verdict: string) => ["zero-results", "latency", "revenue"].map((guard) => [guard, verdict]);
  expect(guards(suffering)).toEqual(all("harmed"));
  const alike = control.map((one) => ({ ...one, arm: 1 }));
  expect(guards(alike)).toEqual(all("fine"));
  expect(guards(alike.slice(0, 20))).toEqual(all("unclear"));
});

it("adds up the currency of most of it alone", () => {
  const [euros, yen] = [
    { currency: "EUR", amountMinor: 700 },
    { currency: "JPY", amountMinor: 300 },
  ];
  const { arms } = report([unit(0, { revenue: [euros, yen] }), unit(1, { revenue: [euros] })]);
  expect(arms.map(({ revenue }) => revenue)).toEqual([euros, euros]);
});

it("compares more arms at a part of the level each", () => {
  const arms = ["control", "b", "c", "d", "e"].map((name) => ({ ...arm(name), share: 0.2 }));
  expect(report([], { arms })).toMatchObject({ level: 0.0125, preference: null });
});

it("of a list in turns says which of the two was clicked more, visitor by visitor", () => {
  const wins = (a: number, b: number, n: number) => many(0, n, () => ({ teams: { a, b } }));
  const told = report([...wins(2, 1, 10), ...wins(0, 1, 60), ...wins(1, 1, 5)], { design: "interleaved" });
  expect(told.preference).toMatchObject({ control: 10, other: 60, ties: 5, preferred: "other" });
  expect(told.arms).toHaveLength(1);
  expect(report(wins(1, 0, 3), { design: "interleaved" }).preference).toMatchObject({ preferred: null });
});

it("is known to searches while it runs, the oldest first", () => {
  const view = (id: string, status: ExperimentView["status"], startedAt: string | null): ExperimentView => ({
    ...{ id, version: 1, status, content, from: null, until: null, startedAt, stoppedAt: null, winner: null },
  });
  const known = [view("new", "running", "2026-02"), view("old", "running", "2026-01"), view("draft", "draft", null)];
  const book = experimentBookOf(new Map(known.map((one) => [one.id, one])));
  expect(book.running.map(({ id }) => id)).toEqual(["old", "new"]);
  expect([book.all.length, book.get("draft")?.status]).toEqual([3, "draft"]);
});
