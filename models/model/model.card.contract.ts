/** A model's card: what it was made of, how, and how good it is beside its baseline and the one that decides. */
import Joi from "../kernel/schema";
import { plainText } from "../kernel/text";

export type Figures = Readonly<Record<string, number>>;

export interface ModelCard {
  /** What it learnt from: `decisions of 2026-01-01 to 2026-02-01`. */
  readonly data: string;
  readonly rows: number;
  readonly features: readonly string[];
  /** Name of the figure by which it is judged: more is better. */
  readonly measure: string;
  /** On data that it did not learn from. */
  readonly metrics: Figures;
  /** Of the baseline, on the same data. */
  readonly baseline: Figures;
  /** The one that decided at that time, and its figures on the same data; null: what the mall ships with decided. */
  readonly against: { readonly hash: string; readonly metrics: Figures } | null;
  readonly seed: number;
  readonly libraries: Readonly<Record<string, string>>;
}

export const hashSchema = Joi.string().pattern(/^[a-f0-9]{64}$/, "hash");

const name = plainText(64).pattern(/^[\w@./ -]+$/, "name");
const figures = Joi.object<Figures>().pattern(name, Joi.number().unsafe()).max(20);

// not strict: Joi has no word for read-only lists
export const modelCardSchema = Joi.object<ModelCard>({
  data: plainText(300).required(),
  rows: Joi.number().integer().min(0).required(),
  features: Joi.array().items(plainText(64)).max(60).required(),
  measure: name.required(),
  metrics: figures.required(),
  baseline: figures.required(),
  against: Joi.object({ hash: hashSchema.required(), metrics: figures.required() }).allow(null).required(),
  seed: Joi.number().integer().min(0).required(),
  libraries: Joi.object().pattern(name, plainText(64)).max(10).required(),
});

/** Whose figure it does not beat; null when it does. What is not a number beats nothing, and is beaten by nothing. */
function beaten({ measure, metrics }: ModelCard, by: Figures, whose: string): string | null {
  const [own = Number.NaN, theirs = Infinity] = [metrics[measure], by[measure]];
  return own > theirs
    ? null
    : `Its ${measure} of ${own.toFixed(4)} does not beat the ${theirs.toFixed(4)} of ${whose}.`;
}

/** Why a version must not decide; null when it may. `champion`: the hash of the one that does. */
export function shortfall(card: ModelCard, champion: string | null): string | null {
  const worse = beaten(card, card.baseline, "its baseline");
  if (worse !== null || champion === null) return worse;
  const { against } = card;
  if (against?.hash !== champion) return "It was not measured beside the version that decides now: train it anew.";
  return beaten(card, against.metrics, "the version that decides");
}
