/** Trails over a store that is slow, that fails, and that is read by several at once. */
import type { RecentEvent } from "../../../../models/visitor/visitor.contract";
import { visitorSubject } from "../../../../services/visitor/subject.service";
import { createTrails } from "../../../../services/visitor/trails.service";
import { memoryChoices, memorySealedFacts } from "../../../support/memory-visitors";

const ann = visitorSubject("ann-0123456789-0123456789");
const viewed = (n: number): RecentEvent => ({
  id: `event-${n}`,
  kind: "view",
  productId: `p-${n}`,
  at: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
});
const ids = (events: readonly RecentEvent[]): string[] => events.map(({ id }) => id);

test("another process reads what this one kept", async () => {
  const stores = { facts: memorySealedFacts(), choices: memoryChoices() };
  const [here, there] = [createTrails(stores), createTrails(stores)];
  await here.add(ann, [viewed(1), viewed(2)]);
  expect(ids(await there.recent(ann))).toEqual(["event-2", "event-1"]);
});

test("memory is bounded over all visitors, and what was let go of is read again", async () => {
  const facts = memorySealedFacts();
  const reads = jest.spyOn(facts, "newest");
  const trails = createTrails({ facts, choices: memoryChoices(), eventsMax: 10 });
  for (let n = 0; n < 8; n++) await trails.add(visitorSubject(`visitor-${n}-0123456789`), [viewed(n), viewed(n + 10)]);
  expect(reads).toHaveBeenCalledTimes(8);
  expect(ids(await trails.recent(visitorSubject("visitor-0-0123456789")))).toEqual(["event-10", "event-0"]);
  expect(reads).toHaveBeenCalledTimes(9);
});

test("those who come together read together", async () => {
  const facts = memorySealedFacts();
  const reads = jest.spyOn(facts, "newest");
  const trails = createTrails({ facts, choices: memoryChoices() });
  await Promise.all([trails.recent(ann), trails.recent(ann), trails.add(ann, [viewed(1)])]);
  expect(reads).toHaveBeenCalledTimes(1);
  expect(ids(await trails.recent(ann))).toEqual(["event-1"]);
});

test("what is forgotten while it is being read does not come back", async () => {
  const facts = memorySealedFacts();
  await createTrails({ facts, choices: memoryChoices() }).add(ann, [viewed(1)]);
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  const rows = facts.every();
  jest.spyOn(facts, "newest").mockImplementationOnce(() => held.then(() => rows));
  const trails = createTrails({ facts, choices: memoryChoices() });
  const reading = trails.recent(ann);
  await trails.forget(ann);
  go();
  await reading;
  expect(await trails.recent(ann)).toEqual([]);
});

test("a store that does not answer is told as such, and nothing is held that is not durable", async () => {
  const facts = memorySealedFacts();
  const trails = createTrails({ facts, choices: memoryChoices() });
  jest.spyOn(facts, "add").mockRejectedValueOnce(new Error("no connection"));
  await expect(trails.add(ann, [viewed(1)])).rejects.toMatchObject({ type: "STORE_UNAVAILABLE" });
  expect(await trails.recent(ann)).toEqual([]);
  await trails.add(ann, [viewed(1)]);
  expect(ids(await trails.recent(ann))).toEqual(["event-1"]);
});

test("a fact that was changed or moved to somebody else does not open", async () => {
  const facts = memorySealedFacts();
  await createTrails({ facts, choices: memoryChoices() }).add(ann, [viewed(1)]);
  const [row] = facts.every();
  const ben = visitorSubject("ben-0123456789-0123456789");
  jest.spyOn(facts, "newest").mockResolvedValue(row ? [{ ...row, who: ben.who }] : []);
  await expect(createTrails({ facts, choices: memoryChoices() }).recent(ben)).rejects.toThrow();
});
