/** What must be true of a sale that is over, whoever died while it lasted. */
import type { BegunCheckout } from "../../../../models/checkout/checkout.aggregate";
import { paymentIdOf } from "../../../../models/checkout/checkout.orders.contract";
import { hasEnded } from "../../../../models/kernel/saga";
import type { KeptStock, StockEvent } from "../../../../models/stock/stock.aggregate";
import { available } from "../../../../models/stock/stock.hold.aggregate";
import { orderIdOf } from "../../../../models/order/order.place.contract";
import type { Market } from "./house";
import { SELLER, type Customer, type Method } from "./outside";

/** Versions of each stock: between two of them something was decided. */
export type Versions = Readonly<Record<string, number>>;

export interface Purchase {
  readonly customer: Customer;
  readonly checkoutId: string;
  readonly before: Versions;
  readonly after: Versions;
}

export interface Sale {
  readonly market: Market;
  readonly stockIds: readonly string[];
  /** On hand at the beginning, and back orders. */
  readonly units: number;
  readonly purchases: readonly Purchase[];
}

export const stateOf = ({ checkouts }: Market, id: string): BegunCheckout | null =>
  (checkouts.of(id).at(-1)?.state as BegunCheckout | undefined) ?? null;

const statesOf = ({ market, stockIds }: Sale): KeptStock[] =>
  stockIds.map((id) => market.stock.of(id).at(-1)?.state as KeptStock);

export const leftOf = (sale: Sale): number => statesOf(sale).reduce((sum, state) => sum + available(state), 0);

/** At no version is more promised than there is, nor anything below none. */
function countFaults({ market, stockIds }: Sale): string[] {
  return stockIds.flatMap((id) =>
    market.stock.of(id).flatMap(({ version, state }, n) => {
      const { onHand, reserved = 0, backorderMax = 0 } = state as KeptStock;
      const well = onHand >= 0 && reserved >= 0 && reserved <= onHand + backorderMax;
      const faults = version === n + 1 ? [] : [`${id}@${version} is not version ${n + 1}`];
      return well ? faults : [...faults, `${id}@${version}: ${reserved} of ${onHand} + ${backorderMax} are promised`];
    }),
  );
}

const MORE: Readonly<Record<string, number>> = { "stock.reserved": 1, "stock.released": -1, "stock.shipped": -1 };

/** Each hold is promised once at most, and comes down to what its checkout ended with. */
function holdFaults({ market, stockIds, purchases }: Sale): string[] {
  const [held, times, shipped] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const add = (to: Map<string, number>, id: string, n: number): void => void to.set(id, (to.get(id) ?? 0) + n);
  const events = stockIds.flatMap((id) => market.stock.of(id).flatMap((row) => row.events as readonly StockEvent[]));
  for (const { type, data } of events) {
    if (!("holdId" in data) || !("quantity" in data)) continue;
    add(held, data.holdId, (MORE[type] ?? 0) * data.quantity);
    if (type === "stock.reserved") add(times, data.holdId, 1);
    if (type === "stock.shipped") add(shipped, data.holdId, data.quantity);
  }
  const owned = new Map(
    purchases.flatMap(({ checkoutId }) => {
      const state = stateOf(market, checkoutId);
      return state?.status === "done"
        ? (state.allocations ?? []).map((one) => [one.holdId, one.quantity] as const)
        : [];
    }),
  );
  const doubled = [...times].filter(([, n]) => n > 1).map(([id, n]) => `the hold ${id} was promised ${n} times`);
  const wrong = [...new Set([...held.keys(), ...owned.keys()])].filter(
    (id) => (held.get(id) ?? 0) + (shipped.get(id) ?? 0) !== (owned.get(id) ?? 0),
  );
  return [...doubled, ...wrong.map((id) => `the hold ${id} holds ${held.get(id)}, and its order ${owned.get(id)}`)];
}

function quantityFaults(sale: Sale): string[] {
  const { market, units, purchases } = sale;
  const sold = purchases
    .filter(({ checkoutId }) => stateOf(market, checkoutId)?.status === "done")
    .reduce((sum, { customer }) => sum + customer.quantity, 0);
  const left = leftOf(sale);
  const faults = sold === units ? [] : [`${sold} of ${units} units are sold`];
  return left === 0 ? faults : [...faults, `${left} units are left, though nobody could have more`];
}

/** How a purchase may end that found enough. */
const ENDS: Readonly<Record<Method, string>> = {
  ok: "done",
  confirmed: "done",
  declined: "PAYMENT_DECLINED",
  uncaptured: "PAYMENT_DECLINED",
  ignored: "TIMED_OUT",
  unplaced: "SELLER_CLOSED",
  blocked: "CHECKOUT_BLOCKED",
};

interface Told {
  readonly location?: string;
  readonly available?: number;
  readonly wanted?: number;
  readonly changes?: readonly Told[];
}

/** What can be had of a stock at each version between question and answer. */
function between({ market }: Sale, id: string, { before, after }: Purchase): number[] {
  const rows = market.stock.of(id).filter(({ version }) => version >= (before[id] ?? 0) && version <= (after[id] ?? 0));
  return [...new Set(rows.map(({ state }) => available(state as KeptStock)))];
}

/** A refusal tells what could be had then: at one place, or at all of them together. */
function liveFaults(sale: Sale, purchase: Purchase, data: Told): string[] {
  const { available: told, wanted, location } = data.changes?.[0] ?? data;
  const { market, stockIds } = sale;
  const here = stockIds.filter(
    (id) => location === undefined || (market.stock.of(id)[0]?.state as KeptStock).location === location,
  );
  const sums = here.reduce<number[]>(
    (all, id) => [...new Set(all.flatMap((sum) => between(sale, id, purchase).map((one) => sum + one)))],
    [0],
  );
  const live = told !== undefined && sums.includes(told);
  const reason = wanted !== undefined && told !== undefined && wanted > told;
  return live && reason ? [] : [`was told that ${told} can be had of ${wanted} wanted, and there were ${sums.join()}`];
}

function endFaults(sale: Sale, purchase: Purchase, { status, saga }: BegunCheckout): string[] {
  const { type = status, detail = "", data = {} } = saga.failure ?? {};
  if (type === ENDS[purchase.customer.method]) return [];
  const short = type === "STOCK_SHORT" || type === "CART_CHANGED";
  return short ? liveFaults(sale, purchase, data) : [`ended with ${type} (${detail})`];
}

function outcomeFaults(sale: Sale, purchase: Purchase): string[] {
  const state = stateOf(sale.market, purchase.checkoutId);
  if (!state) return ["has not begun"];
  return hasEnded(state) ? endFaults(sale, purchase, state) : [`is ${state.status} at ${String(state.saga.step)}`];
}

/** Orders and money are there for what was bought, and for nothing else. */
function leavings({ market }: Sale, { customer, checkoutId }: Purchase): string[] {
  const { orders, payments, locked } = market.outside;
  const done = stateOf(market, checkoutId)?.status === "done";
  const order = orders.get(orderIdOf({ checkoutId, sellerId: SELLER }));
  const payment = payments.get(paymentIdOf(checkoutId));
  const found = { ordered: order?.status === "placed", taken: Number(payment?.capturedMinor) > 0 };
  const wrong = found.ordered !== done || found.taken !== done || locked.has(customer.id);
  return wrong ? [`has bought: ${String(done)}, and ${JSON.stringify(found)}, or a cart that is locked still`] : [];
}

export const faultsOf = (sale: Sale): string[] => [
  ...countFaults(sale),
  ...holdFaults(sale),
  ...quantityFaults(sale),
  ...sale.purchases.flatMap((purchase) =>
    [...outcomeFaults(sale, purchase), ...leavings(sale, purchase)].map(
      (fault) => `${purchase.customer.id} (${purchase.customer.method}) ${fault}`,
    ),
  ),
];
