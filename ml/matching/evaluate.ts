/** Matching of offers on published pairs: each `…train…` file teaches, the `…valid…` of the same name judges. */
import { LIBRARIES } from "../kernel/card";
import { figuresLine, type Evaluate, type Evaluation } from "../kernel/evaluation";
import { f1Of } from "../kernel/metrics";
import { textOf } from "../kernel/table";
import path from "node:path";

import { learnRarity, MATCH_FEATURES, matchFeatures } from "./features";
import { matchOf, trainMatching, type MatchModel } from "./model";
import { pairsIn, type Pair } from "./pairs";

/** The figures to reach, of classical matchers on these sets. */
const PUBLISHED: Readonly<Record<string, number>> = { "Abt-Buy": 0.63, "Amazon-Google": 0.69, "Walmart-Amazon": 0.67 };

interface Files {
  readonly name: string;
  readonly train: string;
  readonly valid: string;
}

function grouped(files: readonly string[]): Files[] {
  const trains = files.filter((file) => path.basename(file).includes("train"));
  return trains.map((train) => {
    const base = path.basename(train);
    const valid = files.find((file) => path.basename(file) === base.replace("train", "valid"));
    if (valid === undefined) throw new Error(`${train} has no ${base.replace("train", "valid")} beside it to judge.`);
    return { name: base.replace(/[_-]?train.*$/, ""), train, valid };
  });
}

const f1 = (truth: readonly Pair[], said: readonly number[]): number =>
  f1Of(
    truth.map(({ label }) => label),
    said,
    1,
  ).f1;

/** The best border on the cosine of titles alone, chosen where it is learnt. */
function cosineBaseline(train: readonly Pair[], valid: readonly Pair[]): number {
  const rarity = learnRarity(train);
  const cosine = (pair: Pair): number => matchFeatures(pair, rarity)[0] as number;
  const scores = train.map(cosine);
  const f1At = (border: number): number =>
    f1(
      train,
      scores.map((score) => (score >= border ? 1 : 0)),
    );
  const borders = Array.from({ length: 19 }, (_, i) => 0.05 * (i + 1));
  const best = borders.reduce((a, b) => (f1At(b) > f1At(a) ? b : a));
  return f1(
    valid,
    valid.map((pair) => (cosine(pair) >= best ? 1 : 0)),
  );
}

export const evaluate: Evaluate = async (files, { seed, told }) => {
  const lines: string[] = [];
  const models: Record<string, MatchModel> = {};
  const metrics: Record<string, number> = {};
  const baseline: Record<string, number> = {};
  let rows = 0;
  const groups = grouped(files);
  if (groups.length === 0) throw new Error(`No …train… file among ${files.join(", ")}.`);
  for (const { name, train, valid } of groups) {
    const [learn, judge] = [pairsIn(await textOf(train)), pairsIn(await textOf(valid))];
    told(`${name}: ${learn.length} pairs to learn from, ${judge.length} to judge`);
    const model = trainMatching(learn, seed);
    models[name] = model;
    rows += learn.length;
    baseline[name] = cosineBaseline(learn, judge);
    metrics[name] = f1(
      judge,
      judge.map((pair) => (matchOf(model, pair).same ? 1 : 0)),
    );
    lines.push(figuresLine(`baseline-cosine ${name}`, { F1: baseline[name] }));
    lines.push(figuresLine(`matching ${name}`, { F1: metrics[name] }));
  }
  const card: Evaluation["card"] = {
    model: "matching",
    data: files.join(", "),
    rows,
    features: MATCH_FEATURES,
    metrics,
    baseline,
    published: PUBLISHED,
    seed,
    libraries: LIBRARIES,
  };
  return { lines, model: models, card };
};
