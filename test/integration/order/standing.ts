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
import { supplementPaymentId, type BegunSupplement } from "../../../models/supplement/supplement.aggregate";
import type { MemoryNode } from "../../support/memory-node";
import type { Bought, Purchases } from "./purchase";

export const rowsOf = ({ histories }: MemoryNode, name: string): Row[] => [
  ...(histories.get(name)?.rows.values() ?? []),
];

const SIGNS: Readonly<Record<string, number>> = { "stock.reserved": 1, "stock.released": -1, "stock.shipped": -1 };

/** One look at everything that was written; there are hundreds of orders. */
function factsIn(node: MemoryNode) {
  const [held, cash] = [new Map<string, number>(), new Map<string, number>()];
  const letters = new Map<string, Set<string>>();
  const supplements = new Map<string, Map<string, BegunSupplement>>();
  const payments = new Map<string, PaymentState>();
  for (const { type, data } of rowsOf(node, "stock").flatMap(({ events }) => events)) {
    const { holdId = "", quantity = 0 } = data as { holdId?: string; quantity?: number };
    held.set(holdId, (held.get(holdId) ?? 0) + (SIGNS[type] ?? 0) * quantity);
  }
  for (const { data } of rowsOf(node, "ledger").flatMap(({ events }) => events)) {
    const { reference = "", postings = [] } = (data as { entry?: Entry }).entry ?? {};
    const [orderId = ""] = reference.split("/");
    const taken = postings.filter(({ account }) => account === "cash").reduce((sum, one) => sum + one.amountMinor, 0);
    cash.set(orderId, (cash.get(orderId) ?? 0) + taken);
  }
  for (const { aggregateId, state } of rowsOf(node, "message")) {
    const { orderId = "" } = state as { orderId?: string };
    letters.set(orderId, (letters.get(orderId) ?? new Set()).add(aggregateId));
  }
  // rows stand in the order in which they were written: the last one is the newest
  for (const { aggregateId, state } of rowsOf(node, "supplement")) {
    const known = supplements.get((state as BegunSupplement).orderId) ?? new Map<string, BegunSupplement>();
    supplements.set((state as BegunSupplement).orderId, known.set(aggregateId, state as BegunSupplement));
  }
  for (const { aggregateId, state } of rowsOf(node, "payment")) payments.set(aggregateId, state as PaymentState);
  return { held, cash, letters, supplements, payments };
}

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
async function standingOf({ call }: Purchases, facts: Facts, { id, paymentId, holdId }: Bought) {
  const more = [...(facts.supplements.get(id) ?? [])];
  const holds = more.flatMap(([, { allocations = [] }]) => allocations.map((one) => one.holdId));
  const { status, problems, papers, money } = await call<OrderView>("order.get", { id });
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
    papers: papers.map(({ kind }) => kind),
    letters: facts.letters.get(id)?.size ?? 0,
  };
}

export type Standing = Awaited<ReturnType<typeof standingOf>>;

/** In the order of `orders`. */
export function standings(purchases: Purchases, orders: readonly Bought[]): Promise<Standing[]> {
  const facts = factsIn(purchases.mall);
  return Promise.all(orders.map((one) => standingOf(purchases, facts, one)));
}
