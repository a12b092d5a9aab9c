import { trainedText } from "../../../bin/train/trained-text";
import type { ModelView } from "../../../models/model/model.contract";

const none: ModelView = {
  ...{ id: "fraud", version: 1, champion: null, versions: [], everyHours: 0, training: null, skipped: null },
};
const card = {
  ...{ data: "a month", rows: 900, features: [], measure: "AP", metrics: { AP: 0.51 }, baseline: { AP: 0.62 } },
  ...{ against: null, seed: 1, libraries: {} },
};
const declined = {
  number: 2,
  hash: "a".repeat(64),
  standing: "declined",
  card,
  at: "2026-01-01T00:00:00.000Z",
} as const;

it("says what came of a training: nothing, a version that decides, or one that is worse", () => {
  expect(trainedText({ ...none, skipped: { at: declined.at, why: "Too few." } })).toBe(
    "fraud: nothing was learnt. Too few.",
  );
  expect(trainedText({ ...none, versions: [{ ...declined, why: "It is worse." }] })).toBe(
    "fraud version 2: declined. It is worse.\nlearnt from 900 of a month; AP 0.5100, baseline 0.6200",
  );
  expect(trainedText({ ...none, versions: [{ ...declined, standing: "champion", why: null }] })).toMatch(
    /^fraud version 2: champion\n/,
  );
});
