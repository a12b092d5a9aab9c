/** A return as it is kept and shown: who asked for what, and what became of it. */
import Joi from "../kernel/schema";
import type { Allocation } from "../checkout/checkout.allocation.contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import type { QuoteLine } from "../cart/cart.quote.contract";
import { signedAmount } from "../ledger/ledger.book.contract";
import type { OrderUnits } from "../order/order.commands.contract";
import { articlesSchema, exchangedSchemas, unitsSchema, type QuotedExchange } from "../order/order.exchange.contract";
import { orderAmount, orderQuantity } from "../order/order.place.contract";
import type { OrderArticle } from "../order/order.raise.contract";
import { shippingBySchema, type ReturnShippingBy } from "./return.window.contract";

export const RETURN_KINDS = ["return", "exchange", "claim"] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];

export const RETURN_STATUSES = ["requested", "approved", "rejected", "withdrawn", "settling", "settled"] as const;
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

export interface RequestReturn {
  readonly orderId: string;
  readonly kind: ReturnKind;
  readonly lines: OrderUnits[];
  /** Of an exchange: against which offers of the same seller; left out: the same again. */
  readonly articles?: OrderArticle[];
  readonly reason: string;
}

export interface OpenReturn extends Omit<RequestReturn, "articles"> {
  readonly id: string;
  readonly sellerId: string;
  readonly customerId: string | null;
  /** Who pays for sending it back; left out: who bought. */
  readonly shippingBy?: ReturnShippingBy;
  /** Whether what sending it cost goes back, should all of the order do so; left out: it does not. */
  readonly sendingBack?: boolean;
  /** Of an exchange for other articles: what they cost when it was asked for, which holds. */
  readonly exchange?: QuotedExchange;
}

export interface ReturnId {
  readonly id: string;
}

export interface RejectReturn extends ReturnId {
  readonly reason: string;
}

/** What of a line is as it should be, and whether it can be sold again. */
export interface InspectedLine extends OrderUnits {
  readonly restock: boolean;
}

export interface InspectReturn extends ReturnId {
  /** What is accepted; what is not named is not. */
  readonly lines: InspectedLine[];
  /** Kept back for what is worn. */
  readonly keepMinor?: number;
}

/** What a return asks of others. `reserve`: the articles of an exchange; `let-go`: hold them no longer. */
export const RETURN_TASKS = ["admit", "reserve", "let-go", "settle"] as const;
export type ReturnTask = (typeof RETURN_TASKS)[number];

/** What the mall did of it: `refused` tells why the order does not admit it, or what cannot be reserved. */
export interface RecordReturn extends ReturnId {
  readonly did: ReturnTask;
  readonly refused?: string;
  /** The order that replaces what came back. */
  readonly replacementId?: string;
}

/** Other articles for what comes back. */
export interface ReturnExchange {
  readonly lines: readonly QuoteLine[];
  readonly currency: string;
  readonly totalMinor: number;
  /** What is put against it if all comes back as it was. */
  readonly creditMinor: number;
  /** Then to be paid by the customer; below zero: paid back. */
  readonly differenceMinor: number;
  /** Whether the articles are held for it; till when, `heldUntil`. */
  readonly held: boolean;
  readonly heldUntil: string | null;
}

export interface ReturnView extends Omit<OpenReturn, "exchange" | "shippingBy" | "sendingBack"> {
  readonly shippingBy: ReturnShippingBy;
  readonly sendingBack: boolean;
  readonly version: number;
  readonly status: ReturnStatus;
  readonly requestedAt: string;
  readonly decision: string | null;
  readonly inspected: InspectedLine[];
  readonly keepMinor: number;
  readonly replacementId: string | null;
  readonly exchange: ReturnExchange | null;
}

export interface KeptReturn extends Omit<ReturnView, "version" | "exchange" | "shippingBy" | "sendingBack"> {
  readonly shippingBy?: ReturnShippingBy;
  readonly sendingBack?: boolean;
  /** What is to be carried out: have the order set the units aside, hold what they are exchanged for, or settle. */
  readonly pending: ReturnTask | null;
  readonly pendingAt: string;
  /** Left out: against money, or the same again. */
  readonly exchange?: QuotedExchange;
  /** Where the articles are held; left out where none are, any more or yet. */
  readonly allocations?: readonly Allocation[];
  readonly heldUntil?: string;
}

/** As it is shown: what the mall takes of the articles, and where they are held, is not. */
export function returnViewOf(found: KeptReturn, of: Pick<ReturnView, "id" | "version">): ReturnView {
  const { pending, pendingAt: _at, exchange = null, allocations, heldUntil = null, ...kept } = found;
  const known = { shippingBy: "customer" as const, sendingBack: false, ...kept };
  if (exchange === null) return { ...known, ...of, exchange };
  const { lines, currency, totalMinor, creditMinor } = exchange;
  const held = allocations !== undefined && pending !== "reserve";
  const differenceMinor = totalMinor - creditMinor;
  return { ...known, ...of, exchange: { lines, currency, totalMinor, creditMinor, differenceMinor, held, heldUntil } };
}

export interface RequestedReturn {
  readonly id: string;
  readonly status: ReturnStatus;
}

const id = idSchema.required();
export const returnReason = plainText(500).min(1);
const kind = Joi.string().valid(...RETURN_KINDS);
export const returnStatus = Joi.string().valid(...RETURN_STATUSES);
export const askedReturn = {
  orderId: id,
  kind: kind.required(),
  lines: unitsSchema.min(1).required(),
  articles: articlesSchema,
  reason: returnReason.required(),
};
export const inspectedLines = Joi.array()
  .items(
    Joi.object<InspectedLine, true>({
      lineId: id,
      quantity: orderQuantity.required(),
      restock: Joi.boolean().required(),
    }),
  )
  .unique("lineId")
  .max(200)
  .required();
const { articles: _articles, ...asked } = askedReturn;
const opened = {
  shippingBy: shippingBySchema,
  sendingBack: Joi.boolean(),
  ...asked,
  id,
  sellerId: id,
  customerId: idSchema.allow(null).required(),
};
const amounts = {
  currency: currencySchema.required(),
  totalMinor: orderAmount.required(),
  creditMinor: orderAmount.required(),
};
export const openReturn = { ...opened, exchange: Joi.object<QuotedExchange>({ ...exchangedSchemas, ...amounts }) };
const moment = Joi.string().isoDate();
const exchange = Joi.object<ReturnExchange>({
  lines: exchangedSchemas.lines,
  ...amounts,
  differenceMinor: signedAmount.required(),
  held: Joi.boolean().required(),
  heldUntil: moment.allow(null).required(),
});
export const requestedReturn = Joi.object<RequestedReturn, true>({ id, status: returnStatus.required() });
// not strict: Joi has no word for read-only lists
export const returnView = Joi.object<ReturnView>({
  ...opened,
  shippingBy: shippingBySchema.required(),
  sendingBack: Joi.boolean().required(),
  version: versionSchema.required(),
  status: returnStatus.required(),
  requestedAt: Joi.string().isoDate().required(),
  decision: returnReason.allow(null).required(),
  inspected: inspectedLines,
  keepMinor: orderAmount.required(),
  replacementId: idSchema.allow(null).required(),
  exchange: exchange.allow(null).required(),
});
