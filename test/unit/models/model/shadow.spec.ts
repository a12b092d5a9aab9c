/** How the version that watches would have decided, beside what was decided. */
import { comparedOf, type Pair } from "../../../../models/model/model.shadow.contract";

const pair = (was: string, is: string, label?: string, gap = 0): Pair => ({
  was: { score: 1, verdict: was },
  is: { score: 1 + gap, verdict: is },
  ...(label !== undefined && { label }),
});

it("counts what stays, what moves from where to where, and how far the scores are apart", () => {
  const pairs = [pair("allow", "allow"), pair("allow", "review", undefined, 1), pair("allow", "review", undefined, 2)];
  expect(comparedOf("fraud", pairs)).toEqual({
    ...{ decisions: 3, same: 1, moved: { "allow>review": 2 }, apart: 1, cameTrue: null },
  });
});

it.each([
  ["fraud", [pair("allow", "block", "chargeback"), pair("allow", "review", "confirmed")], { decided: 1, shadow: 1 }],
  [
    "sentiment",
    [pair("praise", "complaint", "complaint"), pair("praise", "praise", "praise")],
    { decided: 1, shadow: 2 },
  ],
  [
    "moderation",
    [pair("hold", "publish", "publishable"), pair("hold", "publish", "unpublishable")],
    { decided: 1, shadow: 1 },
  ],
  ["duplicate", [pair("same", "different", "same")], { decided: 1, shadow: 0 }],
])("says of %s how many came out as they should have", (kind, pairs, right) => {
  expect(comparedOf(kind, pairs).cameTrue).toEqual({ count: pairs.length, ...right });
});

it("says of what chooses one of many how often it chose what it should have", () => {
  const chose = (what: string) => ({ score: 1, features: { suggested_1: what, suggested_2: "c:rugs" } });
  const pairs: Pair[] = [
    { was: chose("c:lamps"), is: chose("c:lamps"), label: "taken", what: "c:lamps" },
    { was: chose("c:lamps"), is: chose("c:bulbs"), label: "other", what: "c:bulbs" },
    { was: chose("c:lamps"), is: chose("c:bulbs"), label: "taken", what: "c:rugs" },
    // which it was instead nobody said
    { was: chose("c:lamps"), is: chose("c:bulbs"), label: "other" },
  ];
  expect(comparedOf("category", pairs)).toMatchObject({
    ...{ decisions: 4, same: 1, moved: {}, apart: 0 },
    cameTrue: { count: 3, decided: 1, shadow: 2 },
  });
});

it("goes by the score where a kind has no verdict, and says nothing where nothing was decided", () => {
  const without: Pair = { was: { score: 2 }, is: { score: 2 }, label: "taken" };
  expect(comparedOf("category", [without, { ...without, is: { score: 3 } }])).toMatchObject({
    same: 1,
    cameTrue: null,
  });
  expect(comparedOf("fraud", [])).toEqual({ decisions: 0, same: 0, moved: {}, apart: null, cameTrue: null });
});
