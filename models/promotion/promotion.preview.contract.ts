/** Trying a promotion on a cart that nobody has: what would it cost, without it and with it. Nothing is kept. */
import Joi from "../kernel/schema";
import { COUPONS_MAX, couponCodeSchema, countrySchema, quoteSchema, type Quote } from "../cart/cart.quote.contract";
import type { ActionContract } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { groupSchema } from "../pricelist/pricelist.contract";
import { ruleSchema, type PromotionRule } from "./promotion.rules.contract";

export interface PreviewLine {
  readonly offerId: string;
  readonly quantity: number;
}

export interface PreviewPromotion {
  readonly channelId: string;
  readonly country: string;
  readonly lines: readonly PreviewLine[];
  /** Whose promotion it would be; left out: the mall's. */
  readonly sellerId?: string;
  /** The promotion that is tried, beside all that run. Left out: what runs is shown alone. */
  readonly rule?: PromotionRule;
  /** Among promotions of the same priority the id decides, which is drawn: say one where the order matters. */
  readonly priority?: number;
  readonly exclusive?: boolean;
  readonly coupons?: readonly string[];
  /** Of the customer that is imagined. */
  readonly groups?: readonly string[];
  readonly firstOrder?: boolean;
  /** Left out: now. */
  readonly at?: string;
}

export interface PromotionPreview {
  readonly without: Quote;
  readonly with: Quote;
  /** What it would take off beyond what runs anyway. */
  readonly differenceMinor: number;
}

/** By this id the promotion that is tried appears among the others. */
export const TRIED = "tried";
const PREVIEW_LINES_MAX = 50;

export const promotionPreview: ActionContract<PreviewPromotion, PromotionPreview> = {
  kind: "procedure",
  summary: "Try a promotion on an imagined cart: what it would cost, without it and with it",
  params: Joi.object<PreviewPromotion>({
    channelId: idSchema.required(),
    country: countrySchema.required(),
    lines: Joi.array()
      .items(
        Joi.object<PreviewLine, true>({
          offerId: idSchema.required(),
          quantity: Joi.number().integer().min(1).max(10_000).required(),
        }),
      )
      .unique("offerId")
      .min(1)
      .max(PREVIEW_LINES_MAX)
      .required(),
    sellerId: idSchema,
    rule: ruleSchema,
    priority: Joi.number().integer().min(-1_000).max(1_000),
    exclusive: Joi.boolean(),
    coupons: Joi.array().items(couponCodeSchema).unique().max(COUPONS_MAX),
    groups: Joi.array().items(groupSchema).unique().max(10),
    firstOrder: Joi.boolean(),
    at: Joi.string()
      .isoDate()
      .pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "moment in UTC with milliseconds"),
  }),
  result: Joi.object<PromotionPreview>({
    without: quoteSchema.required(),
    with: quoteSchema.required(),
    differenceMinor: Joi.number().integer().required(),
  }),
  permission: "promotion.read",
  owner: { field: "sellerId" },
  http: { method: "POST", path: "/v1/promotions/preview" },
};
