/** What is kept of a cart, and what the service adds to commands. */
import type { Iso } from "../kernel/row";
import type { Address, Contact } from "./cart.quote.contract";
import type { CartLine, CartStatus, ChosenShipping } from "./cart.view.contract";

export interface KeptCart {
  readonly id: string;
  readonly status: CartStatus;
  readonly channelId: string;
  readonly currency: string;
  /** Null: of nobody, so of whoever knows its id. Never changes. */
  readonly customerId: string | null;
  readonly lines: readonly CartLine[];
  /** What came while a checkout held the cart: it is put in when the checkout is over. */
  readonly later: readonly CartLine[];
  readonly coupons: readonly string[];
  readonly shipping: readonly ChosenShipping[];
  readonly country: string | null;
  /** These three are null, too, when the person was erased. */
  readonly contact: Contact | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly checkoutId: string | null;
  /** Checkouts that have let go of it, the last few: what they sent before may arrive after. Left out: none. */
  readonly ended?: readonly string[];
  /** How many checkouts were completed, and the last of them. */
  readonly completed: number;
  readonly lastCheckoutId: string | null;
  /** Of a cart that was handed over: into which, and whether all has arrived there. */
  readonly mergedInto: string | null;
  readonly arrived: boolean;
  readonly changedAt: Iso;
}

export type CartState = { readonly status: "absent" } | KeptCart;

/** Who sends a command. */
export interface Who {
  readonly who: {
    /** Null for somebody who is not signed in. */
    readonly id: string | null;
    /** May do it to any cart. */
    readonly staff: boolean;
  };
}

/** From so many units on, each costs so much; ascending, the first from one unit on. */
export interface PriceFrom {
  readonly quantity: number;
  readonly amountMinor: number;
}

/** What is known of an offer that is put into a cart. */
export interface OfferedHere {
  readonly channels: readonly string[];
  readonly currency: string;
  readonly prices: readonly PriceFrom[];
}

/** The cart as it is now, compared with what the customer was told. */
export interface Recheck {
  /** Lines whose price or quantity is another. */
  readonly lines: readonly CartLine[];
  readonly dropped: readonly string[];
  readonly coupons: readonly string[];
  /** Sellers whose parcels must choose again. */
  readonly shipping: readonly string[];
}

/** What one unit costs when there are so many. */
export const unitAt = (prices: readonly PriceFrom[], quantity: number): number =>
  prices.findLast((price) => price.quantity <= quantity)?.amountMinor ?? 0;

/** A cart of nobody that is not touched for so long is ended. */
export const EXPIRE_DAYS = 30;
/** By then whoever merged a cart has done so, or their process died. */
const CARRY_OVER_SECONDS = 30;

const plus = (at: Iso, ms: number): Iso => new Date(Date.parse(at) + ms).toISOString();

export const expiresAt = (changedAt: Iso): Iso => plus(changedAt, EXPIRE_DAYS * 86_400_000);
export const carriedOverAt = (changedAt: Iso): Iso => plus(changedAt, CARRY_OVER_SECONDS * 1_000);
