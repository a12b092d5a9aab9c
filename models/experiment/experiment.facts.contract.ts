/** What is counted of those who take part in an experiment. */
import Joi from "../kernel/schema";
import { currencySchema, type Money } from "../kernel/money";
import { idSchema } from "../kernel/text";
import type { Team } from "./experiment.interleaving.contract";

export const TRIAL_KINDS = ["search", "view", "click", "cart", "purchase"] as const;

/** That a visitor took part, and how the search was answered. */
export interface Trial {
  readonly experiment: string;
  /** Which arm: the first is 0. Of an interleaved experiment always 0. */
  readonly arm: number;
  /** The visitor under a name that holds within the experiment alone. */
  readonly unit: string;
  /** Of a search: as the mall itself counted and measured them. */
  readonly results?: number;
  readonly tookMs?: number;
  /** Of a click in an interleaved list: whose product it was. */
  readonly team?: Team;
}

export interface TrialFact extends Trial {
  readonly id: string;
  readonly at: string;
  readonly kind: (typeof TRIAL_KINDS)[number];
  readonly searchId?: string;
  readonly revenue?: Money;
}

const count = Joi.number().integer().min(0);

export const trialKeys = {
  experiment: idSchema.required(),
  arm: count.required(),
  unit: Joi.string().max(64).required(),
  results: count,
  tookMs: count,
  team: Joi.string().valid("a", "b"),
};

export const trialFactSchema = Joi.object<TrialFact, true>({
  ...trialKeys,
  id: Joi.string().max(64).required(),
  at: Joi.string().isoDate().max(30).required(),
  kind: Joi.string()
    .valid(...TRIAL_KINDS)
    .required(),
  searchId: Joi.string().max(64),
  revenue: Joi.object<Money, true>({
    amountMinor: Joi.number().integer().required(),
    currency: currencySchema.required(),
  }),
});
