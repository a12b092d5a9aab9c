/** Holds the store against what buyers were told of a sale: what was there is sold, and nothing else is held. */
import { capturedMinor, isOpen, type PaymentState } from "../../../models/payment/payment.moves.aggregate";
import { paymentIdOf } from "../../../models/checkout/checkout.orders.contract";
import { orderIdOf } from "../../../models/order/order.place.contract";
import { stockIdOf } from "../../../models/stock/stock.contract";
import type { StoredRows } from "../../support/store-of";
import type { Bought } from "./buyers";

export interface Sale {
  readonly offerId: string;
  readonly sellerId: string;
  readonly locations: readonly string[];
  readonly units: number;
}

interface Counts {
  readonly onHand: number;
  readonly reserved?: number;
}

async function newest<S>(store: StoredRows, aggregate: string, id: string): Promise<S | null> {
  const [row] = await store.of(aggregate).find({ aggregateId: id }).sort({ version: -1 }).limit(1).toArray();
  return row ? (row.state as S) : null;
}

/** Of all places together; a place that ever promised more than it had is a fault. */
async function promised(store: StoredRows, { offerId, locations }: Sale): Promise<{ held: number; faults: string[] }> {
  let held = 0;
  const faults: string[] = [];
  for (const location of locations) {
    const rows = await store
      .of("stock")
      .find({ aggregateId: stockIdOf({ offerId, location }) })
      .toArray();
    for (const { version, state } of rows) {
      const { onHand, reserved = 0 } = state as Counts;
      if (reserved > onHand || reserved < 0)
        faults.push(`${location}@${version} has promised ${reserved} of ${onHand}`);
    }
    const last = rows.sort((a, b) => b.version - a.version)[0];
    held += last ? ((last.state as Counts).reserved ?? 0) : 0;
  }
  return { held, faults };
}

async function leftBehind(store: StoredRows, { sellerId }: Sale, { cartId, checkoutId, status }: Bought) {
  const [cart, order, payment] = await Promise.all([
    newest<{ status: string }>(store, "cart", cartId),
    newest<{ status: string }>(store, "order", orderIdOf({ checkoutId, sellerId })),
    newest<PaymentState>(store, "payment", paymentIdOf(checkoutId)),
  ]);
  const found = {
    locked: cart?.status === "locked",
    placed: order?.status === "placed",
    paid: payment !== null && isOpen(payment) && capturedMinor(payment) > 0,
  };
  const wanted = { locked: false, placed: status === "done", paid: status === "done" };
  const text = JSON.stringify(found);
  return text === JSON.stringify(wanted) ? [] : [`checkout ${checkoutId} is ${status}: ${text}`];
}

const untold = ({ status, refusal, available, checkoutId }: Bought): string[] =>
  status === "done" || (refusal !== null && available === 0)
    ? []
    : [`checkout ${checkoutId} failed with ${String(refusal)}, ${String(available)} to be had`];

/** @param all everybody who came, those who came late as well */
export async function soldFaults(store: StoredRows, sale: Sale, all: readonly Bought[]): Promise<string[]> {
  const sold = all.filter(({ status }) => status === "done").length;
  const { held, faults } = await promised(store, sale);
  if (sold !== sale.units) faults.push(`${sold} were sold of ${sale.units}`);
  if (held !== sale.units) faults.push(`${held} are promised, and ${sold} were sold`);
  for (const one of all) faults.push(...untold(one), ...(await leftBehind(store, sale, one)));
  return faults;
}
