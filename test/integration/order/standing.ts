/** How it stands with orders: their promises, money, books, papers, letters and tasks, from all histories. */
import type { Row } from "../../../models/kernel/row";
import type { Entry } from "../../../models/ledger/ledger.book.contract";
import type { OrderView } from "../../../models/order/order.view.contract";
import {
  capturedMinor,
  isOpen,
  refundedMinor,
  type PaymentState,
} from "../../../models/payment/payment.moves.aggregate";
import type { BegunSupplement } from "../../../models/supplement/supplement.aggregate";
import { supplementPaymentId } from "../../../models/supplement/supplement.data.contract";
import type { MemoryNode } from "../../support/memory-node";
import type { Bought, Purchases } from "./purchase";

export const rowsOf = ({ histories }: MemoryNode, name: string): Row[] => [
  ...(histories.get(name)?.rows.values() ?? []),
];

const SIGNS: Readonly<Record<string, number>> = { "stock.reserved": 1, "stock.released": -1, "stock.shipped": -1 };

type Sums = Map<string, number>;
const add = (sums: Sums, key: string, by: number): Sums => sums.set(key, (sums.get(key) ?? 0) + by);

/** Units that are promised, by hold. */
function heldIn(node: MemoryNode): Sums {
  const events = rowsOf(node, "stock").flatMap((row) => row.events);
  return events.reduce<Sums>((held, { type, data }) => {
    const { holdId = "", quantity = 0 } = data as { holdId?: string; quantity?: number };
    return add(held, holdId, (SIGNS[type] ?? 0) * quantity);
  }, new Map());
}

/** Money in the books, by order. */
function bookedIn(node: MemoryNode): Sums {
  const events = rowsOf(node, "ledger").flatMap((row) => row.events);
  const entries = events.flatMap(({ data }) => (data as { entry?: Entry }).entry ?? []);
  return entries.reduce<Sums>((cash, { reference, postings }) => {
    const taken = postings.filter(({ account }) => account === "cash").reduce((sum, one) => sum + one.amountMinor, 0);
    return add(cash, reference.split("/")[0] ?? "", taken);
  }, new Map());
}

/** Rows stand in the order in which they were written: the last one of a thing is the newest. */
const newestIn = <S>(node: MemoryNode, name: string): ReadonlyMap<string, S> =>
  new Map(rowsOf(node, name).map(({ aggregateId, state }) => [aggregateId, state as S]));

/** By the order that they are of. */
function grouped<S extends { readonly orderId?: string | null }>(all: ReadonlyMap<string, S>) {
  const groups = new Map<string, [id: string, state: S][]>();
  for (const [id, state] of all) {
    const of = state.orderId ?? "";
    groups.set(of, [...(groups.get(of) ?? []), [id, state]]);
  }
  return groups;
}

/** The holds for what is wanted instead of what comes back, by order. */
function exchangesIn(node: MemoryNode): ReadonlyMap<string, readonly string[]> {
  const holds = new Map<string, readonly string[]>();
  for (const { events, state } of rowsOf(node, "return")) {
    const { orderId } = state as { orderId: string };
    const allocations = events.flatMap(
      ({ data }) => (data as { allocations?: { holdId: string }[] }).allocations ?? [],
    );
    holds.set(orderId, [...(holds.get(orderId) ?? []), ...allocations.map(({ holdId }) => holdId)]);
  }
  return holds;
}

/** One look at everything that was written; there are hundreds of orders. */
const factsIn = (node: MemoryNode) => ({
  held: heldIn(node),
  cash: bookedIn(node),
  letters: grouped(newestIn<{ readonly orderId?: string | null }>(node, "message")),
  supplements: grouped(newestIn<BegunSupplement>(node, "supplement")),
  payments: newestIn<PaymentState>(node, "payment"),
  exchanges: exchangesIn(node),
});

type Facts = ReturnType<typeof factsIn>;

/** What all payments of an order have taken and not given back, and whether one for more of it still hangs. */
function paidFor({ payments }: Facts, paymentId: string, more: readonly string[]) {
  const open = (id: string): PaymentState[] => [payments.get(id) ?? { status: "absent" }];
  const all = [paymentId, ...more].flatMap(open).filter(isOpen);
  // what is authorised and not captured hangs on a card; of the first payment that is the order's own matter
  const hangs = more.flatMap(open).filter(isOpen);
  return {
    keptMinor: all.reduce((sum, payment) => sum + capturedMinor(payment) - refundedMinor(payment), 0),
    hanging: hangs.filter((payment) => payment.status === "authorised" && capturedMinor(payment) === 0).length,
  };
}

/** Of an order: its promise, money, books, papers, letters and tasks. */
async function standingOf(purchases: Purchases, facts: Facts, { id, paymentId, holdId }: Bought) {
  const more = facts.supplements.get(id) ?? [];
  const holds = more.flatMap(([, { allocations = [] }]) => allocations.map((one) => one.holdId));
  holds.push(...(facts.exchanges.get(id) ?? []));
  const { status, problems, papers, money } = await purchases.call<OrderView>("order.get", { id });
  return {
    held: [...new Set([holdId, ...holds])].reduce((sum, one) => sum + (facts.held.get(one) ?? 0), 0),
    ...paidFor(
      facts,
      paymentId,
      more.map(([supplementId]) => supplementPaymentId(supplementId)),
    ),
    ...{ status, problems },
    orderMinor: money.capturedMinor - money.refundedMinor,
    bookedMinor: facts.cash.get(id) ?? 0,
    // of two tasks of one step, the one that was refused and tried again comes after the other
    papers: papers.map(({ kind }) => kind).sort(),
    letters: facts.letters.get(id)?.length ?? 0,
  };
}

export type Standing = Awaited<ReturnType<typeof standingOf>>;

/** In the order of `orders`. */
export function standings(purchases: Purchases, orders: readonly Bought[]): Promise<Standing[]> {
  const facts = factsIn(purchases.mall);
  return Promise.all(orders.map((one) => standingOf(purchases, facts, one)));
}
