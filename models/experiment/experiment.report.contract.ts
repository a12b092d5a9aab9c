/** What came of an experiment so far. */
import type { ObjectSchema } from "joi";
import Joi from "../kernel/schema";
import { currencySchema, type Money } from "../kernel/money";
import { idSchema } from "../kernel/text";

export interface ArmFigures {
  readonly arm: string;
  /** Different visitors who searched. */
  readonly participants: number;
  readonly searches: number;
  /** Of the participants, those who did what is counted; and their share. */
  readonly successes: number;
  readonly share: number;
  /** Share of the searches that found nothing. */
  readonly zeroResults: number;
  /** How long a search took, on average over participants; null where nobody searched. */
  readonly tookMs: number | null;
  /** All that was bought in the wake of their searches, in the currency of most of it. */
  readonly revenue: Money | null;
}

/** What is known of a difference to the control, at every look. */
export interface Difference {
  readonly difference: number;
  /** Around the difference: holds at every look with the report's confidence. */
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
}

export interface ArmComparison extends Difference {
  readonly arm: string;
  readonly verdict: "better" | "worse" | "unclear";
}

export interface GuardComparison extends Difference {
  readonly arm: string;
  readonly guard: string;
  /** `harmed`: certainly worse than is tolerated. `fine`: certainly not worse than that. */
  readonly verdict: "fine" | "harmed" | "unclear";
}

/** Of an interleaved experiment: for how many visitors each arm's products were clicked more. */
export interface Preference {
  readonly control: number;
  readonly other: number;
  readonly ties: number;
  readonly pValue: number;
  readonly preferred: string | null;
}

export interface ExperimentReport {
  readonly id: string;
  /** How often a difference may be seen, at any look, where there is none. */
  readonly level: number;
  readonly arms: readonly ArmFigures[];
  readonly comparisons: readonly ArmComparison[];
  readonly guards: readonly GuardComparison[];
  readonly preference: Preference | null;
  /** False: more took part than are counted. */
  readonly complete: boolean;
}

const count = Joi.number().integer().min(0).required();
const share = Joi.number().min(0).max(1).required();
const arm = Joi.string().required();
const money = Joi.object<Money, true>({
  amountMinor: Joi.number().integer().required(),
  currency: currencySchema.required(),
});
const difference = {
  difference: Joi.number().required(),
  low: Joi.number().required(),
  high: Joi.number().required(),
  pValue: share,
};
const list = (of: ObjectSchema) => Joi.array().items(of).max(50).required();

const armSchema = Joi.object<ArmFigures, true>({
  arm,
  participants: count,
  searches: count,
  successes: count,
  share,
  zeroResults: share,
  tookMs: Joi.number().min(0).allow(null).required(),
  revenue: money.allow(null).required(),
});

// not strict: Joi has no word for read-only lists
export const reportSchema = Joi.object<ExperimentReport>({
  id: idSchema.required(),
  level: share,
  arms: list(armSchema),
  comparisons: list(
    Joi.object<ArmComparison, true>({
      arm,
      ...difference,
      verdict: Joi.string().valid("better", "worse", "unclear").required(),
    }),
  ),
  guards: list(
    Joi.object<GuardComparison, true>({
      arm,
      guard: Joi.string().required(),
      ...difference,
      verdict: Joi.string().valid("fine", "harmed", "unclear").required(),
    }),
  ),
  preference: Joi.object<Preference, true>({
    ...{ control: count, other: count, ties: count, pValue: share },
    preferred: Joi.string().allow(null).required(),
  })
    .allow(null)
    .required(),
  complete: Joi.boolean().required(),
});
