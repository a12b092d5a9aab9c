/** What must be true of a purchase when everything is over, from the histories of all that took part in it. */
import type { Allocation } from "../../../models/checkout/checkout.allocation.contract";
import type { BegunCheckout } from "../../../models/checkout/checkout.aggregate";
import { paymentIdOf } from "../../../models/checkout/checkout.orders.contract";
import type { Row } from "../../../models/kernel/row";
import { hasEnded } from "../../../models/kernel/saga";
import type { Entry } from "../../../models/ledger/ledger.book.contract";
import { orderIdOf } from "../../../models/order/order.place.contract";
import type { PlacedOrder } from "../../../models/order/order.state.aggregate";
import {
  capturedMinor,
  isOpen,
  refundedMinor,
  type PaymentState,
} from "../../../models/payment/payment.moves.aggregate";
import type { MemoryNode } from "../../support/memory-node";
import type { Purchase, Stories } from "./stories";

const SELLERS = ["lumen", "weave"];
/** A lamp and two rugs. */
const UNITS = 3;

const rowsOf = ({ histories }: MemoryNode, name: string): Row[] => [...(histories.get(name)?.rows.values() ?? [])];

function newestOf<S>(node: MemoryNode, name: string): ReadonlyMap<string, S> {
  const newest = new Map<string, Row>();
  for (const row of rowsOf(node, name)) {
    if ((newest.get(row.aggregateId)?.version ?? 0) < row.version) newest.set(row.aggregateId, row);
  }
  return new Map([...newest].map(([id, { state }]) => [id, state as S]));
}

/** Sums what the events of an aggregate add for a key. */
function sums(rows: readonly Row[], keyOf: (data: never) => string, signs: Readonly<Record<string, number>>) {
  const found = new Map<string, number>();
  for (const { type, data } of rows.flatMap(({ events }) => events)) {
    const sign = signs[type];
    if (sign === undefined) continue;
    const { quantity = 1 } = data as { quantity?: number };
    const key = keyOf(data as never);
    found.set(key, (found.get(key) ?? 0) + sign * quantity);
  }
  return found;
}

interface Found {
  readonly status: string;
  /** Units that are promised to it. */
  readonly held: number;
  readonly uses: number;
  readonly openUses: number;
  readonly orders: readonly string[];
  /** Captured and not given back. */
  readonly takenMinor: number;
  /** Of what was authorised, still to be had. */
  readonly open: boolean;
  /** By the books of its sellers. */
  readonly bookedMinor: number;
  readonly problems: readonly string[];
  readonly cart: string;
}

export interface Verdict {
  readonly ended: readonly string[];
  readonly faults: readonly string[];
}

function reader(node: MemoryNode) {
  const held = sums(rowsOf(node, "stock"), ({ holdId }: { holdId: string }) => holdId, {
    ...{ "stock.reserved": 1, "stock.released": -1, "stock.shipped": -1 },
  });
  const useOf = ({ useId }: { useId: string }): string => useId;
  const redemptions = rowsOf(node, "redemption");
  const uses = sums(redemptions, useOf, { "redemption.counted": 1, "redemption.uncounted": -1 });
  const openUses = sums(redemptions, useOf, {
    ...{ "redemption.counted": 1, "redemption.uncounted": -1, "redemption.confirmed": -1 },
  });
  const checkouts = newestOf<BegunCheckout>(node, "checkout");
  const holds = new Map<string, Set<string>>();
  for (const { aggregateId, state } of rowsOf(node, "checkout")) {
    const own = holds.get(aggregateId) ?? new Set();
    for (const { holdId } of (state as { allocations?: Allocation[] }).allocations ?? []) own.add(holdId);
    holds.set(aggregateId, own);
  }
  const orders = newestOf<PlacedOrder>(node, "order");
  const payments = newestOf<PaymentState>(node, "payment");
  const carts = newestOf<{ status: string }>(node, "cart");
  const booked = new Map<string, number>();
  for (const { data } of rowsOf(node, "ledger").flatMap(({ events }) => events)) {
    const { entry } = data as { entry?: Entry };
    const [orderId = ""] = (entry?.reference ?? "").split("/");
    const cash = entry?.postings.find(({ account }) => account === "cash")?.amountMinor ?? 0;
    booked.set(orderId, (booked.get(orderId) ?? 0) + cash);
  }
  const sum = (values: readonly (number | undefined)[]): number =>
    values.reduce<number>((all, one) => all + (one ?? 0), 0);

  return ({ checkoutId, cartId }: Purchase): Found & { readonly totalMinor: number } => {
    const orderIds = SELLERS.map((sellerId) => orderIdOf({ checkoutId, sellerId }));
    const placed = orderIds.flatMap((id) => orders.get(id) ?? []);
    const checkout = checkouts.get(checkoutId);
    const payment = payments.get(paymentIdOf(checkoutId)) ?? { status: "absent" };
    const taken = isOpen(payment) ? capturedMinor(payment) - refundedMinor(payment) : 0;
    const waits = placed.flatMap(({ tasks }) => tasks.map(({ kind, failed }) => `${kind}: ${failed ?? "waits"}`));
    return {
      status: checkout?.status ?? "absent",
      totalMinor: checkout?.totalMinor ?? 0,
      held: sum([...(holds.get(checkoutId) ?? [])].map((id) => held.get(id))),
      uses: sum([...uses].filter(([id]) => id === checkoutId).map(([, n]) => n)),
      openUses: openUses.get(checkoutId) ?? 0,
      orders: placed.map(({ status }) => status),
      takenMinor: taken,
      open: isOpen(payment) && ["requested", "challenged"].includes(payment.status),
      bookedMinor: sum(orderIds.map((id) => booked.get(id))),
      problems: [...waits, ...(checkout && !hasEnded(checkout) ? [`at ${String(checkout.saga.step)}`] : [])],
      cart: carts.get(cartId)?.status ?? "absent",
    };
  };
}

/** Of each purchase: how it ended; and what is wrong with it. */
export function verdictOf({ market, purchases }: Stories): Verdict {
  const read = reader(market.node);
  const ended: string[] = [];
  const faults: string[] = [];
  for (const purchase of purchases) {
    const { totalMinor, ...found } = read(purchase);
    ended.push(found.status);
    const done = found.status === "done";
    const wanted: Found = {
      ...{ status: found.status, held: done ? UNITS : 0, uses: done ? 1 : 0, openUses: 0 },
      orders: done ? ["placed", "placed"] : found.orders.map(() => "cancelled"),
      ...{ takenMinor: done ? totalMinor : 0, open: false, bookedMinor: done ? totalMinor : 0, problems: [] },
      cart: "open",
    };
    if (JSON.stringify(found) === JSON.stringify(wanted)) continue;
    const { story, plan } = purchase;
    const at = plan ? `${plan.at} ${purchase.play.heard[plan.at]?.action ?? "?"}: ${plan.fault}` : "no fault";
    faults.push(`${story.name}, ${at}: ${JSON.stringify(found)}`);
  }
  return { ended, faults };
}
