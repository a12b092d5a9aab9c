/**
 * What a checkout speaks to beside the stock: carts, payments, orders. Each keeps its word as the real one does: the
 * same command twice is done once, and what was given up before it was begun stays given up.
 */
import type { Quote } from "../../../../models/cart/cart.quote.contract";
import type { AssessPayment } from "../../../../models/fraud/fraud.contract";
import { Refusal } from "../../../../models/kernel/refusal";
import { orderIdOf, type PlaceOrder } from "../../../../models/order/order.place.contract";
import type { HoldStock, StockPlaces } from "../../../../models/stock/stock.hold.contract";
import type { Procedures } from "../../../support/memory-actors";

/**
 * How it goes with the money of a customer; `blocked`: the mall does not want it; `unplaced`: their seller takes no
 * orders any more.
 */
export const METHODS = ["ok", "blocked", "declined", "ignored", "confirmed", "uncaptured", "unplaced"] as const;
export type Method = (typeof METHODS)[number];

export const OFFER = "hot";
export const SELLER = "seller";
const UNIT_MINOR = 1_000;

export interface Customer {
  /** Of the cart, too. */
  readonly id: string;
  readonly quantity: number;
  readonly method: Method;
  /** Looks at the cart once more before it pays: what is short is told by the cart. */
  readonly looks: boolean;
  /** The seller sends it at once. */
  readonly ships: boolean;
}

interface Order {
  readonly checkoutId: string;
  status: "placed" | "cancelled";
  readonly reservations: readonly HoldStock[];
}

interface Payment {
  readonly method: Method | null;
  status: "challenged" | "authorised" | "voided";
  capturedMinor: number;
}

export interface Outside {
  readonly customers: Map<string, Customer>;
  readonly locked: Map<string, string>;
  /** Checkouts that have let go of their cart. */
  readonly ended: Set<string>;
  readonly payments: Map<string, Payment>;
  readonly orders: Map<string, Order>;
}

export const newOutside = (): Outside => ({
  customers: new Map(),
  locked: new Map(),
  ended: new Set(),
  payments: new Map(),
  orders: new Map(),
});

function quoteOf({ id, quantity }: Customer): Quote {
  const totalMinor = quantity * UNIT_MINOR;
  const taxed = { netMinor: totalMinor, taxMinor: 0, taxRateBp: 0, totalMinor };
  const line = {
    ...{ lineId: `line-${id}`, offerId: OFFER, productId: "product", sellerId: SELLER, sku: "HOT" },
    ...{ title: { en: "Hot" }, delivery: "parcel" as const, quantity, unitMinor: UNIT_MINOR },
    ...{ subtotalMinor: totalMinor, discounts: [], ...taxed },
  };
  return {
    ...{ channelId: "mall", currency: "EUR", taxInclusive: true, country: "DE", at: "2026-01-01T00:00:00.000Z" },
    ...{ lines: [line], parcels: [], coupons: [], promotions: [] },
    ...{ subtotalMinor: totalMinor, discountMinor: 0, shippingMinor: 0, netMinor: totalMinor, taxMinor: 0, totalMinor },
  };
}

const no = (type: string, detail: string, data: Record<string, unknown> = {}): never => {
  throw new Refusal(type, type === "NOT_FOUND" ? 404 : 409, detail, data);
};

function customerOf({ customers }: Outside, id: string): Customer {
  return customers.get(id) ?? no("NOT_FOUND", "There is no such customer.");
}

type ById = { readonly id: string };
type Locking = ById & { readonly checkoutId: string };

function carts(outside: Outside): Procedures {
  const { locked, ended } = outside;
  const letGo = ({ id, checkoutId }: Locking) => {
    ended.add(checkoutId);
    locked.delete(id);
    return Promise.resolve({ id });
  };
  return {
    "cart.lock": async ({ id, checkoutId }: Locking) => {
      if (ended.has(checkoutId)) no("CART_LOCKED", "That checkout has ended.");
      locked.set(id, checkoutId);
      return Promise.resolve({ id });
    },
    "cart.unlock": letGo,
    "cart.complete": letGo,
    "cart.peek": () => Promise.resolve({ contact: null, shippingAddress: null, billingAddress: null }),
    "cart.quote": async ({ id }: ById, meta, caller) => {
      const customer = customerOf(outside, id);
      if (!customer.looks) return quoteOf(customer);
      const { places } = (await caller.call("stock.places", { offerId: OFFER }, { meta })) as StockPlaces;
      const available = places.reduce((sum, place) => sum + place.available, 0);
      if (available >= customer.quantity) return quoteOf(customer);
      const change = { kind: "stock", wanted: customer.quantity, available };
      return no("CART_CHANGED", "The cart is not what the customer was told.", { changes: [change] });
    },
  };
}

/** Nobody looks at payments here: they are good, or they are not. */
const risks = (outside: Outside): Procedures => ({
  "fraud.assess": async ({ checkoutId, customerId }: AssessPayment) => {
    const { method } = customerOf(outside, customerId ?? "");
    if (method === "blocked") no("CHECKOUT_BLOCKED", "Another payment, or the shop's support, may help.");
    return Promise.resolve({ outcome: "allow", decisionId: `of-${checkoutId}` });
  },
  "assessment.lapse": ({ id }: ById) => Promise.resolve({ id }),
});

type Paying = ById & { readonly customerId: string; readonly amountMinor: number };

function payments(outside: Outside): Procedures {
  const { payments: all } = outside;
  const standing = (id: string) => {
    const { status, capturedMinor } = all.get(id) ?? no("NOT_FOUND", "There is no such payment.");
    const challenge = status === "challenged" ? { url: "https://bank.example" } : null;
    return { id, status, capturedMinor, challenge, operationId: `of-${id}` };
  };
  const methodOf = (id: string): Method => outside.customers.get(id)?.method ?? "ok";
  return {
    "payment.authorise": async ({ id, customerId }: Paying) => {
      const method = methodOf(customerId);
      const known = all.get(id);
      if (!known && method === "declined") no("PAYMENT_DECLINED", "The bank declines.");
      const asked = method === "ignored" || method === "confirmed";
      if (!known) all.set(id, { method, status: asked ? "challenged" : "authorised", capturedMinor: 0 });
      return Promise.resolve(standing(id));
    },
    "payment.confirm": ({ id }: ById) => {
      const known = all.get(id);
      if (known?.status === "challenged") known.status = "authorised";
      return Promise.resolve(standing(id));
    },
    "payment.void": ({ id }: ById) => {
      const { method, capturedMinor } = all.get(id) ?? { method: null, capturedMinor: 0 };
      all.set(id, { method, capturedMinor, status: "voided" });
      return Promise.resolve(standing(id));
    },
    "payment.capture": ({ id, amountMinor }: Paying) => {
      const known = all.get(id);
      if (known?.status !== "authorised" || known.method === "uncaptured") no("PAYMENT_DECLINED", "Nothing is taken.");
      else known.capturedMinor = amountMinor;
      return Promise.resolve(standing(id));
    },
  };
}

function orders(outside: Outside): Procedures {
  const { orders: all } = outside;
  return {
    "order.place": ({ checkoutId, sellerId, customerId, reservations }: PlaceOrder) => {
      if (customerOf(outside, customerId ?? "").method === "unplaced") no("SELLER_CLOSED", "The seller is closed.");
      const id = orderIdOf({ checkoutId, sellerId });
      if (!all.has(id)) all.set(id, { checkoutId, status: "placed", reservations });
      return Promise.resolve({ id });
    },
    "order.cancel": async ({ id }: ById, meta, caller) => {
      const order = all.get(id) ?? no("NOT_FOUND", "There is no such order.");
      order.status = "cancelled";
      for (const { offerId, location, quantity, holdId } of order.reservations) {
        await caller.call("stock.free", { offerId, location, quantity, holdId }, { meta });
      }
      return { id };
    },
    "order.recordCapture": ({ id }: ById) => Promise.resolve({ id }),
  };
}

export const proceduresOf = (outside: Outside): Procedures => ({
  ...carts(outside),
  ...risks(outside),
  ...payments(outside),
  ...orders(outside),
});
