/** Double entry, a book per seller and currency. Who posts derives the command's id: an entry is posted once. */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import {
  balancesSchema,
  bookIdOf,
  bookKey,
  commissionsSchema,
  entrySchema,
  ledgerAmount,
  signedAmount,
  termsSchemas,
  type Account,
  type Balances,
  type BookKey,
  type Entry,
  type PayoutTerms,
  type PostEntry,
} from "./ledger.book.contract";

/** Given to, or taken from, the seller by hand. */
export interface AdjustLedger extends BookKey {
  /** What the seller gets; negative for what it owes. */
  readonly amountMinor: number;
  readonly account: Extract<Account, "fees" | "goodwill">;
  readonly memo: string;
}

export type SetTerms = BookKey & Partial<PayoutTerms>;

export interface SettlePayout extends BookKey {
  readonly payoutId: string;
}

export interface FailPayout extends SettlePayout {
  readonly amountMinor: number;
}

export interface BookView extends BookKey {
  readonly id: string;
  readonly version: number;
  /** Entries so far. */
  readonly entries: number;
  readonly balances: Balances;
  /** What a payout would pay now; below zero the seller owes it. */
  readonly payableMinor: number;
  readonly heldMinor: number;
  readonly terms: PayoutTerms;
  readonly nextPayoutAt: string | null;
}

export interface PageEntries extends BookKey {
  /** Entries after this one. */
  readonly after?: number;
  readonly limit: number;
}

export interface PagedEntries extends BookKey {
  readonly items: Entry[];
  /** What to ask for next; null at the end. */
  readonly after: number | null;
}

export interface TrialLine {
  readonly currency: string;
  readonly books: number;
  readonly entries: number;
  readonly balances: Balances;
  /** The sum of all balances: zero, always. */
  readonly sumMinor: number;
}

export interface Trial {
  readonly balanced: boolean;
  readonly currencies: TrialLine[];
}

export interface LedgerCalls {
  "ledger.post": { params: PostEntry; result: Receipt };
  "ledger.adjust": { params: AdjustLedger; result: Receipt };
  "ledger.terms": { params: SetTerms; result: Receipt };
  "ledger.release": { params: BookKey; result: Receipt };
  "ledger.payOut": { params: BookKey; result: Receipt };
  "ledger.settlePayout": { params: SettlePayout; result: Receipt };
  "ledger.failPayout": { params: FailPayout; result: Receipt };
  "ledger.get": { params: BookKey; result: BookView };
  "ledger.entries": { params: PageEntries; result: PagedEntries };
  "ledger.trial": { params: Record<string, never>; result: Trial };
}

export const ENTRIES_PAGE_MAX = 500;

const path = "/v1/sellers/{sellerId}/ledger/{currency}";
const book = { keyOf: bookIdOf, params: Joi.object<BookKey, true>(bookKey) } as const;
const command = { ...book, kind: "command", owner: "platform" } as const;
const read = { kind: "query", keyOf: bookIdOf, permission: "ledger.read", owner: { field: "sellerId" } } as const;
const count = Joi.number().integer().min(0).required();
const settled = { ...bookKey, payoutId: idSchema.required() };

export const ledgerContract: Contract<LedgerCalls> = {
  aggregate: "ledger",
  actions: {
    "ledger.post": {
      ...command,
      permission: "ledger.post",
      summary: "Enter a sale or a refund into a seller's book",
      params: Joi.object<PostEntry, true>({
        ...bookKey,
        kind: Joi.string().valid("sale", "refund").required(),
        orderId: idSchema.required(),
        orderNumber: plainText(60).required(),
        step: idSchema.required(),
        paidMinor: ledgerAmount.required(),
        exchangedMinor: ledgerAmount,
        subsidyMinor: ledgerAmount.required(),
        // below zero where a price rises that was cut before
        commissionMinor: signedAmount.required(),
        commissions: commissionsSchema,
      }),
    },
    "ledger.adjust": {
      ...command,
      permission: "ledger.adjust",
      fourEyes: true,
      summary: "Give a seller an amount, or take it, with a reason",
      params: Joi.object<AdjustLedger, true>({
        ...bookKey,
        amountMinor: signedAmount.invalid(0).required(),
        account: Joi.string().valid("fees", "goodwill").required(),
        memo: plainText(500).min(1).required(),
      }),
      http: { method: "POST", path: `${path}/adjust` },
    },
    "ledger.terms": {
      ...command,
      permission: "ledger.terms",
      summary: "Say when a seller is paid, and what a payment costs it",
      params: Joi.object<SetTerms, true>({ ...bookKey, ...termsSchemas }).min(3),
      http: { method: "PATCH", path: `${path}/terms` },
    },
    "ledger.release": { ...command, permission: "ledger.post", summary: "Make payable what was held long enough" },
    "ledger.payOut": {
      ...command,
      permission: "payout.run",
      summary: "Pay a seller what is payable; sent by the book's timer",
      http: { method: "POST", path: `${path}/payout` },
    },
    "ledger.settlePayout": {
      ...command,
      permission: "ledger.post",
      summary: "The payout has its own record",
      params: Joi.object<SettlePayout, true>(settled),
    },
    "ledger.failPayout": {
      ...command,
      permission: "ledger.post",
      summary: "Put back what could not be paid",
      params: Joi.object<FailPayout, true>({ ...settled, amountMinor: ledgerAmount.min(1).required() }),
    },
    "ledger.get": {
      ...read,
      summary: "A seller's book: what is payable, what is held, and when it is paid",
      params: book.params,
      result: Joi.object<BookView, true>({
        ...bookKey,
        id: idSchema.required(),
        version: versionSchema.required(),
        entries: count,
        balances: balancesSchema.required(),
        payableMinor: signedAmount.required(),
        heldMinor: signedAmount.required(),
        terms: Joi.object<PayoutTerms, true>(termsSchemas).required(),
        nextPayoutAt: Joi.string().isoDate().allow(null).required(),
      }),
      http: { method: "GET", path },
    },
    "ledger.entries": {
      ...read,
      summary: "The entries of a seller's book, oldest first",
      params: Joi.object<PageEntries, true>({
        ...bookKey,
        after: Joi.number().integer().min(0),
        limit: Joi.number().integer().min(1).max(ENTRIES_PAGE_MAX).default(100),
      }),
      result: Joi.object<PagedEntries, true>({
        ...bookKey,
        items: Joi.array().items(entrySchema).max(ENTRIES_PAGE_MAX).required(),
        after: Joi.number().integer().allow(null).required(),
      }),
      http: { method: "GET", path: `${path}/entries` },
    },
    "ledger.trial": {
      kind: "query",
      permission: "ledger.audit",
      owner: "platform",
      summary: "The trial balance: all accounts of all books, which come to zero",
      params: Joi.object<Record<string, never>, true>({}),
      result: Joi.object<Trial, true>({
        balanced: Joi.boolean().required(),
        currencies: Joi.array()
          .items(
            Joi.object<TrialLine, true>({
              currency: currencySchema.required(),
              books: count,
              entries: count,
              balances: balancesSchema.required(),
              sumMinor: Joi.number().integer().required(),
            }),
          )
          .max(300)
          .required(),
      }),
      http: { method: "GET", path: "/v1/ledger/trial" },
    },
  },
};
