/** What must be true of a purchase when everything is over, from the histories of all that took part in it. */
import type { BegunCheckout } from "../../../models/checkout/checkout.aggregate";
import { paymentIdOf } from "../../../models/checkout/checkout.orders.contract";
import type { Row } from "../../../models/kernel/row";
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

/** Sums that are nothing until something is added. */
class Sums {
  private readonly known = new Map<string, number>();
  add(key: string, by: number): void {
    this.known.set(key, this.of(key) + by);
  }
  of(key: string): number {
    return this.known.get(key) ?? 0;
  }
}

/** What the events of an aggregate add for a key. */
function summed(rows: readonly Row[], keyOf: (data: never) => string, signs: Readonly<Record<string, number>>): Sums {
  const sums = new Sums();
  for (const { type, data } of rows.flatMap(({ events }) => events)) {
    const { quantity = 1 } = data as { quantity?: number };
    sums.add(keyOf(data as never), (signs[type] ?? 0) * quantity);
  }
  return sums;
}

/** Money that came in, by order. */
function bookedIn(node: MemoryNode): Sums {
  const sums = new Sums();
  for (const { data } of rowsOf(node, "ledger").flatMap(({ events }) => events)) {
    const { entry } = data as { entry?: Entry };
    const cash = entry?.postings.filter(({ account }) => account === "cash") ?? [];
    for (const { amountMinor } of cash) sums.add(entry?.reference.split("/")[0] ?? "", amountMinor);
  }
  return sums;
}

/** Every hold that a checkout ever named. */
function holdsIn(node: MemoryNode): ReadonlyMap<string, ReadonlySet<string>> {
  const holds = new Map<string, Set<string>>();
  for (const { aggregateId, state } of rowsOf(node, "checkout")) {
    const { allocations = [] } = state as BegunCheckout;
    const own = holds.get(aggregateId) ?? new Set();
    holds.set(aggregateId, own);
    for (const { holdId } of allocations) own.add(holdId);
  }
  return holds;
}

const useOf = ({ useId }: { useId: string }): string => useId;
const holdOf = ({ holdId }: { holdId: string }): string => holdId;

function factsIn(node: MemoryNode) {
  const redemptions = rowsOf(node, "redemption");
  return {
    held: summed(rowsOf(node, "stock"), holdOf, { "stock.reserved": 1, "stock.released": -1, "stock.shipped": -1 }),
    uses: summed(redemptions, useOf, { "redemption.counted": 1, "redemption.uncounted": -1 }),
    kept: summed(redemptions, useOf, { "redemption.confirmed": 1 }),
    checkouts: newestOf<BegunCheckout>(node, "checkout"),
    holds: holdsIn(node),
    orders: newestOf<PlacedOrder>(node, "order"),
    payments: newestOf<PaymentState>(node, "payment"),
    carts: newestOf<{ readonly status: string }>(node, "cart"),
    booked: bookedIn(node),
  };
}

type Facts = ReturnType<typeof factsIn>;

/** Captured and not given back, and whether somebody still waits for the bank. */
function moneyOf(payment: PaymentState | undefined): { readonly takenMinor: number; readonly waits: boolean } {
  if (!payment || !isOpen(payment)) return { takenMinor: 0, waits: false };
  const waits = ["requested", "challenged"].includes(payment.status);
  return { takenMinor: capturedMinor(payment) - refundedMinor(payment), waits };
}

const undone = ({ tasks }: PlacedOrder): string[] => tasks.map(({ kind, failed = "waits" }) => `${kind}: ${failed}`);

/** How it stands with one purchase: what is promised to it, used, placed, taken, booked. */
function standing(facts: Facts, { checkoutId, cartId }: Purchase) {
  const orderIds = SELLERS.map((sellerId) => orderIdOf({ checkoutId, sellerId }));
  const orders = orderIds.flatMap((id) => facts.orders.get(id) ?? []);
  return {
    held: [...(facts.holds.get(checkoutId) ?? [])].reduce((sum, id) => sum + facts.held.of(id), 0),
    uses: facts.uses.of(checkoutId),
    kept: facts.kept.of(checkoutId),
    orders: orders.map(({ status }) => status),
    problems: orders.flatMap(undone),
    ...moneyOf(facts.payments.get(paymentIdOf(checkoutId))),
    bookedMinor: orderIds.reduce((sum, id) => sum + facts.booked.of(id), 0),
    cart: facts.carts.get(cartId)?.status,
  };
}

type Standing = ReturnType<typeof standing>;

const paid = (totalMinor: number): Standing => ({
  ...{ held: UNITS, uses: 1, kept: 1, orders: ["placed", "placed"], problems: [] },
  ...{ takenMinor: totalMinor, waits: false, bookedMinor: totalMinor, cart: "open" },
});

const nothing = ({ orders }: Standing): Standing => ({
  ...{ held: 0, uses: 0, kept: 0, orders: orders.map(() => "cancelled"), problems: [] },
  ...{ takenMinor: 0, waits: false, bookedMinor: 0, cart: "open" },
});

const nameOf = ({ story, plan, play }: Purchase): string =>
  plan ? `${story.name}, ${plan.at} ${play.heard[plan.at]?.action ?? "?"}: ${plan.fault}` : story.name;

export interface Verdict {
  /** How each purchase ended. */
  readonly ended: readonly string[];
  readonly faults: readonly string[];
}

export function verdictOf({ market, purchases }: Stories): Verdict {
  const facts = factsIn(market.node);
  const ended = purchases.map(({ checkoutId }) => facts.checkouts.get(checkoutId)?.status ?? "absent");
  const faults = purchases.flatMap((purchase, i): string[] => {
    const found = standing(facts, purchase);
    const totalMinor = facts.checkouts.get(purchase.checkoutId)?.totalMinor ?? 0;
    const wanted = ended[i] === "done" ? paid(totalMinor) : nothing(found);
    const text = JSON.stringify(found);
    return text === JSON.stringify(wanted) ? [] : [`${nameOf(purchase)}: ${ended[i] ?? ""} ${text}`];
  });
  return { ended, faults };
}
