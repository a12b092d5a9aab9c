/** What is handed on to the analytics: rewordings that led somewhere, facts of searches, and nothing twice lost. */
import type { LearnSearches } from "../../../../models/analytics/analytics.contract";
import type { AskedSearch, RecordAsked } from "../../../../models/product/product.suggest.contract";
import type { RecentEvent } from "../../../../models/visitor/visitor.contract";
import type { Counted } from "../../../../services/visitor/events.service";
import { createLearner } from "../../../../services/visitor/learner.service";
import { isTellable, rewordings } from "../../../../services/visitor/rewording.service";
import { memoryCountedFacts } from "../../../support/memory-visitors";

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const search = (queryId: string, query: string, second: number): RecentEvent => ({
  ...{ id: `search-${queryId}`, kind: "search", queryId, query, at: at(second) },
});
const click = (queryId: string, second: number): RecentEvent => ({
  ...{ id: `click-${queryId}`, kind: "click", queryId, productId: "p-1", at: at(second) },
});

describe("a rewording", () => {
  it("is what was searched for next, and led to a click", () => {
    const known = [search("q1", "Settee", 0), search("q2", "sofa ", 20)];
    expect(rewordings(known, [click("q2", 30)])).toEqual([{ from: "settee", to: "sofa" }]);
  });

  it.each<[string, RecentEvent[]]>([
    ["the first led somewhere itself", [search("q1", "settee", 0), click("q1", 5), search("q2", "sofa", 20)]],
    ["too much time lies between", [search("q1", "settee", 0), search("q2", "sofa", 400)]],
    ["the words are the same", [search("q1", "Sofa", 0), search("q2", "sofa", 20)]],
    ["one of them may name somebody", [search("q1", "mia@example.com", 0), search("q2", "sofa", 20)]],
    ["there was nothing before", [search("q2", "sofa", 20)]],
  ])("is none where %s", (_what, known) => expect(rewordings(known, [click("q2", 410)])).toEqual([]));

  it("tells no numbers of people", () => {
    expect(["lamp", "4k tv", "sofa 3 seater"].every(isTellable)).toBe(true);
    expect(["+49 30 1234567", "mia@example.org", "4111 1111 1111 1111", "x"].some(isTellable)).toBe(false);
  });
});

const fact = (n: number, more: Partial<Counted> = {}): Counted => ({
  ...{ _id: `f-${n}`, at: at(n), kind: "search", queryKey: "k" },
  ...more,
});

function made(fails = 0) {
  const got: LearnSearches[] = [];
  let left = fails;
  const learn = (searches: LearnSearches) =>
    left-- > 0 ? Promise.reject(new Error("gone")) : Promise.resolve(got.push(searches));
  const counted = memoryCountedFacts<Counted>();
  const asked: AskedSearch[] = [];
  const suggest = ({ searches }: RecordAsked) => Promise.resolve(asked.push(...searches));
  const learner = createLearner({ learn, suggest, counted, now: () => at(3_600), log: { warn: () => undefined } });
  return { got, asked, counted, learner };
}

it("hands on what concerns searches, and again what could not be handed on", async () => {
  const { got, learner } = made(1);
  learner.counted([fact(1), fact(2, { kind: "impression" }), { ...fact(3), queryKey: "" }]);
  learner.said([{ queryKey: "k", text: "lamp", visitor: "v" }]);
  await learner.stop();
  expect(got).toEqual([]);
  await learner.stop();
  expect(got.map(({ facts, words }) => [facts.map(({ id }) => id), words.length])).toEqual([[["f-1"], 1]]);
});

it("reads once more, after a start, what was counted in the last hour", async () => {
  const { got, counted, learner } = made();
  await counted.append(Array.from({ length: 1_200 }, (_none, n) => fact(n)));
  await learner.catchUp();
  await learner.stop();
  const ids = new Set(got.flatMap(({ facts }) => facts.map(({ id }) => id)));
  expect(ids.size).toBe(1_200);
});

it("hands on what may be suggested to others, also when the analytics do not answer", async () => {
  const { got, asked, learner } = made(1);
  learner.counted([fact(1)]);
  learner.asked([{ query: "arc lamp", visitor: "v", at: at(1), found: 3 }]);
  await learner.stop();
  expect(got).toEqual([]);
  expect(asked).toEqual([{ query: "arc lamp", visitor: "v", at: at(1), found: 3 }]);
  await learner.stop();
  expect(asked).toHaveLength(1);
});
