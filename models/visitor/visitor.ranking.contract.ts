/**
 * Why a product stood where it stood: a decision of the kind "rank". What the engine gave for the words and what the
 * mall's rules gave are observed; what the taste gave is decided here, of what was known of both, so that it can be
 * decided again from what was kept. Pure: the same features always give the same parts, bit by bit.
 */
import type { DecidedBy, DecisionReason, FeatureValue, Taken } from "../decision/decision.data.contract";
import { derivedId } from "../kernel/ids";
import { reasonOf, SHARES, type Liking, type LikingKind } from "./visitor.taste.contract";

export const RANKED_BY: DecidedBy = {
  name: "search-taste",
  version: 1,
  hash: derivedId("search-taste", JSON.stringify(SHARES)),
};

/** A liking, and whether the product has what is liked. */
export interface Weighed {
  readonly liking: Liking;
  readonly fits: boolean;
}

export interface RankedPart {
  /** `title`, `phrase`, `pin` … */
  readonly name: string;
  readonly of: "text" | "business";
  readonly value: number;
}

/** A product as a search ranked it. */
export interface Ranked {
  readonly productId: string;
  /** The first is 0. */
  readonly position: number;
  readonly score: number;
  readonly observed: readonly RankedPart[];
  readonly weighed: readonly Weighed[];
}

type Features = Readonly<Record<string, FeatureValue>>;

const TEXT_MAX = 200;
const OBSERVED_MAX = 60;
const kinds = Object.keys(SHARES) as LikingKind[];

function likeFeatures({ liking, fits }: Weighed, i: number): [string, FeatureValue][] {
  const { kind, value, weight, products } = liking;
  const said = { kind, value: value.slice(0, TEXT_MAX), weight, products, fits: fits ? 1 : 0 };
  return Object.entries(said).map(([name, feature]) => [`likes.${i}.${name}`, feature]);
}

/** All that a product's place was decided from. @param search the id of the search */
export function featuresOf({ position, score, observed, weighed }: Ranked, search: string): Features {
  return Object.fromEntries<FeatureValue>([
    ...Object.entries({ search, position, score }),
    ...observed.slice(0, OBSERVED_MAX).map(({ of, name, value }) => [`${of}.${name}`, value] as const),
    ...weighed.flatMap(likeFeatures),
  ]);
}

const isObserved = ([name]: readonly [string, FeatureValue]): boolean => /^(text|business)\./.test(name);

/** The likings of a kind that fit, as they lie in the features. */
function fitting(features: Features, kind: LikingKind): Liking[] {
  const found: Liking[] = [];
  for (let i = 0; features[`likes.${i}.kind`] !== undefined; i++) {
    const at = (name: string): FeatureValue => features[`likes.${i}.${name}`] ?? null;
    if (at("kind") !== kind || at("fits") !== 1) continue;
    found.push({ kind, value: String(at("value")), weight: Number(at("weight")), products: Number(at("products")) });
  }
  return found.sort((a, b) => b.weight - a.weight);
}

const reason = (liking: Liking): DecisionReason => ({ code: liking.kind, text: reasonOf(liking) });

/** Of each kind the strongest liking counts, as the engine counts it: in single precision. */
export function rankedFrom(features: Features): Taken {
  const likings = kinds.flatMap((kind) => fitting(features, kind).slice(0, 1));
  const contributions = [
    ...Object.entries(features)
      .filter(isObserved)
      .map(([name, value]) => ({ name, value: Number(value) })),
    ...likings.map(({ kind, weight }) => ({ name: `personal.${kind}`, value: Math.fround(weight) })),
  ];
  const score = Number(features["score"]);
  const residual = contributions.reduce((rest, { value }) => rest - value, score);
  return { features, contributions, residual, score, reasons: likings.map(reason) };
}
