/** The words of the books: accounts, entries, and the terms under which a seller is paid. */
import Joi from "../kernel/schema";
import { derivedId } from "../kernel/ids";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import type { Iso } from "../kernel/row";
import { idSchema, plainText, versionSchema } from "../kernel/text";

/**
 * Of one seller's book in one currency, seen from the mall. Debit is positive, credit negative, and each entry comes to
 * zero. `cash`: what customers paid and is here; `payable`: what the seller may be paid; `held`: what it will be paid
 * later; `commission`, `fees`: what the mall earned; `subsidy`: discounts that the mall bears; `goodwill`: gifts.
 */
export const ACCOUNTS = ["cash", "payable", "held", "commission", "fees", "subsidy", "goodwill"] as const;
export type Account = (typeof ACCOUNTS)[number];
export type Balances = Readonly<Record<Account, number>>;

export const ENTRY_KINDS = ["sale", "refund", "release", "payout", "payout-failed", "adjustment"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface Posting {
  readonly account: Account;
  readonly amountMinor: number;
}

/** By which version of which rule a commission was taken. */
export interface CommissionTaken {
  readonly ruleId: string | null;
  readonly version: number | null;
  readonly rateBp: number;
  readonly amountMinor: number;
}

export interface BookKey {
  readonly sellerId: string;
  readonly currency: string;
}

export interface PostEntry extends BookKey {
  readonly kind: "sale" | "refund";
  /** What it is about: an order, and which of its captures or refunds. */
  readonly orderId: string;
  readonly orderNumber: string;
  readonly step: string;
  /** What the customer paid, or got back. */
  readonly paidMinor: number;
  /** What of a sale was put against goods that came back: no payment was asked for it, and none costs a fee. */
  readonly exchangedMinor?: number;
  /** What the mall bears of the price. */
  readonly subsidyMinor: number;
  readonly commissionMinor: number;
  readonly commissions: CommissionTaken[];
}

export interface Entry {
  /** 1, 2, 3 … in this book. */
  readonly n: number;
  readonly kind: EntryKind;
  readonly at: Iso;
  readonly reference: string;
  readonly memo: string;
  readonly postings: readonly Posting[];
  readonly commissions: readonly CommissionTaken[];
}

/** Under which a seller is paid. */
export interface PayoutTerms {
  /** Money of a sale is held for so many days. */
  readonly holdDays: number;
  /** A payout every so many days. */
  readonly everyDays: number;
  /** Less is carried over. */
  readonly minimumMinor: number;
  /** What a payment costs the seller: a part of it, and an amount per payment. */
  readonly feeBp: number;
  readonly feeMinor: number;
}

export const DEFAULT_TERMS: PayoutTerms = { holdDays: 14, everyDays: 7, minimumMinor: 1, feeBp: 0, feeMinor: 0 };
export const HOLD_DAYS_MAX = 90;

const DAY_MS = 86_400_000;

export const plusDays = (at: Iso, days: number): Iso => new Date(Date.parse(at) + days * DAY_MS).toISOString();
/** `2026-01-31` */
export const dayOf = (at: Iso): string => at.slice(0, 10);

export const bookIdOf = ({ sellerId, currency }: BookKey): string => derivedId("ledger", sellerId, currency);
export const payoutIdOf = ({ sellerId, currency }: BookKey, cycle: number): string =>
  derivedId("payout", sellerId, currency, String(cycle));

export const signedAmount = Joi.number()
  .integer()
  .min(-AMOUNT_MINOR_MAX * 4)
  .max(AMOUNT_MINOR_MAX * 4);
export const ledgerAmount = signedAmount.min(0);
export const bookKey = { sellerId: idSchema.required(), currency: currencySchema.required() };

const commissionTaken = Joi.object<CommissionTaken, true>({
  ruleId: idSchema.allow(null).required(),
  version: versionSchema.allow(null).required(),
  rateBp: Joi.number().integer().min(0).max(10_000).required(),
  amountMinor: signedAmount.required(),
});
/** As many as an order has lines. */
export const commissionsSchema = Joi.array().items(commissionTaken).max(200).required();

export const termsSchemas = {
  holdDays: Joi.number().integer().min(0).max(HOLD_DAYS_MAX),
  everyDays: Joi.number().integer().min(1).max(92),
  minimumMinor: ledgerAmount.min(1),
  feeBp: Joi.number().integer().min(0).max(2_000),
  feeMinor: ledgerAmount,
};

export const balancesSchema = Joi.object<Balances, true>({
  cash: signedAmount.required(),
  payable: signedAmount.required(),
  held: signedAmount.required(),
  commission: signedAmount.required(),
  fees: signedAmount.required(),
  subsidy: signedAmount.required(),
  goodwill: signedAmount.required(),
});

export const entrySchema = Joi.object<Entry>({
  n: versionSchema.required(),
  kind: Joi.string()
    .valid(...ENTRY_KINDS)
    .required(),
  at: Joi.string().isoDate().required(),
  reference: plainText(200).required(),
  memo: plainText(500).allow("").required(),
  postings: Joi.array()
    .items(
      Joi.object<Posting, true>({
        account: Joi.string()
          .valid(...ACCOUNTS)
          .required(),
        amountMinor: signedAmount.required(),
      }),
    )
    .max(20)
    .required(),
  commissions: commissionsSchema,
});
