/** What a decision of a model is, as it is recorded and as it is shown. */
import Joi from "../kernel/schema";
import type { Fact } from "../kernel/facts";
import type { Iso } from "../kernel/row";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";

export const DECISION_KINDS = [
  ...(["fraud", "rank", "recommendation"] as const),
  ...(["moderation", "sentiment", "category", "duplicate", "intent"] as const),
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** Which model it was: the hash is of its artefact, or of the code's own settings where nothing was learnt. */
export interface DecidedBy {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
}

/** A part of the score: signed; all of them and the residual sum to it. */
export interface Contribution {
  readonly name: string;
  readonly value: number;
}

export interface DecisionReason {
  readonly code: string;
  readonly text: Text;
}

export type FeatureValue = number | string | null;

/** What it was decided from, and what came out. */
export interface Taken {
  readonly features: Readonly<Record<string, FeatureValue>>;
  readonly contributions: readonly Contribution[];
  /** What no contribution says: how features act together, and rounding. */
  readonly residual: number;
  readonly score: number;
  /** What was decided, in the words of its kind: `block`, `publish`; left out where the score is all there is. */
  readonly verdict?: string;
  readonly reasons?: readonly DecisionReason[];
  /** Names of rules that applied: told to staff alone. */
  readonly rules?: readonly string[];
}

export interface About {
  /** `checkout`, `product`, `review`, `search`. */
  readonly type: string;
  readonly id: string;
}

/** As who decides records it. */
export interface NewDecision extends Taken {
  /** Made by who decides: random, or derived from what must not be decided twice. */
  readonly id: string;
  readonly kind: DecisionKind;
  readonly at: Iso;
  readonly model: DecidedBy;
  /** Whose it is: an account's or a visitor's id; null where it concerns no person. */
  readonly subject: string | null;
  readonly about: About;
}

/** As it is kept. */
export interface DecisionFact extends Fact {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly model: DecidedBy;
  readonly subject: string | null;
  readonly aboutType: string;
  readonly aboutId: string;
  /** In the open, for whoever counts: it says nothing of the person. Left out in what is older than this. */
  readonly verdict?: string;
  /** Null after the person's data was erased. */
  readonly taken: Taken | null;
}

/** What became of it, as far as is known. */
export interface Outcome {
  /** `fraud`, `honest`, `clicked`, `bought`, `upheld`, `overturned`. */
  readonly label: string;
  /** What it should have been, where one of many could be: the place that a listing went to. */
  readonly what?: string;
  readonly at: Iso;
}

export interface OutcomeFact extends Fact, Outcome {
  readonly decisionId: string;
  readonly kind: DecisionKind;
  /** Who said so. */
  readonly by: string;
}

export const DECISIONS_MAX = 100;
const PARTS_MAX = 200;
const REASONS_MAX = 20;

export const featureName = plainText(64).pattern(/^[A-Za-z][A-Za-z0-9_.:/-]*$/, "name of a feature");
/** A part may be a word of a text. */
const partName = plainText(140).pattern(/^\p{L}[^\p{Cc}]*$/u, "name of a part");
export const labelSchema = Joi.string().pattern(/^[a-z][a-z-]{0,31}$/, "label");
export const whatSchema = plainText(200).min(1);
export const momentSchema = Joi.string().isoDate().max(30);
export const decisionKindSchema = Joi.string<DecisionKind>().valid(...DECISION_KINDS);

const modelSchema = Joi.object<DecidedBy, true>({
  name: plainText(64).min(1).required(),
  version: Joi.number().integer().min(0).required(),
  hash: plainText(64).required(),
});

export const aboutSchema = Joi.object<About, true>({
  type: plainText(32).min(1).required(),
  id: plainText(128).required(),
});

const reasonSchema = Joi.object<DecisionReason, true>({
  code: plainText(64).required(),
  text: textSchema(500).required(),
});

// numbers are not rounded and not bounded: what was computed is kept bit by bit
const number = Joi.number().unsafe();

export const takenKeys = {
  features: Joi.object<Taken["features"]>()
    .pattern(featureName, Joi.alternatives(number, plainText(200).allow("")).allow(null))
    .max(PARTS_MAX)
    .required(),
  contributions: Joi.array()
    .items(Joi.object<Contribution, true>({ name: partName.required(), value: number.required() }))
    .max(PARTS_MAX)
    .required(),
  residual: number.required(),
  score: number.required(),
  verdict: labelSchema,
  reasons: Joi.array().items(reasonSchema).max(REASONS_MAX),
  rules: Joi.array().items(plainText(64)).max(50),
};

const headKeys = {
  id: idSchema.required(),
  kind: decisionKindSchema.required(),
  at: momentSchema.required(),
  model: modelSchema.required(),
  subject: idSchema.allow(null).required(),
  about: aboutSchema.required(),
};

// not strict: Joi has no word for read-only lists
export const newDecisionSchema = Joi.object<NewDecision>({ ...headKeys, ...takenKeys });
export const decisionHead = headKeys;
