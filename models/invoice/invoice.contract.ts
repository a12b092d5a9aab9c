/**
 * Invoices and credit notes: a book per seller and kind, and a commit per paper. Its number is the version of the book,
 * so that there are no gaps and none can be taken out; who issues derives the command's id, so that one is issued once.
 */
import Joi from "../kernel/schema";
import { addressSchema, contactSchema, type Address, type Contact } from "../cart/cart.quote.contract";
import type { Contract, Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, textSchema, versionSchema, type Text } from "../kernel/text";
import { signedAmount } from "../ledger/ledger.book.contract";
import { byGuest, guestKey, type GuestKey } from "../order/order.guest.contract";
import { issuerSchema, suppliedSchema, type Issuer, type Supplied } from "./invoice.law.contract";
import { orderAmount, orderLanguage, orderQuantity, type OrderLanguage } from "../order/order.place.contract";

export type { Issuer, Supplied } from "./invoice.law.contract";

export const INVOICE_KINDS = ["invoice", "credit-note"] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

export interface InvoiceBookKey {
  readonly sellerId: string;
  readonly kind: InvoiceKind;
}

export interface InvoiceKey extends InvoiceBookKey {
  readonly number: number;
}

/** A line with amounts below zero is a deduction: of a price that was lowered, or for what is worn. */
export interface InvoiceLine {
  readonly title: Text;
  readonly quantity: number;
  /** Per unit, without tax and before discounts, rounded; null on papers from before it was kept. */
  readonly unitNetMinor: number | null;
  /** Without tax. */
  readonly discountNetMinor: number;
  readonly taxRateBp: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
}

/** Whom it is for. Personal. */
export interface Buyer {
  readonly contact: Contact | null;
  readonly address: Address | null;
}

export interface IssueInvoice extends InvoiceBookKey {
  readonly seller: Issuer;
  readonly supplied: Supplied | null;
  /** Of a credit note: the invoices of the order, which it amends. */
  readonly amends: number[];
  /** By which provision lines without tax have none. */
  readonly exemption: Text | null;
  readonly sellerName: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly customerId: string | null;
  readonly currency: string;
  readonly language: OrderLanguage;
  readonly buyer: Buyer;
  readonly lines: InvoiceLine[];
  readonly taxMinor: number;
  readonly totalMinor: number;
}

export interface InvoiceView extends Omit<IssueInvoice, "buyer" | "seller"> {
  /** Null on papers from before it was kept. */
  readonly seller: Issuer | null;
  readonly number: number;
  readonly issuedAt: string;
  /** Null once the person's data were erased. */
  readonly buyer: Buyer | null;
}

/** Of a guest's order, by the key that came by mail. */
export interface GuestsPaper extends GuestKey {
  readonly orderId: string;
  readonly kind: InvoiceKind;
  readonly number: number;
}

export interface ListInvoices extends InvoiceBookKey {
  readonly after?: number;
  readonly limit: number;
}

export interface ListedInvoices {
  readonly sellerId: string;
  readonly items: InvoiceView[];
}

export interface InvoiceCalls {
  "invoice.issue": { params: IssueInvoice; result: Receipt };
  "invoice.get": { params: InvoiceKey; result: InvoiceView };
  "invoice.track": { params: GuestsPaper; result: InvoiceView };
  "invoice.sold": { params: InvoiceKey; result: InvoiceView };
  "invoice.list": { params: ListInvoices; result: ListedInvoices };
}

export const invoiceBookOf = ({ sellerId, kind }: InvoiceBookKey): string => derivedId("invoice", sellerId, kind);

const id = idSchema.required();
const kind = Joi.string()
  .valid(...INVOICE_KINDS)
  .required();
const amount = orderAmount.required();
const line = Joi.object<InvoiceLine, true>({
  title: textSchema(500).required(),
  quantity: orderQuantity.required(),
  unitNetMinor: signedAmount.allow(null).required(),
  discountNetMinor: signedAmount.required(),
  taxRateBp: Joi.number().integer().min(0).max(10_000).required(),
  taxMinor: signedAmount.required(),
  totalMinor: signedAmount.required(),
});
const buyer = Joi.object<Buyer, true>({
  contact: contactSchema.allow(null).required(),
  address: addressSchema.allow(null).required(),
});
/** An order is amended by few papers; older ones are named by the last of them. */
export const AMENDS_MAX = 50;
const paper = {
  supplied: suppliedSchema.allow(null).required(),
  amends: Joi.array().items(versionSchema).max(AMENDS_MAX).required(),
  exemption: textSchema(300).allow(null).required(),
  sellerId: id,
  kind,
  sellerName: plainText(200).required(),
  orderId: id,
  orderNumber: plainText(60).required(),
  customerId: idSchema.allow(null).required(),
  currency: currencySchema.required(),
  language: orderLanguage.required(),
  /** Lines, the shipping, and what is beside, by its rates of tax. */
  lines: Joi.array().items(line).max(300).required(),
  taxMinor: amount,
  totalMinor: amount,
};
const view = Joi.object<InvoiceView, true>({
  ...paper,
  seller: issuerSchema.allow(null).required(),
  buyer: buyer.allow(null).required(),
  number: versionSchema.required(),
  issuedAt: Joi.string().isoDate().required(),
});
const key = Joi.object<InvoiceKey, true>({ sellerId: id, kind, number: versionSchema.required() });
const ofSeller = { kind: "query", permission: "order.fulfil", owner: { field: "sellerId" } } as const;
/** A guest's order is a subject of its own: see invoice.model.ts. */
const buyerOf = ({ customerId, orderId, buyer: known }: InvoiceView): readonly string[] =>
  known === null ? [] : [customerId ?? `order-${orderId}`];

export const invoiceContract: Contract<InvoiceCalls> = {
  aggregate: "invoice",
  actions: {
    "invoice.issue": {
      kind: "command",
      keyOf: invoiceBookOf,
      summary: "Issue the next invoice or credit note of a seller",
      params: Joi.object<IssueInvoice, true>({ ...paper, seller: issuerSchema.required(), buyer: buyer.required() }),
      permission: "order.settle",
      owner: "platform",
    },
    "invoice.get": {
      kind: "query",
      summary: "An invoice or credit note, for who bought; as a file under pdf",
      params: key,
      result: view,
      permission: "order.read",
      owner: { field: "customerId" },
      discloses: { of: buyerOf },
      http: { method: "GET", path: "/v1/invoices/{sellerId}/{kind}/{number}" },
    },
    "invoice.track": {
      ...byGuest,
      kind: "query",
      summary: "An invoice or credit note of a guest's order, by the key that came by mail; as a file under pdf",
      params: Joi.object<GuestsPaper, true>({ orderId: id, kind, number: versionSchema.required(), key: guestKey }),
      result: view,
      discloses: { of: buyerOf, by: "order.read" },
      http: { method: "GET", path: "/v1/orders/{orderId}/track/papers/{kind}/{number}" },
    },
    "invoice.sold": {
      ...ofSeller,
      summary: "An invoice or credit note, for who sold; as a file under pdf",
      params: key,
      result: view,
      discloses: { of: buyerOf },
      http: { method: "GET", path: "/v1/sellers/{sellerId}/invoices/{kind}/{number}" },
    },
    "invoice.list": {
      ...ofSeller,
      summary: "A seller's invoices or credit notes, in the order of their numbers",
      params: Joi.object<ListInvoices, true>({
        sellerId: id,
        kind,
        after: Joi.number().integer().min(0),
        limit: Joi.number().integer().min(1).max(50).default(20),
      }),
      result: Joi.object<ListedInvoices, true>({ sellerId: id, items: Joi.array().items(view).max(50).required() }),
      discloses: { of: ({ items }) => items.flatMap(buyerOf) },
      http: { method: "GET", path: "/v1/sellers/{sellerId}/invoices/{kind}" },
    },
  },
};
