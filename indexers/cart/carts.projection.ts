/** Carts as those see them who ask after customers that went away: what they are worth, and since when nobody came. */
import type { CartState } from "../../models/cart/cart.state.contract";
import type { ListedCart } from "../../models/cart/cart.view.contract";
import { date, flag, integer, keyword, long } from "../kernel/fields";
import type { DocumentProjection, Json } from "../kernel/projection";

export const carts: DocumentProjection = {
  kind: "document",
  name: "carts",
  revision: 1,
  source: "cart",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
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
  },
  document({ aggregateId: id, version, state }) {
    const cart = state as CartState;
    if (cart.status === "absent") return null;
    const { status, channelId, currency, customerId, lines, contact, changedAt } = cart;
    const view: ListedCart = {
      ...{ id, version, status, channelId, currency, customerId, changedAt },
      lines: lines.length,
      units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      worthMinor: lines.reduce((sum, { quantity, seenMinor }) => sum + quantity * seenMinor, 0),
      // that there is one, sealed or not, says nothing of anybody
      reachable: contact !== null || customerId !== null,
    };
    return view as unknown as Json;
  },
};
