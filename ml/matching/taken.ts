/** A judgement of two products as a decision that is kept: both as they were judged, and what spoke for it. Pure. */
import type { FeatureValue, Taken } from "../../models/decision/decision.data.contract";
import type { Text } from "../../models/kernel/text";
import { RECORD_MAX, type MatchRecord } from "../../models/matching/matching.contract";
import { sigmoid } from "../kernel/trees/boost";
import { textFeatures, textOf } from "../kernel/text/telling";
import { MATCH_FEATURES } from "./features";
import { matchOf, type MatchModel } from "./model";
import type { Pair, ProductRecord } from "./pairs";

type Feature = (typeof MATCH_FEATURES)[number];

/** Of what speaks for a double; a feature without words is told by its name to staff alone. */
const WORDS: Partial<Readonly<Record<Feature, string>>> = {
  title_cosine: "The titles share their words.",
  all_cosine: "What is said of both is much the same.",
  title_in_all: "The one's title stands in what is said of the other.",
  shared_of_left: "Nearly all of its title stands in the other's.",
  shared_of_right: "Nearly all of the other's title stands in its own.",
  rarest_shared: "Both have a word that is rare.",
  letters_alike: "The titles are written alike.",
  codes_shared: "Both name the same article number.",
  code_within: "The one's article number stands in the other.",
  numbers_shared: "The numbers in their titles are the same.",
  brand_alike: "Both are of the same brand.",
  price_factor: "They cost about the same.",
};
const BECAUSE_MAX = 3;

const cutTo = (record: MatchRecord): MatchRecord => ({
  title: record.title.slice(0, RECORD_MAX.title),
  brand: record.brand.slice(0, RECORD_MAX.brand),
  price: record.price,
  all: record.all.slice(0, RECORD_MAX.all),
});

const recordOf = ({ title, brand, price, all }: MatchRecord): ProductRecord => ({
  ...{ title, brand, code: "", all },
  price: price === null || price === 0 ? NaN : price,
});

function featuresOf(side: string, { title, brand, price, all }: MatchRecord): Record<string, FeatureValue> {
  const said = { title, brand, price, ...textFeatures(all) };
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [`${side}_${name}`, value]));
}

function recordIn(side: string, features: Taken["features"]): MatchRecord {
  const of = Object.fromEntries(
    Object.entries(features).flatMap(([name, value]) =>
      name.startsWith(`${side}_`) ? [[name.slice(side.length + 1), value] as const] : [],
    ),
  );
  const price = typeof of["price"] === "number" ? of["price"] : null;
  return { title: String(of["title"] ?? ""), brand: String(of["brand"] ?? ""), price, all: textOf(of) };
}

/** The pair that was judged, for whoever learns from what people said of it. */
export const pairIn = ({ features }: Taken, same: boolean): Pair => ({
  left: recordOf(recordIn("left", features)),
  right: recordOf(recordIn("right", features)),
  label: same ? 1 : 0,
});

export function matched(model: MatchModel, own: MatchRecord, other: MatchRecord): Taken {
  const [left, right] = [cutTo(own), cutTo(other)];
  const { same, score, contributions } = matchOf(model, { left: recordOf(left), right: recordOf(right) });
  const parts = contributions.map(({ feature, contribution }) => ({ name: feature, value: contribution }));
  const told = parts.filter(({ name, value }) => value > 0 && WORDS[name as Feature] !== undefined);
  return {
    features: { ...featuresOf("left", left), ...featuresOf("right", right) },
    contributions: parts,
    // what is said of any two products
    residual: score - parts.reduce((sum, { value }) => sum + value, 0),
    ...{ score, verdict: same ? "same" : "different" },
    reasons: told.slice(0, BECAUSE_MAX).map(({ name }) => ({
      code: name.toUpperCase(),
      text: { en: WORDS[name as Feature] ?? "" },
    })),
  };
}

export const matchedAgain = (model: MatchModel, { features }: Taken): Taken =>
  matched(model, recordIn("left", features), recordIn("right", features));

export const becauseOf = ({ reasons = [] }: Taken): readonly Text[] => reasons.map(({ text }) => text);

/** How likely it is that both are one, with the border in the middle. */
export const probabilityOf = ({ border }: MatchModel, { score }: Taken): number => sigmoid(score - border);
