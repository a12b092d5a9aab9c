/** What the commands and queries of one order take. */
import type { Address } from "../cart/cart.quote.contract";
import type { ExchangedArticles } from "./order.exchange.contract";

export interface OrderId {
  readonly id: string;
}

/** So many units of a line. */
export interface OrderUnits {
  readonly lineId: string;
  readonly quantity: number;
}

/** Checkout has taken the order's share of the payment. `captureId` names the capture: telling it twice is once. */
export interface RecordCapture extends OrderId {
  readonly captureId: string;
  readonly amountMinor: number;
}

export interface ShipOrder extends OrderId {
  /** Left out: everything that is still open. */
  readonly lines?: OrderUnits[];
  readonly carrier?: string;
  readonly tracking?: string;
}

export interface DeliverOrder extends OrderId {
  /** As the order's fulfilments name it: `f1`. */
  readonly fulfilmentId: string;
}

export interface CancelOrder extends OrderId {
  readonly reason?: string;
}

export interface DeclineOrder extends OrderId {
  /** Left out: everything that is still open. */
  readonly lines?: OrderUnits[];
  readonly reason: string;
}

/** Fewer units of lines, or a lower price; the difference is given back, or not taken. */
export interface EditOrder extends OrderId {
  /** How many there shall be from now on, of lines that change. */
  readonly lines?: OrderUnits[];
  /** Taken off the price on top. */
  readonly reductionMinor?: number;
  readonly reason: string;
}

export interface RedirectOrder extends OrderId {
  readonly shippingAddress: Address;
}

export interface RefundOrder extends OrderId {
  readonly amountMinor: number;
  readonly reason: string;
}

/** What the service adds: a person of the mall asks, and nobody has approved it. */
export interface Alone {
  readonly alone: boolean;
}

/** A return was asked for: its units can be asked for by no other. */
export interface AdmitReturn extends OrderId {
  readonly returnId: string;
  readonly lines: OrderUnits[];
}

/** What became of a return: of what was admitted, so much came back or is given up, and is paid back or not. */
export interface SettleReturn extends OrderId {
  readonly returnId: string;
  readonly admitted: OrderUnits[];
  readonly accepted: OrderUnits[];
  readonly refund: boolean;
  /** Kept back for what is worn. */
  readonly keepMinor: number;
  /** Where all of the order is back by this, what sending it cost goes back, too. */
  readonly sendingBack?: boolean;
  /** Against which articles; where they cannot be had any more, the money goes back. */
  readonly exchange?: ExchangedArticles;
}

/** What replaced units of this order came back, or is given up: what they cost goes back from here. */
export interface RefundReplaced extends OrderId {
  readonly returnId: string;
  readonly lines: OrderUnits[];
  readonly keepMinor: number;
  readonly sendingBack?: boolean;
}

/** An invoice or a credit note of the order, by its number at the seller. */
export interface OrderPaper {
  readonly kind: "invoice" | "credit-note";
  readonly number: number;
}

export interface FinishTasks extends OrderId {
  readonly papers: readonly OrderPaper[];
  readonly done: string[];
  readonly failed: { readonly id: string; readonly reason: string }[];
}

/** What the mall has done of what an order asked for. */
export interface TasksDone {
  readonly id: string;
  readonly done: number;
  readonly failed: number;
}

export interface SoldOrder extends OrderId {
  readonly sellerId: string;
}

/** A guest reads the own order by the key that came by mail. */
export interface TrackOrder extends OrderId {
  readonly key: string;
}
