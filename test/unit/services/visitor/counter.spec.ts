/** Searches that the mall counts itself: once each, later, and never at the cost of an answer. */
import type { Counted } from "../../../../services/visitor/events.service";
import { createCounter } from "../../../../services/visitor/counter.service";
import { newQueryId, queryKeyOf } from "../../../../services/visitor/query-id.service";
import { createPepper } from "../../../../services/kernel/pepper";
import { memoryCountedFacts } from "../../../support/memory-visitors";

const pepper = createPepper("a secret of the tests, long enough to sign");
const learner = { counted: jest.fn() };
const now = () => "2026-01-01T00:00:00.000Z";

it("writes what waits when it stops, each search once", async () => {
  const counted = memoryCountedFacts<Counted>();
  const counter = createCounter({ counted, learner, pepper, now, log: { warn: () => undefined } });
  const queryId = newQueryId(pepper, "lamp");
  for (const results of [7, 7]) counter.searched({ queryId, results, shown: 7, channel: "main" });
  await counter.stop();
  expect(counted.all).toEqual([
    expect.objectContaining({ kind: "search", queryKey: queryKeyOf(pepper, "lamp"), results: 7, channel: "main" }),
  ]);
  expect(learner.counted).toHaveBeenCalledTimes(1);
});

it("keeps what waits while the store does not answer", async () => {
  const counted = memoryCountedFacts<Counted>();
  const append = jest.spyOn(counted, "append").mockRejectedValueOnce(new Error("gone"));
  const counter = createCounter({ counted, learner, pepper, now, log: { warn: () => undefined } });
  counter.searched({ queryId: newQueryId(pepper, "lamp"), results: 0, shown: 0 });
  await counter.stop();
  expect(counted.all).toEqual([]);
  await counter.stop();
  expect([counted.all.length, append.mock.calls.length]).toEqual([1, 2]);
});
