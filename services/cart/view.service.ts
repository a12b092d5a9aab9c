/** What is shown of a cart: to its customer, to checkout, and as a quote that binds. Pure. */
import type { Quote } from "../../models/cart/cart.quote.contract";
import type { KeptCart } from "../../models/cart/cart.state.contract";
import type { CartChange, CartGlance, CartView } from "../../models/cart/cart.view.contract";
import { refuse } from "../../models/refusals";
import type { Reckoned } from "./reckon.service";

export function glanceOf(version: number, state: KeptCart): CartGlance {
  const { later: _later, country: _country, arrived: _arrived, changedAt: _at, lines, ...known } = state;
  const { mergedInto: _into, lastCheckoutId: _last, ...glance } = known;
  return { ...glance, version, lines: lines.length };
}

export function viewOf(version: number, state: KeptCart, { quote, changes, missing }: Reckoned): CartView {
  const { id, status, channelId, currency, customerId, lines, coupons, shipping } = state;
  const { contact, shippingAddress, billingAddress } = state;
  const head = { id, version, status, channelId, currency, customerId };
  return { ...head, lines, coupons, shipping, contact, shippingAddress, billingAddress, quote, changes, missing };
}

function changesOf({ changes, quote }: Reckoned, agreedMinor: number | undefined): readonly CartChange[] {
  if (quote === null || agreedMinor === undefined || agreedMinor === quote.totalMinor) return changes;
  return [...changes, { kind: "total", wasMinor: agreedMinor, isMinor: quote.totalMinor }];
}

/** @throws CART_CLOSED, CART_EMPTY, CART_INCOMPLETE, TAX_UNSET, CART_CHANGED */
export function binding(state: KeptCart, reckoned: Reckoned, agreedMinor: number | undefined): Quote {
  const { quote, missing } = reckoned;
  if (state.lines.length === 0) refuse("CART_EMPTY", "There is nothing in the cart.");
  const changes = changesOf(reckoned, agreedMinor);
  if (changes.length > 0) {
    refuse("CART_CHANGED", "The cart is not what the customer was told; show it again.", { changes });
  }
  if (missing.includes("taxes")) refuse("TAX_UNSET", "No tax rates are set for where the cart goes to.");
  if (quote === null || missing.length > 0) {
    return refuse("CART_INCOMPLETE", `Not everything is said yet: ${missing.join(", ")}.`, { missing });
  }
  return quote;
}
