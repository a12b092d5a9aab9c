/** Facts are recorded in their order, each once, however often and however late they are read. */
import { recordFrom, type Trail } from "../../../../bin/node/recording";
import type { Fact } from "../../../../models/kernel/facts";

const BEGINNING = new Date(0).toISOString();
const fact = (n: number): Fact => {
  const at = new Date(Date.UTC(2026, 0, 1) + n).toISOString();
  return { _id: `${at}/${n}`, at };
};

function kept(facts: Fact[]): Trail {
  const since = (at: string, limit: number) =>
    Promise.resolve(
      facts
        .filter((one) => one.at >= at)
        .sort((a, b) => (a.at < b.at ? -1 : 1))
        .slice(0, limit),
    );
  return { collection: "facts", trail: { since }, seen: new Map() };
}

function book() {
  const ids: string[] = [];
  const readFacts = (_collection: string, facts: readonly Fact[]): Promise<void> => {
    ids.push(...facts.map(({ _id }) => _id));
    return Promise.resolve();
  };
  return { ids, recorder: { readFacts } };
}

it("reads page after page to the end, and says how far it came", async () => {
  const facts = Array.from({ length: 1_203 }, (_, n) => fact(n));
  const { ids, recorder } = book();
  expect(await recordFrom(recorder, kept(facts), BEGINNING)).toBe(facts.at(-1)?.at);
  expect(ids).toEqual(facts.map(({ _id }) => _id));
});

it("reads again what is a moment old, for what came late, and records only that", async () => {
  const facts = [fact(0), fact(5_000)];
  const trail = kept(facts);
  const { ids, recorder } = book();
  const reached = await recordFrom(recorder, trail, BEGINNING);
  facts.push(fact(2_000));
  await recordFrom(recorder, trail, fact(0).at);
  expect([ids.length, ids.at(-1), reached]).toEqual([3, fact(2_000)._id, fact(5_000).at]);
});

it("remembers the last moments only", async () => {
  const trail = kept(Array.from({ length: 400 }, (_, n) => fact(n * 1_000)));
  await recordFrom(book().recorder, trail, BEGINNING);
  expect(trail.seen.size).toBeLessThan(20);
});

it("leaves off where nothing could be recorded", async () => {
  const failing = { readFacts: () => Promise.reject(new Error("the engine is away")) };
  const trail = kept([fact(0)]);
  await expect(recordFrom(failing, trail, BEGINNING)).rejects.toThrow("away");
  expect(trail.seen.size).toBe(0);
});
