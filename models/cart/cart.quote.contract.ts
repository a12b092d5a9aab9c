/**
 * What a cart costs at a moment, down to the minor unit: what checkout binds and orders are placed with. Discounts are
 * given line by line with who bears them, and tax line by line, so that a quote can be split by seller and put together
 * again without losing anything. Of every line and parcel net + tax = total; the sums of the parts are the totals; no
 * amount is ever negative.
 */
import Joi from "../kernel/schema";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";

/** Who bears a discount. */
export type Funder = "platform" | "seller";

/** Where something goes to, or who is billed. Names a person: keep it in personal fields only. */
export interface Address {
  readonly name: string;
  readonly company?: string;
  readonly street: string;
  readonly street2?: string;
  readonly postalCode: string;
  readonly city: string;
  readonly region?: string;
  /** ISO 3166-1, two capitals. */
  readonly country: string;
  readonly phone?: string;
}

/** How the customer is reached. Personal. */
export interface Contact {
  readonly email: string;
  readonly name?: string;
  readonly phone?: string;
}

export interface LineDiscount {
  readonly promotionId: string;
  /** The coupon that called for it; left out for an automatic one. */
  readonly code?: string;
  readonly fundedBy: Funder;
  readonly amountMinor: number;
}

/** A parcel must go to an address; what is digital is delivered by a link. */
export type Delivery = "parcel" | "digital";

export interface QuoteLine {
  readonly lineId: string;
  readonly offerId: string;
  readonly productId: string;
  readonly variantId?: string;
  readonly sellerId: string;
  /** The product's category, where it has one. */
  readonly categoryId?: string;
  readonly sku: string;
  readonly title: Text;
  readonly delivery: Delivery;
  readonly quantity: number;
  /** Per unit, as the channel states prices: with tax where it is `taxInclusive`, else without. */
  readonly unitMinor: number;
  /** quantity × unitMinor, before discounts. */
  readonly subtotalMinor: number;
  readonly discounts: readonly LineDiscount[];
  readonly netMinor: number;
  readonly taxMinor: number;
  /** Hundredths of a percent: 1900 is 19 %. */
  readonly taxRateBp: number;
  /** What is paid for the line: netMinor + taxMinor. */
  readonly totalMinor: number;
}

/** What one seller sends: its lines with physical goods travel together. */
export interface QuoteParcel {
  readonly sellerId: string;
  readonly methodId: string;
  readonly methodName: Text;
  readonly lineIds: readonly string[];
  /** Before discounts, as the channel states prices. */
  readonly shippingMinor: number;
  readonly discounts: readonly LineDiscount[];
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly taxRateBp: number;
  readonly totalMinor: number;
  /** What of the total the least expensive way would have cost; left out where it was that one. */
  readonly standardMinor?: number;
}

export interface AppliedPromotion {
  readonly promotionId: string;
  readonly code?: string;
  /** What it takes off lines and parcels together. */
  readonly amountMinor: number;
}

export interface Quote {
  readonly channelId: string;
  readonly currency: string;
  /** True: unit prices and shipping are stated with tax. */
  readonly taxInclusive: boolean;
  /** The country whose taxes apply. */
  readonly country: string;
  readonly at: string;
  readonly lines: readonly QuoteLine[];
  /** One per seller with physical goods, once a shipping method is chosen. */
  readonly parcels: readonly QuoteParcel[];
  /** The coupons of the cart that took effect. */
  readonly coupons: readonly string[];
  readonly promotions: readonly AppliedPromotion[];
  /** Sum of the lines' subtotals. */
  readonly subtotalMinor: number;
  /** Sum of all discounts, of lines and parcels. */
  readonly discountMinor: number;
  /** Sum of the parcels' shipping, before discounts. */
  readonly shippingMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  /** What is paid: netMinor + taxMinor. */
  readonly totalMinor: number;
}

export const LINES_MAX = 200;
export const COUPONS_MAX = 10;
/** Promotions that may apply to one cart. */
export const APPLIED_MAX = 50;
export const QUANTITY_MAX = 10_000;
export const TAX_RATE_MAX_BP = 10_000;

const id = idSchema.required();
/** A cart may be worth as much as the highest price; tax and shipping come on top. */
const amount = Joi.number()
  .integer()
  .min(0)
  .max(AMOUNT_MINOR_MAX * 4)
  .required();

export const countrySchema = Joi.string().pattern(/^[A-Z]{2}$/, "ISO 3166-1 country");
export const couponCodeSchema = plainText(40).pattern(/^[A-Z0-9][A-Z0-9-]{2,39}$/, "coupon code");
const rateBp = Joi.number().integer().min(0).max(TAX_RATE_MAX_BP).required();

export const addressSchema = Joi.object<Address, true>({
  name: plainText(200).min(1).required(),
  company: plainText(200).min(1),
  street: plainText(200).min(1).required(),
  street2: plainText(200).min(1),
  postalCode: plainText(20).min(1).required(),
  city: plainText(200).min(1).required(),
  region: plainText(100).min(1),
  country: countrySchema.required(),
  phone: plainText(40).min(3),
});

export const contactSchema = Joi.object<Contact, true>({
  email: plainText(254)
    .email({ tlds: { allow: false } })
    .required(),
  name: plainText(200).min(1),
  phone: plainText(40).min(3),
});

// the objects below are not strict: Joi has no word for read-only lists
const discounts = Joi.array()
  .items(
    Joi.object<LineDiscount, true>({
      promotionId: id,
      code: couponCodeSchema,
      fundedBy: Joi.string().valid("platform", "seller").required(),
      amountMinor: amount,
    }),
  )
  .max(APPLIED_MAX)
  .required();

const taxed = { netMinor: amount, taxMinor: amount, taxRateBp: rateBp, totalMinor: amount };

export const quoteLineSchema = Joi.object<QuoteLine>({
  lineId: id,
  offerId: id,
  productId: id,
  variantId: idSchema,
  sellerId: id,
  categoryId: idSchema,
  sku: plainText(64).min(1).required(),
  title: textSchema(500).required(),
  delivery: Joi.string().valid("parcel", "digital").required(),
  quantity: Joi.number().integer().min(1).max(QUANTITY_MAX).required(),
  unitMinor: amount,
  subtotalMinor: amount,
  discounts,
  ...taxed,
});

export const quoteParcelSchema = Joi.object<QuoteParcel>({
  sellerId: id,
  methodId: id,
  methodName: textSchema(200).required(),
  lineIds: Joi.array().items(idSchema).min(1).max(LINES_MAX).required(),
  shippingMinor: amount,
  discounts,
  ...taxed,
  standardMinor: amount.optional(),
});

export const quoteSchema = Joi.object<Quote>({
  channelId: id,
  currency: currencySchema.required(),
  taxInclusive: Joi.boolean().required(),
  country: countrySchema.required(),
  at: Joi.string().isoDate().required(),
  lines: Joi.array().items(quoteLineSchema).max(LINES_MAX).required(),
  parcels: Joi.array().items(quoteParcelSchema).max(LINES_MAX).required(),
  coupons: Joi.array().items(couponCodeSchema).max(COUPONS_MAX).required(),
  promotions: Joi.array()
    .items(Joi.object<AppliedPromotion, true>({ promotionId: id, code: couponCodeSchema, amountMinor: amount }))
    .max(APPLIED_MAX)
    .required(),
  subtotalMinor: amount,
  discountMinor: amount,
  shippingMinor: amount,
  netMinor: amount,
  taxMinor: amount,
  totalMinor: amount,
});
