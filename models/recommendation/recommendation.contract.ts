/**
 * What to show to a visitor, and because of what. Answered from lists that were learnt of what is bought and from what
 * the visitor did up to this moment; what is new to the mall is proposed by what it is.
 */
import Joi from "../kernel/schema";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import type { Taken } from "../decision/decision.data.contract";
import { anyContract, PUBLIC, type Contract } from "../kernel/contract";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";
import { trainedSchema, type Trained } from "../model/model.contract";
import { visitorIdSchema } from "../visitor/visitor.contract";

export const RECOMMENDATION_KINDS = ["for-you", "similar", "together", "trending", "recent", "complete"] as const;
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number];

export interface AskRecommendation {
  readonly kind: RecommendationKind;
  /** What the page shows. */
  readonly productId?: string;
  readonly visitorId?: string;
  readonly channel?: string;
  /** An open section, by its slug or id: nothing but what is in it, and in its channel. */
  readonly section?: string;
  readonly currency?: string;
  /** In minor units; needs `currency`. */
  readonly priceMax?: number;
  /** Also what nobody has at the moment. */
  readonly soldOutToo?: boolean;
  readonly limit: number;
}

export type ReasonKind = "viewed" | "bought" | "together" | "alike" | "trending" | "new" | "recent";

export interface Recommended {
  readonly productId: string;
  readonly title: Text;
  readonly reason: {
    readonly kind: ReasonKind;
    /** Because of this one. */
    readonly productId?: string;
    readonly text: Text;
  };
  readonly decisionId: string;
}

export interface Recommendations {
  readonly items: readonly Recommended[];
}

/** A product as far as showing it has to be decided. */
export interface ShelfItem {
  readonly id: string;
  readonly title: Text;
  /** Of one group only so many are shown: its category, else its brand. */
  readonly group: string;
  readonly channels: readonly string[];
  readonly inStock: boolean;
  /** The lowest price by currency, in minor units. */
  readonly prices: Readonly<Record<string, number>>;
}

export interface AskShelf {
  readonly ids: readonly string[];
  readonly section?: string;
}

export interface AskAlike {
  /** Left out: the newest. */
  readonly id?: string;
  readonly channel?: string;
  readonly section?: string;
  readonly limit: number;
}

export interface Shelf {
  readonly items: readonly ShelfItem[];
}

/** What was bought in one go. */
export interface Basket {
  readonly who: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly productIds: readonly string[];
}

export interface AskBaskets {
  /** From the last answer: those before. */
  readonly before?: readonly [number, string];
  readonly limit: number;
}

export interface Baskets {
  /** Newest first. */
  readonly items: readonly Basket[];
  readonly next: readonly [number, string] | null;
}

export interface RecommendationCalls {
  "recommendation.ask": { params: AskRecommendation; result: Recommendations };
  "recommendation.shelf": { params: AskShelf; result: Shelf };
  "recommendation.alike": { params: AskAlike; result: Shelf };
  "recommendation.baskets": { params: AskBaskets; result: Baskets };
  "recommendation.again": { params: DecideAgain; result: Taken };
  "recommendation.train": { params: { readonly id: "recommendation" }; result: Trained };
}

export const SHELF_MAX = 100;
const LIMIT_MAX = 50;
const BASKETS_MAX = 1_000;

const id = idSchema.required();
const price = Joi.number().integer().min(0).max(AMOUNT_MINOR_MAX);
const title = textSchema(2_000).required();
// not strict: Joi has no word for read-only lists
const shelf = Joi.object<Shelf>({
  items: Joi.array()
    .items(
      Joi.object<ShelfItem>({
        id,
        title,
        group: plainText(300).allow("").required(),
        channels: Joi.array().items(idSchema).max(100).required(),
        inStock: Joi.boolean().required(),
        prices: Joi.object().pattern(currencySchema, price).required(),
      }),
    )
    .max(SHELF_MAX)
    .required(),
});
const reason = Joi.object({
  kind: Joi.string().valid("viewed", "bought", "together", "alike", "trending", "new", "recent").required(),
  productId: idSchema,
  text: title,
}).required();
const cursor = Joi.array().ordered(Joi.number().required(), idSchema.required()).length(2);
const mall = { permission: "recommendation.learn", owner: "platform" } as const;

const contract: Contract<RecommendationCalls> = {
  aggregate: "recommendation",
  actions: {
    "recommendation.ask": {
      kind: "query",
      permission: PUBLIC,
      owner: "platform",
      summary: "What to show to a visitor, and because of what",
      params: Joi.object<AskRecommendation, true>({
        kind: Joi.string()
          .valid(...RECOMMENDATION_KINDS)
          .default("for-you"),
        productId: idSchema,
        visitorId: visitorIdSchema,
        channel: idSchema,
        section: idSchema,
        currency: currencySchema,
        priceMax: price,
        soldOutToo: Joi.boolean(),
        limit: Joi.number().integer().min(1).max(LIMIT_MAX).default(10),
      }).with("priceMax", "currency"),
      result: Joi.object<Recommendations>({
        items: Joi.array()
          .items(Joi.object<Recommended>({ productId: id, title, reason, decisionId: id }))
          .max(LIMIT_MAX)
          .required(),
      }),
      http: { method: "GET", path: "/v1/recommendations" },
    },
    "recommendation.shelf": {
      ...mall,
      kind: "query",
      summary: "Products as far as showing them has to be decided",
      params: Joi.object<AskShelf>({ ids: Joi.array().items(idSchema).max(SHELF_MAX).required(), section: idSchema }),
      result: shelf,
    },
    "recommendation.alike": {
      ...mall,
      kind: "query",
      summary: "Products that are like another by what is said of them; without one, the newest",
      params: Joi.object<AskAlike, true>({
        id: idSchema,
        channel: idSchema,
        section: idSchema,
        limit: Joi.number().integer().min(1).max(SHELF_MAX).required(),
      }),
      result: shelf,
    },
    "recommendation.baskets": {
      ...mall,
      kind: "query",
      summary: "What was bought in one go, newest first",
      params: Joi.object<AskBaskets>({
        before: cursor,
        limit: Joi.number().integer().min(1).max(BASKETS_MAX).required(),
      }),
      result: Joi.object<Baskets>({
        items: Joi.array()
          .items(
            Joi.object<Basket>({
              who: plainText(128).allow(null).required(),
              at: Joi.number().integer().required(),
              productIds: Joi.array().items(idSchema).max(500).required(),
            }),
          )
          .max(BASKETS_MAX)
          .required(),
        next: cursor.allow(null).required(),
      }),
    },
    "recommendation.again": {
      kind: "query",
      permission: "decision.again",
      owner: "platform",
      summary: "Recommend again from what was kept of it",
      params: againSchema,
      result: takenSchema,
    },
    "recommendation.train": {
      kind: "procedure",
      permission: "model.train",
      owner: "platform",
      summary: "Choose how much what was bought together, before and after, counts",
      params: Joi.object<{ readonly id: "recommendation" }, true>({
        id: Joi.string<"recommendation">().valid("recommendation").required(),
      }),
      result: trainedSchema as never,
    },
  },
};

export const recommendationContract = anyContract(contract);
