/** What may be in a cart: pure steps on its lines, and the refusals that guard them. */
import { AMOUNT_MINOR_MAX } from "../kernel/money";
import { refuse } from "../refusals";
import { LINES_MAX, QUANTITY_MAX } from "./cart.quote.contract";
import { unitAt, type CartState, type KeptCart, type OfferedHere, type Who } from "./cart.state.contract";
import type { CartLine } from "./cart.view.contract";

export function existing(state: CartState): KeptCart {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such cart.");
  return state;
}

/** The cart of whoever asks. */
export function own(state: CartState, { who }: Who): KeptCart {
  const cart = existing(state);
  if (!who.staff && cart.customerId !== null && cart.customerId !== who.id) {
    refuse("CART_FOREIGN", "The cart belongs to somebody else; sign in as its customer, or open one of your own.");
  }
  return cart;
}

/** @throws CART_LOCKED, CART_CLOSED */
export function changeable(state: CartState, who: Who): KeptCart {
  const cart = own(state, who);
  if (cart.status === "locked") {
    refuse("CART_LOCKED", "A checkout holds the cart: finish it or cancel it first.", { checkoutId: cart.checkoutId });
  }
  if (cart.status !== "open") {
    refuse("CART_CLOSED", `The cart is ${cart.status}; open another one.`, { status: cart.status });
  }
  return cart;
}

const worthOf = (lines: readonly CartLine[]): number =>
  lines.reduce((sum, { quantity, seenMinor }) => sum + quantity * seenMinor, 0);

export function put(lines: readonly CartLine[], line: CartLine): CartLine[] {
  const at = lines.findIndex(({ lineId }) => lineId === line.lineId);
  return at < 0 ? [...lines, line] : lines.map((one, i) => (i === at ? line : one));
}

/** Both, an offer that is in both with its units together, but never more than a line may have. */
export function together(lines: readonly CartLine[], more: readonly CartLine[]): CartLine[] {
  return more.reduce<readonly CartLine[]>((all, line) => {
    const had = all.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0;
    return put(all, { ...line, quantity: Math.min(QUANTITY_MAX, had + line.quantity) });
  }, lines) as CartLine[];
}

/** The line after so many units are put in. @throws CART_FULL, PRODUCT_NOT_LISTED, CURRENCY_MISMATCH */
export function lineWith(cart: KeptCart, offerId: string, quantity: number, offered: OfferedHere): CartLine {
  if (!offered.channels.includes(cart.channelId)) {
    refuse("PRODUCT_NOT_LISTED", "The product is not sold in the cart's channel.", { channelId: cart.channelId });
  }
  if (offered.currency !== cart.currency) {
    refuse("CURRENCY_MISMATCH", `The offer is priced in ${offered.currency}, the cart in ${cart.currency}.`, {
      currencies: [cart.currency, offered.currency],
    });
  }
  const line = { lineId: offerId, offerId, quantity, seenMinor: unitAt(offered.prices, quantity) };
  const lines = put(cart.lines, line);
  if (lines.length > LINES_MAX || quantity > QUANTITY_MAX || worthOf(lines) > AMOUNT_MINOR_MAX) {
    const most = `${LINES_MAX} lines of ${QUANTITY_MAX} units each, worth ${AMOUNT_MINOR_MAX} minor units`;
    refuse("CART_FULL", `A cart holds ${most}, at most; make a second order of it.`, { linesMax: LINES_MAX });
  }
  return line;
}

export const quantityOf = (cart: KeptCart, offerId: string): number =>
  cart.lines.find(({ lineId }) => lineId === offerId)?.quantity ?? 0;

/** @throws NOT_FOUND */
export function refuseWithout(cart: KeptCart, offerId: string): void {
  if (quantityOf(cart, offerId) === 0) refuse("NOT_FOUND", "The offer is not in the cart.", { offerId });
}
