/**
 * Why a product stood where it stood: a decision of the kind "rank". What the engine gave for the words and what the
 * mall's rules gave are observed; what the taste gave is decided here, of what was known of both, so that it can be
 * decided again from what was kept. Pure: the same features always give the same parts, bit by bit.
 */
import type { Contribution, DecidedBy, DecisionReason, FeatureValue, Taken } from "../decision/decision.data.contract";
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

const isObserved = (name: string): boolean => name.startsWith("text.") || name.startsWith("business.");

/** Of each kind the strongest of the likings that fit, as they lie in the features. */
function strongestIn(features: Features): Liking[] {
  const found = new Map<FeatureValue, Liking>();
  for (let i = 0; features[`likes.${i}.kind`] !== undefined; i++) {
    const at = (name: string): FeatureValue => features[`likes.${i}.${name}`] ?? null;
    const [kind, weight] = [at("kind"), Number(at("weight"))];
    if (at("fits") !== 1 || weight <= (found.get(kind)?.weight ?? -Infinity)) continue;
    found.set(kind, { kind: kind as LikingKind, value: String(at("value")), weight, products: Number(at("products")) });
  }
  return kinds.flatMap((kind) => found.get(kind) ?? []);
}

const reason = (liking: Liking): DecisionReason => ({ code: liking.kind, text: reasonOf(liking) });

/** Of each kind the strongest liking counts, as the engine counts it: in single precision. */
export function rankedFrom(features: Features): Taken {
  const likings = strongestIn(features);
  const contributions: Contribution[] = [];
  for (const [name, value] of Object.entries(features)) {
    if (isObserved(name)) contributions.push({ name, value: Number(value) });
  }
  for (const { kind, weight } of likings) {
    contributions.push({ name: `personal.${kind}`, value: Math.fround(weight) });
  }
  const score = Number(features["score"]);
  const residual = contributions.reduce((rest, { value }) => rest - value, score);
  return { features, contributions, residual, score, reasons: likings.map(reason) };
}
