/** From what is planned to the commands that record it. Pure. */
import { recordedOrderId, type RecordOrder } from "../../models/order/order.record.contract";
import { derivedId } from "../../models/kernel/ids";
import { idMadeBy, keyOf } from "../client/keys";
import type { Command } from "../client/mall";
import type { Invoice, InvoiceLine } from "./invoice";
import type { Credit, Planned, PlannedLine, Purchase, Return } from "./plan";

/** The shop whose invoices these are; the set does not name it. */
export const SELLER = "uci-retail";
export const CURRENCY = "GBP";
const SOURCE = "uci-retail";

export interface Where {
  readonly principalId: string;
  readonly channelId: string;
}

const keyed = (...parts: string[]): string => keyOf(SOURCE, ...parts);

export const CHANNEL = {
  action: "channel.open",
  params: {
    code: SOURCE,
    name: { en: "Online Retail" },
    currency: CURRENCY,
    languages: ["en"],
    taxInclusive: true,
  },
  idempotencyKey: keyed("channel"),
} satisfies Command;

export const channelIdFor = (principalId: string): string =>
  idMadeBy(principalId, CHANNEL.action, CHANNEL.idempotencyKey);

const productIdOf = (principalId: string, code: string): string =>
  idMadeBy(principalId, "product.create", keyed(code, "create"));
const offerIdOf = (principalId: string, code: string): string =>
  idMadeBy(principalId, "offer.make", keyed(code, "offer"));

const titleOf = ({ code, description }: InvoiceLine): { en: string } => ({ en: (description || code).slice(0, 500) });

/** An article as a product, and the shop's offer of it at the first price that was asked. */
export function articleOf(line: InvoiceLine, { principalId, channelId }: Where): Command[] {
  const { code, priceMills } = line;
  const price = { amountMinor: Math.max(0, Math.round(priceMills / 10)), currency: CURRENCY };
  const product = { title: titleOf(line), channels: [channelId], publish: true };
  const productId = productIdOf(principalId, code);
  const offer = { productId, sellerId: SELLER, sku: code, price, condition: "new" };
  return [
    { action: "product.create", params: product, idempotencyKey: keyed(code, "create") },
    { action: "offer.make", params: offer, idempotencyKey: keyed(code, "offer") },
  ];
}

function quoted({ line, lineId, units, unitMinor }: PlannedLine, principalId: string): RecordOrder["lines"][number] {
  const subtotalMinor = units * unitMinor;
  return {
    lineId,
    offerId: offerIdOf(principalId, line.code),
    productId: productIdOf(principalId, line.code),
    sellerId: SELLER,
    sku: line.code,
    title: titleOf(line),
    delivery: "parcel",
    quantity: units,
    unitMinor,
    subtotalMinor,
    discounts: [],
    // the set says nothing of taxes
    netMinor: subtotalMinor,
    taxMinor: 0,
    taxRateBp: 0,
    totalMinor: subtotalMinor,
  };
}

/** The set has numbers for customers; an order wants an address, so it gets one that nobody can have. */
const contactOf = (customer: string | null) => ({ email: `${customer ?? "guest"}@uci-retail.example.com` });

function purchase({ customer, at }: Invoice, { reference, lines }: Purchase, where: Where): Command {
  const params: RecordOrder = {
    reference,
    channelId: where.channelId,
    customerId: customer === null ? null : derivedId(SOURCE, "customer", customer),
    contact: contactOf(customer),
    sellerId: SELLER,
    currency: CURRENCY,
    taxInclusive: true,
    lines: lines.map((line) => quoted(line, where.principalId)),
  };
  return { action: "order.record", params, idempotencyKey: keyed("order", reference), occurredAt: at };
}

/** Two lines of an invoice may take back units of the same line of a purchase. */
function merged(lines: readonly PlannedLine[]): { lineId: string; quantity: number }[] {
  const units = new Map<string, number>();
  for (const line of lines) units.set(line.lineId, (units.get(line.lineId) ?? 0) + line.units);
  return [...units].map(([lineId, quantity]) => ({ lineId, quantity }));
}

function takenBack({ at }: Invoice, { of, reference, lines }: Return): Command {
  const params = { orderId: recordedOrderId({ sellerId: SELLER, reference: of }), reference, lines: merged(lines) };
  return { action: "order.recordReturn", params, idempotencyKey: keyed("return", reference), occurredAt: at };
}

function credited({ at }: Invoice, { reference, amountMinor }: Credit): Command {
  const params = { sellerId: SELLER, currency: CURRENCY, reference, amountMinor };
  return { action: "order.recordCredit", params, idempotencyKey: keyed("credit", reference), occurredAt: at };
}

export function commandOf(invoice: Invoice, step: Planned, where: Where): Command {
  switch (step.kind) {
    case "purchase":
      return purchase(invoice, step, where);
    case "return":
      return takenBack(invoice, step);
    case "credit":
      return credited(invoice, step);
  }
}
