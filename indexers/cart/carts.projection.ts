/** Carts as those see them who ask after customers that went away: what they are worth, and since when nobody came. */
import type { CartState } from "../../models/cart/cart.state.contract";
import type { ListedCart } from "../../models/cart/cart.view.contract";
import { documentOf } from "../kernel/document";
import { date, flag, integer, keyword, long } from "../kernel/fields";

export const carts = documentOf<CartState>({
  name: "carts",
  revision: 1,
  source: "cart",
  fields: {
    id: keyword,
    version: integer,
    status: keyword,
    channelId: keyword,
    currency: keyword,
    customerId: keyword,
    lines: integer,
    units: long,
    worthMinor: long,
    reachable: flag,
    changedAt: date,
  },
  document(cart, { id, version }): ListedCart {
    const { status, channelId, currency, customerId, lines, contact, changedAt } = cart;
    return {
      ...{ id, version, status, channelId, currency, customerId, changedAt },
      lines: lines.length,
      units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      worthMinor: lines.reduce((sum, { quantity, seenMinor }) => sum + quantity * seenMinor, 0),
      // that there is one, sealed or not, says nothing of anybody
      reachable: contact !== null || customerId !== null,
    };
  },
});
