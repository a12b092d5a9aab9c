import type { ServiceSchema } from "moleculer";
import { checkout, type BegunCheckout, type CheckoutState } from "../../models/checkout/checkout.aggregate";
import {
  checkoutContract,
  type CheckoutId,
  type CheckoutOrder,
  type CheckoutView,
} from "../../models/checkout/checkout.contract";
import { orderIdsOf, paymentIdOf } from "../../models/checkout/checkout.orders.contract";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import type { CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse, type HistoryReader } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { holdsMallWide } from "../kernel/permission";
import { aggregateService } from "../kernel/service";

/** None while or after they are taken back. */
function ordersOf(id: string, { status, placed = [] }: BegunCheckout): CheckoutOrder[] {
  if (status === "failed" || status === "undoing") return [];
  const orderIds = orderIdsOf(id, placed);
  return placed.map((sellerId, n) => ({ sellerId, orderId: orderIds[n] ?? "" }));
}

export function viewOf(id: string, version: number, state: BegunCheckout): CheckoutView {
  const { status, saga, cartId, channelId, customerId, challengeUrl } = state;
  const { currency = null, totalMinor = null, unfinished = null } = state;
  return {
    ...{ id, version, status, step: saga.step, cartId, channelId, customerId, currency, totalMinor },
    paymentId: totalMinor === null || totalMinor === 0 ? null : paymentIdOf(id),
    challenge: status === "waiting" && challengeUrl !== undefined ? { url: challengeUrl } : null,
    until: saga.until,
    orders: ordersOf(id, state),
    failure: saga.failure,
    unfinished,
  };
}

/** A checkout of an account is its customer's and the staff's; one of nobody is whoever's who knows its id. */
export async function ownCheckout(node: Node, reader: HistoryReader, { id }: CheckoutId, { principal }: CallMeta) {
  const { version, state } = await newestOrRefuse<CheckoutState>(reader, id, "checkout");
  const { customerId } = state;
  const theirs = customerId === null || customerId === principal.id;
  if (!theirs && !holdsMallWide(node.roles, principal, "checkout.read")) {
    refuse("CART_FOREIGN", "The checkout is of somebody else's cart; sign in as its customer.");
  }
  return { version, state };
}

export const checkoutService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "checkout");
  return aggregateService(node, {
    contract: anyContract(checkoutContract),
    aggregate: checkout,
    // contact, addresses and the token of the card
    confidential: true,
    queries: {
      "checkout.get": async (params: CheckoutId, { meta }): Promise<CheckoutView> => {
        const { version, state } = await ownCheckout(node, reader, params, meta);
        return viewOf(params.id, version, state);
      },
    },
  });
};
