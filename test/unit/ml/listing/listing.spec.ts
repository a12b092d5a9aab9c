/** Where a product may belong: by what is like it, by what was learnt of titles; told in parts that sum, and again. */
import Joi from "joi";
import { run } from "../../../../ml/listing/learning";
import { FIRST_LISTING, suggester } from "../../../../ml/listing/model";
import { suggested, suggestedAgain } from "../../../../ml/listing/taken";
import { takenKeys, type Taken } from "../../../../models/decision/decision.data.contract";
import { CHOSEN_FIRST } from "../../../../models/model/model.shadow.contract";
import { unexplained } from "../../../../models/decision/decision.words.contract";

const [LAMPS, RUGS] = ["p:Home/Lighting", "p:Home/Rugs"] as const;
const alike = [
  { text: "Arc lamp Meridian", place: LAMPS },
  { text: "Desk lamp", place: LAMPS },
  { text: "Lamp rug", place: RUGS },
];
const first = suggester(FIRST_LISTING);
const kept = (taken: Taken): Taken => JSON.parse(JSON.stringify(taken)) as Taken;

describe("what ships", () => {
  it("goes by what is like it, the likest most, and says which", () => {
    const found = suggested(first, "Arc lamp", alike);
    expect(found?.places.map(({ place }) => place)).toEqual([LAMPS, RUGS]);
    expect(found?.places[0]?.share).toBeCloseTo((1 + 1 / 2) / (1 + 1 / 2 + 1 / 3), 12);
    expect(found?.places[0]?.because).toEqual(["Arc lamp Meridian", "Desk lamp"]);
    expect(found?.taken.features).toMatchObject({ [CHOSEN_FIRST]: LAMPS, suggested_2: RUGS });
    expect(suggested(first, "Arc lamp", [])).toBeNull();
  });

  it("is kept whole: parts that sum, within what a decision may hold, the same again", () => {
    const long = { text: `Lamp ${"very ".repeat(200)}`, place: `p:${"Home/".repeat(60)}` };
    const taken = suggested(first, "Arc lamp ".repeat(100), [...alike, long])?.taken as Taken;
    expect(unexplained(taken)).toBe(0);
    expect(Joi.object(takenKeys).validate(taken).error).toBeUndefined();
    expect(suggestedAgain(first, kept(taken))).toEqual(taken);
  });
});

const kinds = [
  { place: LAMPS, words: ["lamp", "bulb", "shade"] },
  { place: RUGS, words: ["rug", "runner", "carpet"] },
] as const;
/** Each title shares two words with those of the other place, and one with those of its own. */
const titles = Array.from({ length: 240 }, (_, i) => {
  const { place, words } = kinds[i % 2] ?? kinds[0];
  return { text: `${words[i % 3] ?? ""} grand nord ${i}`, place };
});

describe("what is learnt of titles", () => {
  it("finds the words of each place, and says them; seeded", async () => {
    const learnt = await run({ titles, seed: 1 });
    if ("skipped" in learnt) throw new Error(learnt.skipped);
    expect(learnt.metrics["ACC"]).toBe(1);
    expect(learnt.baseline["ACC"]).toBeGreaterThan(0.4);
    const found = suggested(suggester(learnt.model), "a shade", []);
    expect(found?.places[0]).toMatchObject({ place: LAMPS, because: ["shade"] });
    expect(found?.taken.features[CHOSEN_FIRST]).toBe(LAMPS);
    expect(unexplained(found?.taken as Taken)).toBe(0);
    expect(suggestedAgain(suggester(learnt.model), kept(found?.taken as Taken))).toEqual(found?.taken);
    expect(await run({ titles, seed: 1 })).toEqual(learnt);
  });

  it("learns nothing of one place, or of too few titles", async () => {
    for (const few of [titles.slice(0, 60), titles.map(({ text }) => ({ text, place: LAMPS }))]) {
      expect(await run({ titles: few, seed: 1 })).toHaveProperty("skipped");
    }
  });
});
