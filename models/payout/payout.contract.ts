/** Money on its way to a seller: what a book paid out, and what became of it at the bank. */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { bookKey, entrySchema, ledgerAmount, type BookKey, type Entry } from "../ledger/ledger.book.contract";

export interface OpenPayout extends BookKey {
  readonly id: string;
  /** The first payout of a book is 1. */
  readonly cycle: number;
  readonly amountMinor: number;
  /** It covers the book's entries after the one, up to the other. */
  readonly after: number;
  readonly upTo: number;
}

export interface PayoutId {
  readonly id: string;
}

export interface ConfirmPayout extends PayoutId {
  /** The bank's. */
  readonly reference: string;
}

export interface FailPayoutAtBank extends PayoutId {
  readonly reason: string;
}

export type PayoutStatus = "open" | "paid" | "failed";

export interface PayoutView extends OpenPayout {
  readonly version: number;
  readonly status: PayoutStatus;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
}

export interface ReadStatement extends PayoutId {
  readonly from?: number;
  readonly limit: number;
}

export interface Statement {
  readonly sellerId: string;
  readonly payout: PayoutView;
  readonly items: Entry[];
  /** What to ask for next; null at the end. */
  readonly from: number | null;
}

export interface ListPayouts {
  readonly sellerId: string;
  readonly status?: PayoutStatus;
  readonly limit: number;
}

export interface ListedPayouts {
  readonly items: PayoutView[];
}

export interface PayoutCalls {
  "payout.open": { params: OpenPayout; result: Receipt };
  "payout.confirm": { params: ConfirmPayout; result: Receipt };
  "payout.fail": { params: FailPayoutAtBank; result: Receipt };
  "payout.get": { params: PayoutId; result: PayoutView };
  "payout.statement": { params: ReadStatement; result: Statement };
  "payout.list": { params: ListPayouts; result: ListedPayouts };
}

export const STATEMENT_PAGE_MAX = 500;

const id = idSchema.required();
const n = Joi.number().integer().min(0).required();
const opened = {
  id,
  ...bookKey,
  cycle: versionSchema.required(),
  amountMinor: ledgerAmount.required(),
  after: n,
  upTo: n,
};
const status = Joi.string().valid("open", "paid", "failed");
const view = Joi.object<PayoutView, true>({
  ...opened,
  version: versionSchema.required(),
  status: status.required(),
  openedAt: Joi.string().isoDate().required(),
  closedAt: Joi.string().isoDate().allow(null).required(),
  reference: plainText(200).allow(null).required(),
  reason: plainText(500).allow(null).required(),
});
const bank = { kind: "command", key: "id", permission: "payout.settle", owner: "platform" } as const;
const read = { kind: "query", permission: "ledger.read", owner: { field: "sellerId" } } as const;

export const payoutContract: Contract<PayoutCalls> = {
  aggregate: "payout",
  actions: {
    "payout.open": {
      kind: "command",
      key: "id",
      summary: "Begin to pay what a book paid out",
      params: Joi.object<OpenPayout, true>(opened),
      permission: "ledger.post",
      owner: "platform",
    },
    "payout.confirm": {
      ...bank,
      summary: "Record that the bank has paid",
      params: Joi.object<ConfirmPayout, true>({ id, reference: plainText(200).min(1).required() }),
      http: { method: "POST", path: "/v1/payouts/{id}/confirm" },
    },
    "payout.fail": {
      ...bank,
      summary: "Record that the bank could not pay: the amount is payable again",
      params: Joi.object<FailPayoutAtBank, true>({ id, reason: plainText(500).min(1).required() }),
      http: { method: "POST", path: "/v1/payouts/{id}/fail" },
    },
    "payout.get": {
      ...read,
      key: "id",
      summary: "One payout",
      params: Joi.object<PayoutId, true>({ id }),
      result: view,
      http: { method: "GET", path: "/v1/payouts/{id}" },
    },
    "payout.statement": {
      ...read,
      summary: "The entries that a payout covers; as a file under statement.csv and statement.pdf",
      params: Joi.object<ReadStatement, true>({
        id,
        from: Joi.number().integer().min(0),
        limit: Joi.number().integer().min(1).max(STATEMENT_PAGE_MAX).default(100),
      }),
      result: Joi.object<Statement, true>({
        sellerId: id,
        payout: view.required(),
        items: Joi.array().items(entrySchema).max(STATEMENT_PAGE_MAX).required(),
        from: Joi.number().integer().allow(null).required(),
      }),
      http: { method: "GET", path: "/v1/payouts/{id}/statement" },
    },
    "payout.list": {
      ...read,
      summary: "A seller's payouts, newest first",
      params: Joi.object<ListPayouts, true>({
        sellerId: id,
        status,
        limit: Joi.number().integer().min(1).max(100).default(20),
      }),
      result: Joi.object<ListedPayouts, true>({ items: Joi.array().items(view).max(100).required() }),
      http: { method: "GET", path: "/v1/sellers/{sellerId}/payouts" },
    },
  },
};
