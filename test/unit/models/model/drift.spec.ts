/** Whether the world is still the one that a model learnt from, and what follows when it is not. */
import { championOf, model, type KnownModel, type ModelEvent } from "../../../../models/model/model.aggregate";
import { alarmOf, psiOf, shiftsOf } from "../../../../models/model/model.drift.contract";
import { given, NOW } from "../../../support/given";

const spread = (count: number, shift = 0, stretch = 1): number[] =>
  Array.from({ length: count }, (_, i) => (((i * 7919) % count) / count) * stretch + shift);

describe("the population stability index", () => {
  it("is nothing where nothing moved, and more the further it moved", () => {
    expect(psiOf(spread(1_000), spread(1_000))).toBeCloseTo(0, 6);
    const [little, much] = [psiOf(spread(1_000), spread(1_000, 0.05)), psiOf(spread(1_000), spread(1_000, 0.5))];
    expect(little).toBeLessThan(0.25);
    expect(much).toBeGreaterThan(0.25);
  });

  it("is as counted by hand", () => {
    const [was, is] = [
      [...new Array<number>(50).fill(0), ...new Array<number>(50).fill(1)],
      [...new Array<number>(25).fill(0), ...new Array<number>(75).fill(1)],
    ];
    // borders 0 and 1: below 0 nobody (half a one), 0 to 1 the zeros, above the ones
    expect(psiOf(was, is)).toBeCloseTo((0.25 - 0.5) * Math.log(0.5) + (0.75 - 0.5) * Math.log(1.5), 10);
  });

  it("says nothing of too few, and names the features that moved most", () => {
    expect(psiOf(spread(49), spread(1_000))).toBeNull();
    const seen = (shift: number) =>
      spread(100).map((x) => ({ score: x, features: { still: x, moved: x + shift, word: "a" } }));
    expect(shiftsOf(seen(0), seen(0.6)).map(({ name }) => name)).toEqual(["moved", "still"]);
  });
});

it("alarms at scores that moved, and at what does not come true; not at a few", () => {
  expect(alarmOf(0.3, null)).toContain("0.30");
  expect(alarmOf(0.1, { count: 100, said: 0.05, came: 0.3 })).toContain("0.300");
  expect(alarmOf(0.1, { count: 10, said: 0.05, came: 0.3 })).toBeNull();
  expect(alarmOf(0.1, { count: 100, said: 0.05, came: 0.08 })).toBeNull();
  expect(alarmOf(null, null)).toBeNull();
});

const [A, B] = ["a".repeat(64), "b".repeat(64)];
const EARLIER = "2026-01-01T00:00:00.000Z";
const card = {
  ...{ data: "payments", rows: 1, features: [], measure: "AP", metrics: { AP: 0.9 }, baseline: { AP: 0.1 } },
  ...{ against: null, seed: 1, libraries: {} },
};
const events: ModelEvent[] = [A, B].flatMap((hash): ModelEvent[] => [
  { type: "model.registered", data: { hash, card, at: EARLIER } },
  { type: "model.promoted", data: { hash, at: EARLIER } },
]);
const history = given(model);

it("is looked at a day after it began to decide; on an alarm the version before decides again", () => {
  const state = history(...events).state as KnownModel;
  expect(model.due?.(state)).toEqual([{ at: "2026-01-02T00:00:00.000Z", command: "model.guard", params: {} }]);
  const watched: ModelEvent = { type: "model.watched", data: { alarm: null, at: NOW } };
  history(...events)
    .when("model.watch", { id: "fraud", alarm: null })
    .then(watched);
  const alarmed: ModelEvent[] = [
    { type: "model.watched", data: { alarm: "It moved.", at: NOW } },
    { type: "model.rolledBack", data: { to: A, at: NOW } },
  ];
  history(...events)
    .when("model.watch", { id: "fraud", alarm: "It moved." })
    .then(...alarmed);
  const after = history(...events, ...alarmed).state as KnownModel;
  expect(championOf(after)?.hash).toBe(A);
  expect(after.versions.find(({ hash }) => hash === B)).toMatchObject({ standing: "retired", why: "It moved." });
});

it("is not looked at where nothing learnt decides", () => {
  history().when("model.watch", { id: "fraud", alarm: "It moved." }).then();
  expect(model.due?.(history().state)).toEqual([]);
});
