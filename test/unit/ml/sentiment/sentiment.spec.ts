import { FIRST_SENTIMENT } from "../../../../ml/sentiment/first";
import { run } from "../../../../ml/sentiment/learning";
import { readAgain, readText, reviewReader, sidesOf } from "../../../../ml/sentiment/taken";
import { unexplained } from "../../../../models/decision/decision.words.contract";

const first = reviewReader(FIRST_SENTIMENT);

describe("what reads reviews before anything was learnt", () => {
  it("tells praise from complaint, turned round by a not, and sides clause by clause", () => {
    expect(readText(first, "A great lamp, I love it", "en").verdict).toBe("praise");
    expect(readText(first, "not good", "en").verdict).toBe("complaint");
    expect(readText(first, "Leider kaputt", "de").verdict).toBe("complaint");
    expect(readText(first, "It stands on the table", "en").verdict).toBe("mixed");
    expect(sidesOf(first, "The light is great, but the price is terrible.", 10)).toEqual([
      { aspect: "light", tone: "praise" },
      { aspect: "price", tone: "complaint" },
    ]);
  });

  it("tells why in parts that sum, and comes to the same again", () => {
    const taken = readText(first, "great, great, broken and not good at all", "en");
    expect(unexplained(taken)).toBe(0);
    expect(readAgain(first, JSON.parse(JSON.stringify(taken)) as typeof taken)).toEqual(taken);
  });
});

it("learns this mall's words from the stars, and nothing from too few", async () => {
  const texts = Array.from({ length: 240 }, (_, i) => ({
    text: i % 2 === 0 ? `truly frabjous thing ${i}` : `a mimsy thing ${i}`,
    praise: i % 2 === 0,
  }));
  const learnt = await run({ texts, seed: 1 });
  if ("skipped" in learnt) throw new Error(learnt.skipped);
  expect(learnt.metrics["ACC"]).toBeGreaterThan(0.95);
  expect(learnt.metrics["ACC"]).toBeGreaterThan(learnt.baseline["ACC"] ?? 1);
  expect(readText(reviewReader(learnt.model), "frabjous", "en").verdict).toBe("praise");
  expect(await run({ texts: texts.slice(0, 60), seed: 1 })).toHaveProperty("skipped");
});
