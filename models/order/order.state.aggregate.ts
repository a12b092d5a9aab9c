/** What an order remembers: what its decisions need, and nothing more. What was bought stands in its first version. */
import type { Address, Contact } from "../cart/cart.quote.contract";
import type { AppliedCommission } from "../commission/commission.contract";
import type { OrderPaper, OrderUnits } from "./order.commands.contract";
import type { Iso } from "../kernel/row";
import type { CapturePolicy, OrderLanguage, OrderReservation, PlaceOrder } from "./order.place.contract";
import type { OrderStatus } from "./order.machine.contract";
import type { PricedRaise, Raise } from "./order.raise.contract";
import type { Quantities, Units } from "./order.units.aggregate";

/** Counts that are none are left out: two hundred lines have to fit. */
export interface LineState {
  readonly lineId: string;
  readonly productId: string;
  /** Cut, in the language of the order. */
  readonly title: string;
  readonly quantity: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly digital?: true;
  /** Units, from the first on. */
  readonly shipped?: number;
  /** Units, from the last on. */
  readonly cancelled?: number;
  readonly captured?: number;
  readonly refunded?: number;
  readonly returning?: number;
  readonly returned?: number;
}

export interface ShippingState {
  readonly totalMinor: number;
  readonly taxMinor: number;
  /** What the least expensive way would have cost; left out where it was that one. */
  readonly standardMinor?: number;
  readonly captured: boolean;
  readonly refunded: boolean;
  /** What was not given back of it with the rest, for it was sent another way than the least expensive one. */
  readonly keptMinor?: number;
}

export interface MoneyState {
  readonly paymentId: string;
  readonly capture: CapturePolicy;
  readonly totalMinor: number;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  /** What people of the mall have given back of it alone, besides what it was worth. */
  readonly aloneMinor?: number;
  /** Lowered by an edit before it was captured. */
  readonly reducedMinor: number;
  /** Payments for what came to the order later; their money is in the sums above. */
  readonly more?: readonly MorePayment[];
  /** What exchanged units were worth and others cost: taken and given back in the sums above, and never moved. */
  readonly exchangedMinor?: number;
  /** How often the order was extended; left out: once by each further payment. */
  readonly extensions?: number;
}

export interface MorePayment {
  readonly paymentId: string;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
}

/** What of a refund a payment gives back. */
export interface RefundPart {
  readonly paymentId: string;
  readonly amountMinor: number;
}

export interface Fulfilment {
  readonly id: string;
  readonly at: Iso;
  readonly carrier: string | null;
  readonly tracking: string | null;
  readonly deliveredAt: Iso | null;
  readonly quantities: Quantities;
}

/** Money taken: by checkout, or (`take`) by the order itself. */
export interface Capture {
  readonly captureId: string;
  readonly take: boolean;
  readonly units: Units;
  /** Whether the shipping is among it. */
  readonly shipping: boolean;
  readonly amountMinor: number;
  /** What of it is put against units that came back, and asked of no payment. */
  readonly exchangedMinor?: number;
  readonly cut?: PriceCut;
}

/**
 * How an order stood before a step where more or less was there than its units are worth: lowered by an edit, given
 * back beside, kept for wear. Left out where all is as it was bought.
 */
export interface PriceCut {
  /** Line by line: up to which unit was given back, and up to which one taken. */
  readonly units: readonly number[];
  /** What the units between are worth, and the sending. */
  readonly worthMinor: number;
  /** What is there for them. */
  readonly netMinor: number;
}

/** Money given back: for units, for the shipping, and beside. */
export interface Refund {
  readonly refundId: string;
  readonly units: Units;
  readonly shipping: boolean;
  /** Of the shipping, where not all of it goes back. */
  readonly shippingMinor?: number;
  /** What is given back beyond what the units are worth; negative for what is kept. */
  readonly extraMinor: number;
  readonly amountMinor: number;
  readonly reason: string;
  /** A person of the mall gave it back alone. */
  readonly alone?: true;
  /** Left out: all of it from the payment that the order was bought with. */
  readonly from?: readonly RefundPart[];
  /** What of it is put against other articles, and goes back by no payment. */
  readonly exchangedMinor?: number;
  readonly cut?: PriceCut;
}

/** Units that came back against other articles, which are reserved, and wait for the difference to be paid. */
export interface Swap {
  readonly returnId: string;
  readonly units: readonly OrderUnits[];
  /** What the units are put against them for; nothing else of the order may give it back meanwhile. */
  readonly creditMinor: number;
  readonly reservations: readonly OrderReservation[];
}

/** What follows from a step, and is carried out once it is committed. */
export type TaskKind =
  | { readonly kind: "placed" }
  | ({ readonly kind: "capture"; readonly at?: Iso } & Capture)
  | ({ readonly kind: "refund"; readonly at?: Iso } & Refund)
  | { readonly kind: "ship"; readonly fulfilmentId: string; readonly units: Units; readonly digital?: true }
  | { readonly kind: "release"; readonly units: Units; readonly reason: string }
  | { readonly kind: "let-go"; readonly reservations: readonly OrderReservation[] }
  | ({ readonly kind: "raised"; readonly amountMinor: number; readonly reason: string; readonly until: Iso } & Partial<
      Pick<Swap, "creditMinor">
    >)
  | { readonly kind: "delivered"; readonly fulfilmentId: string };

export type Task = TaskKind & {
  readonly id: string;
  /** Why it cannot be done; it waits until somebody has it tried again. */
  readonly failed?: string;
};

/** What the service adds to what checkout says. */
export interface Placed extends PlaceOrder {
  readonly id: string;
  readonly number: string;
  /** One per line. */
  readonly titles: readonly string[];
  /** What the mall takes of each line, by the rule that held when it was placed. */
  readonly commissions: readonly AppliedCommission[];
}

export interface PlacedOrder {
  readonly status: OrderStatus;
  readonly id: string;
  readonly number: string;
  readonly checkoutId: string;
  readonly groupId: string;
  readonly channelId: string;
  readonly sellerId: string;
  readonly customerId: string | null;
  readonly placedAt: Iso;
  /** Where it was paid for, if not here. */
  readonly replaces?: string;
  readonly currency: string;
  readonly language: OrderLanguage;
  /** Personal, as the addresses: null once the person's key is destroyed. */
  readonly contact: Contact | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly lines: readonly LineState[];
  readonly shipping: ShippingState | null;
  readonly money: MoneyState;
  readonly fulfilments: readonly Fulfilment[];
  readonly papers: readonly OrderPaper[];
  /** The last ones that were asked for; left out where there was none since they are kept. */
  readonly returns?: readonly string[];
  /** What its seller proposes, with what the mall would take of it. */
  readonly raise?: Raise & Pick<PricedRaise, "commissions"> & { readonly swap?: Swap };
  /** Steps so far, from which their ids are made. */
  readonly steps: number;
  readonly tasks: readonly Task[];
  /** When they are due. */
  readonly tasksAt: Iso;
}

export type OrderState = { readonly status: "absent" } | PlacedOrder;

export const openOf = ({ quantity, shipped = 0, cancelled = 0 }: LineState): number => quantity - shipped - cancelled;

/** What may still be given back; what is put against articles that are not paid yet may not. */
export const refundableOf = ({ money, raise }: Pick<PlacedOrder, "money" | "raise">): number =>
  money.capturedMinor - money.refundedMinor - (raise?.swap?.creditMinor ?? 0);

/** How often something came to the order after it was placed. */
export const extensionsOf = ({ extensions, more = [] }: MoneyState): number => extensions ?? more.length;

const sum = (lines: readonly LineState[], of: (line: LineState) => number): number =>
  lines.reduce((total, line) => total + of(line), 0);

/** Where an order stands follows from its lines and parcels. */
export function statusOf({ lines, fulfilments }: Pick<PlacedOrder, "lines" | "fulfilments">): OrderStatus {
  const shipped = sum(lines, (line) => line.shipped ?? 0);
  const open = sum(lines, openOf);
  if (shipped === 0) return open === 0 ? "cancelled" : "placed";
  if (open > 0) return "part-shipped";
  if (sum(lines, (line) => line.returned ?? 0) === shipped) return "returned";
  return fulfilments.every(({ deliveredAt }) => deliveredAt !== null) ? "delivered" : "shipped";
}
