import { FIRST_MODERATION } from "../../../../ml/moderation/first";
import { run, type LabelledText } from "../../../../ml/moderation/learning";
import { verdictOf } from "../../../../ml/moderation/learn.service";
import { moderator } from "../../../../ml/moderation/model";
import { judgedAgain, judgedText } from "../../../../ml/moderation/taken";
import type { DecisionFact } from "../../../../models/decision/decision.data.contract";
import { takenKeys } from "../../../../models/decision/decision.data.contract";
import { unexplained } from "../../../../models/decision/decision.words.contract";
import Joi from "joi";

const first = moderator(FIRST_MODERATION);
const verdict = (text: string): string | undefined => judgedText(first, text, "en").verdict;

describe("what judges texts before anything was learnt", () => {
  it("publishes what is fit, holds insults, rejects calls for violence", () => {
    expect(verdict("A solid lamp. The shade is a little dark, but I like it.")).toBe("publish");
    expect(verdict("Der Verkäufer ist ein Vollidiot")).toBe("hold");
    expect(verdict("People like you should be killed")).toBe("reject");
    expect(verdict("")).toBe("publish");
  });

  it("tells why in parts that sum, within what a decision may hold, and comes to the same again", () => {
    for (const text of ["You are all morons, idiots and liars!", "Nice 👍🏽 lamp ".repeat(300), "좋아요 😀"]) {
      const taken = judgedText(first, text, "en");
      expect(unexplained(taken)).toBe(0);
      expect(Joi.object(takenKeys).validate(taken).error).toBeUndefined();
      expect(judgedAgain(first, JSON.parse(JSON.stringify(taken)) as typeof taken)).toEqual(taken);
    }
    expect(judgedText(first, "You moron", "en").reasons?.[0]?.text["en"]).toContain("“moron”");
  });
});

const fit = ["a good lamp", "it works well", "quick delivery", "nice colour", "as described"];
const unfit = ["you zorg seller", "what a zorg shop", "zorg people here", "only a zorg sells this", "zorg zorg"];
const textsOf = (count: number): LabelledText[] =>
  Array.from({ length: count }, (_, i) =>
    i % 2 === 0
      ? { text: `${fit[i % fit.length] ?? ""} number ${i}`, verdict: "publish" as const }
      : { text: `${unfit[i % unfit.length] ?? ""} number ${i}`, verdict: "hold" as const },
  );

describe("what is learnt from people's decisions", () => {
  it("finds the words of this mall, which what ships does not know", async () => {
    const learnt = await run({ texts: textsOf(140), seed: 1 });
    if ("skipped" in learnt) throw new Error(learnt.skipped);
    expect(learnt.metrics["macro-F1"]).toBeGreaterThan(0.95);
    expect(learnt.baseline["macro-F1"]).toBeLessThan(0.5);
    expect(judgedText(moderator(learnt.model), "such a zorg", "en").verdict).toBe("hold");
    expect((await run({ texts: textsOf(140), seed: 1 })) as unknown).toEqual(learnt);
  });

  it("learns nothing from too few", async () => {
    const learnt = await run({ texts: textsOf(40), seed: 1 });
    expect("skipped" in learnt ? learnt.skipped : "").toContain("needed");
  });

  it("takes a person's word, silence only after a week, and knows nothing of what is held and undecided", () => {
    const fact = (was: string) =>
      ({ at: "2026-01-01T00:00:00.000Z", taken: { verdict: was } }) as unknown as DecisionFact;
    const [early, late] = ["2026-01-02T00:00:00.000Z", "2026-01-20T00:00:00.000Z"];
    expect(verdictOf(fact("hold"), "publishable", early)).toBe("publish");
    expect(verdictOf(fact("publish"), "unpublishable", early)).toBe("hold");
    expect(verdictOf(fact("reject"), "unpublishable", early)).toBe("reject");
    expect(verdictOf(fact("publish"), undefined, early)).toBeNull();
    expect(verdictOf(fact("publish"), undefined, late)).toBe("publish");
    expect(verdictOf(fact("hold"), undefined, late)).toBeNull();
  });
});
