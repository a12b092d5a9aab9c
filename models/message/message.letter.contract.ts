/** What the mall writes about a purchase: a letter per template. Its words stand in services/message/texts.mail.ts. */
import Joi from "../kernel/schema";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import { signedAmount } from "../ledger/ledger.book.contract";
import { RETURN_KINDS, type ReturnKind } from "../return/return.contract";

export const TEMPLATES = [
  "order-placed",
  "parcel-shipped",
  "goods-delivered",
  "order-raised",
  "return-decided",
  "refund",
  "payout-statement",
  "webhook-disabled",
  "wish-alert",
] as const;
export type Template = (typeof TEMPLATES)[number];

/** How a return stands for who asked for it. */
export const DECISIONS = ["approved", "rejected", "settled"] as const;
export type Decision = (typeof DECISIONS)[number];

interface OfOrder {
  /** Of the order: `MAIN-100001`. */
  readonly number: string;
  /** Where the order can be looked at; of a guest's it holds the key. */
  readonly link: string;
}

interface Amount {
  readonly amountMinor: number;
  readonly currency: string;
}

/** A line of what was bought. */
export interface LetterItem {
  readonly title: string;
  readonly quantity: number;
}

interface WithItems {
  /** The first of them; `more` tells how many lines are left out. */
  readonly items: readonly LetterItem[];
  readonly more: number;
}

export type Letter =
  | ({ readonly template: "order-placed" } & OfOrder & Amount & WithItems)
  | ({
      readonly template: "parcel-shipped";
      readonly carrier: string | null;
      readonly tracking: string | null;
    } & OfOrder &
      WithItems)
  | ({ readonly template: "goods-delivered" } & OfOrder & WithItems)
  /** The seller proposes more than was bought. `until`: how long the customer has to answer. */
  | ({
      readonly template: "order-raised";
      readonly reason: string;
      readonly until: string;
      /** Of an exchange: what came back is put against it; the amount is the difference. */
      readonly creditMinor?: number;
    } & OfOrder &
      Amount)
  | ({
      readonly template: "return-decided";
      readonly kind: ReturnKind;
      readonly decision: Decision;
      readonly reason: string | null;
    } & OfOrder)
  | ({ readonly template: "refund"; readonly reason: string } & OfOrder & Amount)
  | ({
      readonly template: "payout-statement";
      /** The first payout of a seller's book is 1. */
      readonly cycle: number;
      readonly sellerName: string;
      readonly link: string;
    } & Amount)
  /** `gone`: the endpoint said itself that it is no more. `host`: of its address. */
  | {
      readonly template: "webhook-disabled";
      readonly host: string;
      readonly gone: boolean;
      readonly link: string;
    }
  /** Something from a wish list can be bought again, or costs less. */
  | ({
      readonly template: "wish-alert";
      readonly what: "back" | "cheaper";
      readonly title: string;
      /** What it cost when it was put there; null: nobody offered it. */
      readonly wasMinor: number | null;
      readonly link: string;
      /** Stops this alert without signing in. */
      readonly stop: string;
    } & Amount);

/** Titles that a letter names. */
export const ITEMS_MAX = 20;

const perhaps = (max: number) => plainText(max).allow(null).required();
const link = Joi.string()
  .uri({ scheme: ["http", "https"] })
  .max(1_000)
  .required();
const ofOrder = { number: plainText(60).min(1).required(), link };
const money = { amountMinor: signedAmount.required(), currency: currencySchema.required() };
const item = Joi.object<LetterItem, true>({
  title: plainText(500).allow("").required(),
  quantity: Joi.number().integer().min(1).required(),
});
const withItems = {
  items: Joi.array().items(item).max(ITEMS_MAX).required(),
  more: Joi.number().integer().min(0).required(),
};
const as = (template: Template) => ({ template: Joi.string().valid(template).required() });

export const letterSchema = Joi.alternatives<Letter>(
  Joi.object({ ...as("order-placed"), ...ofOrder, ...money, ...withItems }),
  Joi.object({ ...as("parcel-shipped"), ...ofOrder, ...withItems, carrier: perhaps(60), tracking: perhaps(80) }),
  Joi.object({ ...as("goods-delivered"), ...ofOrder, ...withItems }),
  Joi.object({
    ...as("order-raised"),
    ...ofOrder,
    ...money,
    reason: plainText(500).min(1).required(),
    until: Joi.string().isoDate().required(),
    creditMinor: signedAmount,
  }),
  Joi.object({
    ...as("return-decided"),
    ...ofOrder,
    kind: Joi.string()
      .valid(...RETURN_KINDS)
      .required(),
    decision: Joi.string()
      .valid(...DECISIONS)
      .required(),
    reason: perhaps(500),
  }),
  Joi.object({ ...as("refund"), ...ofOrder, ...money, reason: plainText(500).min(1).required() }),
  Joi.object({
    ...as("payout-statement"),
    ...money,
    cycle: Joi.number().integer().min(1).required(),
    sellerName: plainText(200).min(1).required(),
    link,
  }),
  Joi.object({
    ...as("webhook-disabled"),
    host: plainText(300).min(1).required(),
    gone: Joi.boolean().required(),
    link,
  }),
  Joi.object({
    ...as("wish-alert"),
    ...money,
    what: Joi.string().valid("back", "cheaper").required(),
    title: plainText(500).allow("").required(),
    wasMinor: signedAmount.allow(null).required(),
    link,
    stop: link,
  }),
);

/** `order/3f…`, `return/…`, `payout/…`: what a message is about. */
export const causeSchema = plainText(200).pattern(/^[a-z]{1,30}\/[a-z0-9-]{1,100}$/, "cause");
export const orderOfMessage = idSchema.allow(null);
