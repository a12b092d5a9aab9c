/** What an experiment says of itself: where it is held, what its arms do otherwise, by what they are compared. */
import Joi from "../kernel/schema";
import { idSchema, plainText } from "../kernel/text";

/** What is counted for each who takes part. */
export const METRICS = ["click", "cart", "purchase"] as const;
export type Metric = (typeof METRICS)[number];

/** What must not suffer: searches that find nothing, how long they take, what is bought in their wake. */
export const GUARDS = ["zero-results", "latency", "revenue"] as const;
export type GuardMetric = (typeof GUARDS)[number];

export interface Guard {
  readonly metric: GuardMetric;
  /** How much worse it may be: a share of searches, milliseconds, a share of the control's revenue. */
  readonly tolerated: number;
}

/** The signs of a text that may be weighed otherwise: see indexers/product/products.weights.query.ts. */
export const SIGNS = ["wide", "best", "attributes", "title", "phrase", "kind", "main", "brand", "neutral"] as const;
export type Sign = (typeof SIGNS)[number];
export type Multiples = Readonly<Partial<Record<Sign, number>>>;

/** How an arm ranks; what is left out is as always. */
export interface RankingSettings {
  /** Whether searches go by what the visitor likes. */
  readonly personal?: boolean;
  /** Whether they go by what others chose for the same words. */
  readonly clicks?: boolean;
  /** What signs count for, as multiples of what they count for else. */
  readonly weights?: Multiples;
}

export interface Arm {
  readonly name: string;
  /** Of all visitors, from 0 to 1; the first arm is the control. */
  readonly share: number;
  readonly ranking: RankingSettings;
}

export interface ExperimentContent {
  readonly name: string;
  /** What is asked, for those who read of it later. */
  readonly question: string;
  /** Where: searches of this channel, or in this section (by the name that searches give it); left out: all. */
  readonly channel?: string;
  readonly section?: string;
  /** `split`: each visitor sees one arm. `interleaved`: all see one list, in which two arms take turns. */
  readonly design: "split" | "interleaved";
  readonly arms: readonly Arm[];
  /** By which the arms are compared. */
  readonly metric: Metric;
  readonly guards?: readonly Guard[];
}

export const ARMS_MAX = 8;
const MULTIPLE_MAX = 5;

export const armName = Joi.string().pattern(/^[a-z][a-z0-9-]{0,31}$/, "name of an arm");
const multiple = Joi.number().min(0).max(MULTIPLE_MAX);

const arm = Joi.object<Arm, true>({
  name: armName.required(),
  share: Joi.number().greater(0).max(1).required(),
  ranking: Joi.object<RankingSettings>({
    personal: Joi.boolean(),
    clicks: Joi.boolean(),
    weights: Joi.object(Object.fromEntries(SIGNS.map((sign) => [sign, multiple]))),
  }).required(),
});

const guard = Joi.object<Guard, true>({
  metric: Joi.string()
    .valid(...GUARDS)
    .required(),
  tolerated: Joi.number().min(0).max(60_000).required(),
});

export const revisable = {
  name: plainText(100).min(1),
  question: plainText(1_000).min(1),
  arms: Joi.array().items(arm).unique("name").min(2).max(ARMS_MAX),
  metric: Joi.string().valid(...METRICS),
  guards: Joi.array().items(guard).unique("metric").max(GUARDS.length),
};

export const contentKeys = {
  name: revisable.name.required(),
  question: revisable.question.required(),
  channel: idSchema,
  section: idSchema,
  design: Joi.string().valid("split", "interleaved").required(),
  arms: revisable.arms.required(),
  metric: revisable.metric.required(),
  guards: revisable.guards,
};
