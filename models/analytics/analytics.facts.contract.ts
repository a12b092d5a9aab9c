/** What the analytics of searches are made of. */
import Joi from "../kernel/schema";
import { trialFactSchema, type TrialFact } from "../experiment/experiment.facts.contract";
import { currencySchema, type Money } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";

/** Something that happened in a search, or because of one. */
export interface SearchFact {
  readonly id: string;
  readonly at: string;
  readonly kind: "search" | "view" | "click" | "cart" | "purchase";
  /** A keyed hash of the words. */
  readonly queryKey: string;
  /** Which search it was; random. */
  readonly searchId?: string;
  readonly productId?: string;
  readonly position?: number;
  readonly results?: number;
  readonly channel?: string;
  readonly section?: string;
  readonly revenue?: Money;
}

/** That somebody searched for these words; `visitor` is opaque, and not kept. */
export interface SaidWords {
  readonly queryKey: string;
  readonly text: string;
  readonly visitor: string;
}

/** That somebody searched for something else next, and found what they wanted there. */
export interface Reworded {
  readonly from: string;
  readonly to: string;
  readonly visitor: string;
}

export interface LearnSearches {
  readonly facts: SearchFact[];
  readonly words: SaidWords[];
  readonly reworded: Reworded[];
  /** What was counted of those who take part in experiments. */
  readonly trials?: TrialFact[];
}

const LEARN_MAX = 1_000;
const key = Joi.string().max(64);
const words = plainText(300);
const money = Joi.object<Money, true>({
  amountMinor: Joi.number().integer().required(),
  currency: currencySchema.required(),
});
const moment = Joi.string().isoDate().max(30);

export const learnSchema = Joi.object<LearnSearches, true>({
  facts: Joi.array()
    .items(
      Joi.object<SearchFact, true>({
        id: key.required(),
        at: moment.required(),
        kind: Joi.string().valid("search", "view", "click", "cart", "purchase").required(),
        queryKey: key.required(),
        searchId: key,
        productId: idSchema,
        position: Joi.number().integer().min(0),
        results: Joi.number().integer().min(0),
        channel: idSchema,
        section: plainText(64),
        revenue: money,
      }),
    )
    .max(LEARN_MAX)
    .required(),
  trials: Joi.array().items(trialFactSchema).max(LEARN_MAX),
  words: Joi.array()
    .items(Joi.object<SaidWords, true>({ queryKey: key.required(), text: words.required(), visitor: key.required() }))
    .max(LEARN_MAX)
    .required(),
  reworded: Joi.array()
    .items(Joi.object<Reworded, true>({ from: words.required(), to: words.required(), visitor: key.required() }))
    .max(LEARN_MAX)
    .required(),
});
