/** Whether a product is there already: what ships, what is learnt of people's answers, and that each is kept whole. */
import Joi from "joi";
import { FIRST_MATCHING } from "../../../../ml/matching/first";
import { run } from "../../../../ml/matching/learning";
import { matched, matchedAgain, pairIn, probabilityOf } from "../../../../ml/matching/taken";
import { takenKeys, type Taken } from "../../../../models/decision/decision.data.contract";
import { unexplained } from "../../../../models/decision/decision.words.contract";
import type { MatchRecord } from "../../../../models/matching/matching.contract";

const record = (title: string, more: Partial<MatchRecord> = {}): MatchRecord => ({
  ...{ title, brand: "", price: null, all: `${title} ${more.brand ?? ""}`, ...more },
});
const judge = (a: MatchRecord, b: MatchRecord): Taken => matched(FIRST_MATCHING, a, b);

describe("what ships", () => {
  it.each([
    ["Arc lamp Meridian", "Arc Lamp, Meridian", "same"],
    ["Arc lamp Meridian brass", "Arc lamp Meridian", "same"],
    ["Canon EOS 550D body", "Canon EOS-550D Body Kit", "same"],
    ["Desk lamp of oak", "Wall lamp of oak", "different"],
    ["Desk lamp 40 W", "Desk lamp 60 W", "different"],
    ["Arc lamp", "Cotton rug", "different"],
  ])("%s and %s are %s", (a, b, verdict) => {
    expect(judge(record(a, { brand: "Lumora" }), record(b, { brand: "Lumora" })).verdict).toBe(verdict);
  });

  it("holds another brand and another price against it", () => {
    const own = record("Arc lamp Meridian", { brand: "Lumora", price: 100 });
    const scores = [
      record("Arc lamp Meridian", { brand: "Lumora", price: 110 }),
      record("Arc lamp Meridian", { brand: "Lumora", price: 900 }),
      record("Arc lamp Meridian", { brand: "Nord", price: 900 }),
    ].map((other) => judge(own, other).score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(new Set(scores).size).toBe(3);
  });

  it("is kept whole: parts that sum, reasons in words, the same again", () => {
    const long = record("Lamp ".repeat(100), { brand: "Lumora", price: 12.5, all: "Lamp 40 W ".repeat(300) });
    const taken = judge(long, record("Lamp", { brand: "Lumora" }));
    expect(unexplained(taken)).toBe(0);
    expect(Joi.object(takenKeys).validate(taken).error).toBeUndefined();
    expect(matchedAgain(FIRST_MATCHING, JSON.parse(JSON.stringify(taken)) as Taken)).toEqual(taken);
    expect(taken.reasons?.length).toBeGreaterThan(0);
    expect(probabilityOf(FIRST_MATCHING, { ...taken, score: 0 })).toBe(0.5);
  });
});

it("learns from what people answered which words tell products apart, and nothing from too few", async () => {
  const names = Array.from({ length: 60 }, (_, i) => `zorg${i.toString(36)}x`);
  // in this mall one word names the product, and everything else is what sellers put around it
  const pairs = names.flatMap((name, i) => {
    const [own, again] = [record(`Great home thing ${name}`), record(`${name} new offer of today`)];
    const other = record(`Great home thing ${names[(i + 7) % names.length] ?? ""}`);
    return [pairIn(judge(own, again), true), pairIn(judge(own, other), false)];
  });
  const learnt = await run({ pairs, seed: 1 });
  if ("skipped" in learnt) throw new Error(learnt.skipped);
  expect(learnt.metrics["F1"]).toBeGreaterThan(0.95);
  expect(learnt.metrics["F1"]).toBeGreaterThan(learnt.baseline["F1"] ?? 1);
  expect(await run({ pairs: pairs.slice(0, 30), seed: 1 })).toHaveProperty("skipped");
});
