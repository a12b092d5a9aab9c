/** Experiments: drawn up, begun, ended, by hand or by plan; who sees what, always the same; two rankers in one list. */
import { TEXT_WEIGHTS } from "../../../../indexers/product/products.weights.query";
import {
  experiment,
  type ExperimentCommands,
  type ExperimentState,
} from "../../../../models/experiment/experiment.aggregate";
import { assigned, placeOf } from "../../../../models/experiment/experiment.assignment.contract";
import { SIGNS, type ExperimentContent } from "../../../../models/experiment/experiment.content.contract";
import { experimentContract } from "../../../../models/experiment/experiment.contract";
import { interleaved, preferred } from "../../../../models/experiment/experiment.interleaving.contract";
import { erased, fold } from "../../../../models/kernel/aggregate";

const NOW = "2026-01-01T00:00:00.000Z";
const SOON = "2026-01-02T00:00:00.000Z";
const LATER = "2026-01-09T00:00:00.000Z";
const content: ExperimentContent = {
  ...{ name: "Taste", question: "Do visitors click more when searches go by what they like?", metric: "click" },
  design: "split",
  arms: [
    { name: "plain", share: 0.5, ranking: { personal: false } },
    { name: "personal", share: 0.3, ranking: {} },
  ],
};

type Command = keyof ExperimentCommands;
type Done = readonly [Command, object];

function after(...commands: readonly Done[]): ExperimentState {
  return commands.reduce<ExperimentState>((state, [name, params]) => {
    const events = erased(experiment).decide[name]?.(state, params, NOW) ?? [];
    return fold(erased(experiment), state, events) as ExperimentState;
  }, experiment.initial);
}

const create: Done = ["experiment.create", content];
const start: Done = ["experiment.start", { id: "e" }];
const stop: Done = ["experiment.stop", { id: "e", winner: "personal" }];
const schedule = (more: object): Done => ["experiment.schedule", { id: "e", ...more }];
const dueOf = (...commands: readonly Done[]) =>
  experiment.due?.(after(...commands)).map(({ at, command }) => [at, command]);

it("is drawn up, revised, begun and ended, once each", () => {
  const drawn = { content, from: null, until: null };
  expect(after(create)).toEqual({ status: "draft", ...drawn });
  expect(after(create, ["experiment.revise", { id: "e", metric: "cart" }])).toMatchObject({
    content: { metric: "cart" },
  });
  expect(after(create, start, start)).toEqual({ status: "running", ...drawn, startedAt: NOW });
  expect(after(create, start, stop, stop)).toMatchObject({ status: "stopped", winner: "personal", stoppedAt: NOW });
});

it("begins and ends by itself, when it is said so", () => {
  const planned = schedule({ from: SOON, until: LATER });
  expect(dueOf(create)).toEqual([]);
  expect(dueOf(create, planned)).toEqual([[SOON, "experiment.start"]]);
  expect(dueOf(create, planned, start)).toEqual([[LATER, "experiment.stop"]]);
  expect(dueOf(create, start, schedule({ until: SOON }))).toEqual([[SOON, "experiment.stop"]]);
  expect(dueOf(create, planned, start, stop)).toEqual([]);
});

const armsOf = (...shares: readonly number[]) => shares.map((share, at) => ({ name: `arm-${at}`, share, ranking: {} }));

it.each<[string, () => unknown, string]>([
  ["drawn up twice", () => after(create, create), "ALREADY_EXISTS"],
  ["begun before it is there", () => after(start), "NOT_FOUND"],
  ["ended before it is there", () => after(stop), "NOT_FOUND"],
  ["ended before it is begun", () => after(create, stop), "EXPERIMENT_STATUS"],
  ["begun again", () => after(create, start, stop, start), "EXPERIMENT_STATUS"],
  ["changed when it runs", () => after(create, start, ["experiment.revise", { metric: "cart" }]), "EXPERIMENT_STATUS"],
  ["planned when it is over", () => after(create, start, stop, schedule({ until: SOON })), "EXPERIMENT_STATUS"],
  ["begun by plan when it runs", () => after(create, start, schedule({ from: SOON })), "EXPERIMENT_STATUS"],
  ["over before it begins", () => after(create, schedule({ from: LATER, until: SOON })), "EXPERIMENT_TIMES"],
  ["over already", () => after(create, start, schedule({ until: NOW })), "EXPERIMENT_TIMES"],
  ["won by nobody it knows", () => after(create, start, ["experiment.stop", { winner: "x" }]), "EXPERIMENT_ARMS"],
  ["for more than all", () => after(["experiment.create", { ...content, arms: armsOf(0.6, 0.6) }]), "EXPERIMENT_ARMS"],
  [
    "a list of three in turns",
    () => after(["experiment.create", { ...content, design: "interleaved", arms: armsOf(0.3, 0.3, 0.3) }]),
    "EXPERIMENT_ARMS",
  ],
  [
    "a list in turns by what is bought",
    () => after(["experiment.create", { ...content, design: "interleaved", metric: "purchase" }]),
    "EXPERIMENT_ARMS",
  ],
])("cannot be %s", (_what, act, type) => expect(act).toThrow(expect.objectContaining({ type }) as Error));

it("weighs signs that there are, and no others", () => {
  expect(SIGNS.filter((sign) => !(sign in TEXT_WEIGHTS))).toEqual([]);
  const { params } = experimentContract.actions["experiment.create"];
  const weighing = (weights: object) => ({
    ...content,
    arms: armsOf(0.5, 0.5).map((arm) => ({ ...arm, ranking: { weights } })),
  });
  expect(params.validate(weighing({ title: 1.2 })).error).toBeUndefined();
  expect(params.validate(weighing({ luck: 2 })).error).toBeDefined();
});

describe("an assignment", () => {
  const units = Array.from({ length: 20_000 }, (_none, n) => `visitor-${n}`);
  const shareOf = (arm: number | null): number =>
    units.filter((unit) => assigned("e-1", content.arms, unit) === arm).length / units.length;

  it("is always the same, and as large as its share", () => {
    const again = units.map((unit) => assigned("e-1", content.arms, unit));
    expect(units.map((unit) => assigned("e-1", content.arms, unit))).toEqual(again);
    expect(Math.abs(shareOf(0) - 0.5)).toBeLessThan(0.015);
    expect(Math.abs(shareOf(1) - 0.3)).toBeLessThan(0.015);
    expect(Math.abs(shareOf(null) - 0.2)).toBeLessThan(0.015);
  });

  it("of one experiment says nothing of another", () => {
    const both = units.filter((unit) => placeOf("e-1", unit) < 0.5 && placeOf("e-2", unit) < 0.5).length;
    expect(Math.abs(both / units.length - 0.25)).toBeLessThan(0.015);
  });
});

describe("interleaving", () => {
  const coin = (heads: boolean) => () => heads;

  it("takes from each in turn what is not there yet, until the list is full or both are empty", () => {
    const list = interleaved(["x", "y", "z"], ["y", "x", "w"], { size: 4, coin: coin(true) });
    expect(list.map(({ id, team }) => id + team)).toEqual(["xa", "yb", "za", "wb"]);
    expect(interleaved(["x"], ["x"], { size: 9, coin: coin(false) })).toEqual([{ id: "x", team: "b" }]);
  });

  it("prefers the ranker whose products were clicked, and none in a draw", () => {
    const list = interleaved(["x", "y"], ["u", "v"], { size: 4, coin: coin(true) });
    expect(preferred(list, ["x", "y", "u"])).toBe("a");
    expect(preferred(list, ["v"])).toBe("b");
    expect([preferred(list, ["x", "u"]), preferred(list, [])]).toEqual([null, null]);
  });

  it("does not favour either of two equal rankers, and finds the one that puts what is wanted higher", () => {
    // whoever looks stops at the first thing they want, or at the fifth
    const wins = (a: readonly string[], b: readonly string[]): number[] => {
      const won = { a: 0, b: 0 };
      for (let n = 0; n < 2_000; n++) {
        const list = interleaved(a, b, { size: 6, coin: (round) => placeOf(`coin ${n}`, String(round)) < 0.5 });
        const clicked = list.slice(0, 5).find(({ id }) => id === "wanted");
        const team = clicked ? preferred(list, [clicked.id]) : null;
        if (team) won[team] += 1;
      }
      return [won.a, won.b];
    };
    const near = ["x", "wanted", "y", "z", "v", "w"];
    const far = ["x", "y", "z", "v", "w", "wanted"];
    const [a = 0, b = 0] = wins(near, near);
    expect(Math.abs(a / (a + b) - 0.5)).toBeLessThan(0.04);
    const [better = 0, worse = 0] = wins(near, far);
    expect(better).toBeGreaterThan(3 * worse);
  });
});
