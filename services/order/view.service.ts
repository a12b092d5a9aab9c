/** An order as people read it: what was bought, from its first version, and how far it is, from its newest. Pure. */
import type { PlacedOrder, LineState } from "../../models/order/order.state.aggregate";
import { boughtWith } from "../../models/order/order.payments.aggregate";
import { openOf } from "../../models/order/order.state.aggregate";
import type { PlaceOrder } from "../../models/order/order.place.contract";
import type { LineProgress, OrderMoney, OrderView, PaymentStatus } from "../../models/order/order.view.contract";

const progressOf = (line: LineState): LineProgress => {
  const { shipped = 0, cancelled = 0, returning = 0, returned = 0, refunded = 0 } = line;
  return { open: openOf(line), shipped, cancelled, returning, returned, refunded };
};

/** By what was moved: what was put against other articles neither was given back nor is still to come. */
export function paymentStatusOf({ exchangedMinor = 0, ...money }: PlacedOrder["money"]): PaymentStatus {
  const totalMinor = money.totalMinor - exchangedMinor;
  const [capturedMinor, refundedMinor] = [money.capturedMinor - exchangedMinor, money.refundedMinor - exchangedMinor];
  if (refundedMinor > 0) return refundedMinor === capturedMinor ? "refunded" : "part-refunded";
  if (capturedMinor === 0) return totalMinor === 0 ? "captured" : "authorised";
  return capturedMinor < totalMinor ? "part-captured" : "captured";
}

function moneyOf({ money, lines, shipping }: PlacedOrder): OrderMoney {
  const { paymentId, totalMinor, capturedMinor, refundedMinor, exchangedMinor = 0 } = money;
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, shipping?.taxMinor ?? 0);
  const payments = [boughtWith(money), ...(money.more ?? [])];
  return {
    status: paymentStatusOf(money),
    paymentId,
    totalMinor,
    taxMinor,
    capturedMinor,
    refundedMinor,
    exchangedMinor,
    payments,
  };
}

function raiseOf({ raise }: PlacedOrder): OrderView["raise"] {
  if (!raise) return null;
  const { commissions: _commissions, swap: _swap, ...shown } = raise;
  return shown;
}

const problemsOf = ({ tasks }: PlacedOrder): OrderView["problems"] =>
  tasks.flatMap(({ kind, failed }) => (failed === undefined ? [] : [{ task: kind, reason: failed }]));

export function viewOf(version: number, order: PlacedOrder, bought: PlaceOrder): OrderView {
  const { id, number, status, groupId, channelId, sellerId, customerId, placedAt, currency } = order;
  const progress = new Map(order.lines.map((line) => [line.lineId, progressOf(line)]));
  return {
    ...{ id, version, number, status, groupId, channelId, sellerId, customerId, placedAt, currency },
    replaces: order.replaces ?? null,
    taxInclusive: bought.taxInclusive,
    contact: order.contact,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    lines: bought.lines.map((line) => ({ ...line, progress: progress.get(line.lineId) as LineProgress })),
    parcel: bought.parcel ?? null,
    money: moneyOf(order),
    papers: order.papers,
    fulfilments: order.fulfilments.map(({ quantities, ...one }) => ({
      ...one,
      lines: Object.entries(quantities).map(([lineId, quantity]) => ({ lineId, quantity })),
    })),
    returns: order.returns ?? [],
    raise: raiseOf(order),
    problems: problemsOf(order),
  };
}
