/** The offers of a product as shoppers see them, and which of them is proposed. */
import Joi from "../kernel/schema";
import { AMOUNT_MINOR_MAX, moneySchema, type Money } from "../kernel/money";
import { idSchema } from "../kernel/text";
import { reductionSchema, type Reduction } from "../offer/offer.prices.contract";

export interface OfferSummary {
  readonly id: string;
  readonly sellerId: string;
  readonly sellerName: string | null;
  readonly variantId: string | null;
  readonly price: Money;
  readonly condition: string;
  readonly quantity: number;
  /** What may be said of the price where it was reduced lately. */
  readonly reduction: Reduction | null;
}

/** What makes an offer count as dearer than it is, in basis points of its price (100 = 1 %). */
export interface BuyBoxReason {
  readonly rule: "condition" | "stock" | "standing";
  readonly basisPoints: number;
}

/** The offer that is proposed first: the one with the lowest comparable price. */
export interface BuyBox {
  readonly offerId: string;
  readonly sellerId: string;
  readonly price: Money;
  readonly condition: string;
  readonly inStock: boolean;
  /** The price with everything that speaks against the offer. */
  readonly comparableMinor: number;
  readonly why: readonly BuyBoxReason[];
  /** The next best offer that it goes before. */
  readonly before: { readonly offerId: string; readonly comparableMinor: number } | null;
}

const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
/** Five things may each double a price and more. */
const comparableMinor = Joi.number()
  .integer()
  .min(0)
  .max(AMOUNT_MINOR_MAX * 100)
  .required()
  .description("The price, made dearer by all that speaks against the offer");

export const offerSummarySchema = Joi.object<OfferSummary, true>({
  id,
  sellerId: id,
  sellerName: Joi.string().allow(null).required(),
  variantId: idSchema.allow(null).required(),
  price: moneySchema.required(),
  condition: Joi.string().required(),
  quantity: count,
  reduction: reductionSchema.allow(null).required(),
});

export const buyBoxSchema = Joi.object<BuyBox>({
  offerId: id,
  sellerId: id,
  price: moneySchema.required(),
  condition: Joi.string().required(),
  inStock: Joi.boolean().required(),
  comparableMinor,
  why: Joi.array()
    .items(
      Joi.object<BuyBoxReason, true>({
        rule: Joi.string().valid("condition", "stock", "standing").required(),
        basisPoints: count,
      }),
    )
    .max(10)
    .required()
    .description("By how much (100 = 1 %) the offer counts as dearer, rule by rule"),
  before: Joi.object({ offerId: id, comparableMinor }).allow(null).required().description("The next best offer"),
}).description("The offer that is proposed first: the lowest comparable price wins");
