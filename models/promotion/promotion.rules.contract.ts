/**
 * What a promotion takes off, of what, and on which conditions: the words in which promotions are written. How they are
 * reckoned stands in `models/cart/cart.promotions.contract.ts`.
 */
import Joi from "../kernel/schema";
import { AMOUNT_MINOR_MAX } from "../kernel/money";
import { idSchema } from "../kernel/text";
import { groupSchema } from "../pricelist/pricelist.contract";

/** Which lines it looks at: all that is said must fit; what is left out fits everything. */
export interface PromotionScope {
  /** A product in one of these categories, or below one. */
  readonly categoryIds?: readonly string[];
  readonly productIds?: readonly string[];
  readonly sellerIds?: readonly string[];
}

/** All that is said must hold when the cart is reckoned. */
export interface PromotionConditions {
  /** Of the lines in scope, before discounts. */
  readonly subtotalMinMinor?: number;
  /** Units of the lines in scope together. */
  readonly quantityMin?: number;
  /** The customer belongs to one of these groups. */
  readonly groups?: readonly string[];
  /** The customer, who is signed in, has not ordered in this channel before. */
  readonly firstOrder?: boolean;
}

/** Percent are in hundredths: 1000 is 10 %. Amounts are of the channel's currency. */
export type PromotionEffect =
  /** Off each line in scope. */
  | { readonly kind: "line-percent"; readonly percentBp: number }
  /** Off each unit of each line in scope. */
  | { readonly kind: "line-amount"; readonly amountMinor: number }
  /** Off the lines in scope together, shared out by their worth. */
  | { readonly kind: "order-percent"; readonly percentBp: number }
  | { readonly kind: "order-amount"; readonly amountMinor: number }
  /** Of every buy + get units in scope, the `get` cheapest are reduced; 10000 makes them free. */
  | {
      readonly kind: "buy-get";
      readonly buy: number;
      readonly get: number;
      readonly percentBp: number;
      /** How often in one cart; left out: as often as it fits. */
      readonly timesMax?: number;
    }
  /** Off the shipping of parcels with a line in scope; left out: all of it. */
  | { readonly kind: "free-shipping"; readonly amountMaxMinor?: number };

export interface PromotionRule {
  readonly scope?: PromotionScope;
  readonly conditions?: PromotionConditions;
  readonly effect: PromotionEffect;
}

const SCOPE_MAX = 50;
const UNITS_MAX = 1_000;

const ids = Joi.array().items(idSchema).unique().min(1).max(SCOPE_MAX);
const percentBp = Joi.number().integer().min(1).max(10_000).required().description("1000 is 10 %");
const amountMinor = Joi.number().integer().min(1).max(AMOUNT_MINOR_MAX);
const units = Joi.number().integer().min(1).max(UNITS_MAX);
const kind = (name: string) => Joi.string().valid(name).required();

const effect = Joi.alternatives(
  Joi.object({ kind: Joi.string().valid("line-percent", "order-percent").required(), percentBp }),
  Joi.object({
    kind: Joi.string().valid("line-amount", "order-amount").required(),
    amountMinor: amountMinor.required(),
  }),
  Joi.object({ kind: kind("buy-get"), buy: units.required(), get: units.required(), percentBp, timesMax: units }),
  Joi.object({ kind: kind("free-shipping"), amountMaxMinor: amountMinor }),
).match("one");

// not strict: Joi has no word for read-only lists, nor for unions
export const ruleSchema = Joi.object<PromotionRule>({
  scope: Joi.object<PromotionScope>({ categoryIds: ids, productIds: ids, sellerIds: ids }).min(1),
  conditions: Joi.object<PromotionConditions>({
    subtotalMinMinor: amountMinor,
    quantityMin: units,
    groups: Joi.array().items(groupSchema).unique().min(1).max(10),
    firstOrder: Joi.boolean().valid(true),
  }).min(1),
  effect: effect.required(),
});
