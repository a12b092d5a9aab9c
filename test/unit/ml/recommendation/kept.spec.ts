import { decisionsIn, type KeptDecision } from "../../../../models/decision/decision.page.contract";
import { createKept, type Shown } from "../../../../ml/recommendation/kept.service";

const model = { name: "recommendation", version: 1, hash: "h" };
const shown = (n: number, more: Partial<Shown> = {}): Shown => ({
  ...{ model, subject: null, about: { type: "page", id: n % 2 === 0 ? "for-you" : "trending" } },
  taken: {
    features: { kind: "for-you", limit: 30, history_1: `p${n}`, shown_1: "lamp" },
    contributions: [{ name: "shown_1", value: n / 3 }],
    ...{ residual: 0, score: n / 3 },
  },
  ...more,
});

function createHere() {
  const facts: KeptDecision[] = [];
  const writes: number[] = [];
  const timers: (() => void)[] = [];
  const warned: unknown[] = [];
  let fails = false;
  const kept = createKept({
    decisions: {
      write: (some) => {
        writes.push(some.length);
        facts.push(...some);
        return fails ? Promise.reject(new Error("away")) : Promise.resolve();
      },
    },
    now: () => "2026-01-01T00:00:00.000Z",
    later: (_milliseconds, then) => void timers.push(then),
    warn: (error) => warned.push(error),
  });
  return { kept, facts, writes, timers, warned, fail: () => (fails = true) };
}

describe("what was recommended", () => {
  it("lies in one fact for all of a moment, and each is told as if it had been kept by itself", () => {
    const { kept, facts, timers } = createHere();
    const ids = [0, 1, 2].map((n) => kept.keep(shown(n)));
    expect(facts).toEqual([]);
    timers.forEach((then) => then());
    expect(facts).toHaveLength(1);
    const told = facts.flatMap(decisionsIn);
    expect(told.map(({ id }) => id)).toEqual(ids);
    expect(told.map(({ aboutId }) => aboutId)).toEqual(["for-you", "trending", "for-you"]);
    expect(told.map(({ taken }) => taken)).toEqual([0, 1, 2].map((n) => shown(n).taken));
    expect(new Set(told.map(({ subject }) => subject))).toEqual(new Set([null]));
  });

  it("of another model, or about other things, lies apart", () => {
    const { kept, facts } = createHere();
    kept.keep(shown(0));
    kept.keep(shown(1, { model: { ...model, hash: "other" } }));
    kept.keep(shown(2, { about: { type: "product", id: "lamp" } }));
    kept.flush();
    expect(facts.map((fact) => [fact.model.hash, fact.aboutType])).toEqual([
      ["h", "page"],
      ["other", "page"],
      ["h", "product"],
    ]);
  });

  it("of somebody who is known is a fact of its own at once: it is sealed with their key", () => {
    const { kept, facts } = createHere();
    const id = kept.keep(shown(0, { subject: "ann" }));
    expect(facts).toEqual([expect.objectContaining({ id, subject: "ann", aboutId: "for-you" })]);
  });

  it("is written when a hundred wait, and not a second time when their moment is over", () => {
    const { kept, facts, timers } = createHere();
    const ids = Array.from({ length: 101 }, (_none, n) => kept.keep(shown(n)));
    expect(facts).toHaveLength(1);
    timers.forEach((then) => then());
    kept.flush();
    expect(facts).toHaveLength(2);
    expect(facts.flatMap(decisionsIn).map(({ id }) => id)).toEqual(ids);
    expect(new Set(ids).size).toBe(101);
  });

  it("that cannot be kept is told to the log, and to nobody who asks", async () => {
    const { kept, warned, fail } = createHere();
    fail();
    kept.keep(shown(0));
    kept.flush();
    await Promise.resolve().then(() => Promise.resolve());
    expect(warned).toEqual([new Error("away")]);
  });
});
