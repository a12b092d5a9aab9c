/** What each kind of task asks of others. Each may be run again: its commands have ids that derive from the task. */
import type { Calls } from "../../models/contracts";
import { boughtWith } from "../../models/order/order.payments.aggregate";
import type { OrderPaper } from "../../models/order/order.commands.contract";
import type { OrderReservation } from "../../models/order/order.place.contract";
import type { PostEntry } from "../../models/ledger/ledger.book.contract";
import type { PlacedOrder, Placed, Task } from "../../models/order/order.state.aggregate";
import type { Quantities, Units } from "../../models/order/order.units.aggregate";
import type { TypedCall } from "../kernel/call";
import type { Node } from "../kernel/node";
import { granted, revoked } from "./files.saga";
import { itemsOf, tell, trackLink } from "./letters.saga";
import { trackKeyOf } from "./order.service";
import { issued } from "./issuing.saga";
import { postingOf } from "./posting.service";

export interface TaskSite {
  readonly node: Node;
  readonly order: PlacedOrder;
  /** Calls of one part of the task; each part is done once. */
  readonly call: (part: string) => TypedCall<Calls>;
  readonly bought: () => Promise<Placed>;
  /** Issued so far, in this run as well. */
  readonly papers: readonly OrderPaper[];
}

type Of<K extends Task["kind"]> = Extract<Task, { kind: K }>;
type Runners = { readonly [K in Task["kind"]]: (site: TaskSite, task: Of<K>) => Promise<readonly OrderPaper[]> };

const NO_PAPERS: readonly OrderPaper[] = [];

/** What each letter about the order begins with. */
const about = ({ node, order: { id, number } }: TaskSite): { readonly number: string; readonly link: string } => ({
  number,
  link: trackLink(node, id, trackKeyOf(node, id)),
});

async function placed(site: TaskSite, { id: taskId }: Of<"placed">): Promise<readonly OrderPaper[]> {
  const { order, call } = site;
  const { id: orderId, groupId: id, checkoutId, channelId, customerId, currency, sellerId, number, money } = order;
  const { paymentId, totalMinor } = money;
  const group = { id, checkoutId, channelId, customerId, currency, paymentId };
  await call("group")("ordergroup.include", { ...group, orderId, sellerId, number, totalMinor });
  const all: Quantities = Object.fromEntries(order.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const letter = { ...about(site), ...itemsOf(order, all), amountMinor: totalMinor, currency };
  await tell(site, taskId, { template: "order-placed", ...letter });
  return NO_PAPERS;
}

/** Money that moved, as it stands in the seller's book. */
const entered = async ({ order, bought }: TaskSite, moved: Parameters<typeof postingOf>[2]): Promise<PostEntry> =>
  postingOf(order, await bought(), moved);

async function capture(site: TaskSite, task: Of<"capture">): Promise<OrderPaper[]> {
  const { order, call } = site;
  const { take, amountMinor, captureId: step, units, shipping } = task;
  if (take) await call("take")("payment.capture", { id: order.money.paymentId, amountMinor });
  await call("post")("ledger.post", await entered(site, { ...task, kind: "sale", step }));
  return amountMinor === 0 ? [] : [await issued(site, { kind: "invoice", units, shipping, amountMinor, at: task.at })];
}

async function refund(site: TaskSite, task: Of<"refund">): Promise<OrderPaper[]> {
  const { order, call } = site;
  const { amountMinor, refundId: step, units, shipping, shippingMinor, reason, exchangedMinor = 0 } = task;
  const reference = `${order.number}/${step}`;
  // as it was with one payment: what was begun by an older process is the same command
  const parts = task.from ?? [{ paymentId: order.money.paymentId, amountMinor }];
  for (const [n, part] of parts.entries()) {
    const { paymentId: id, amountMinor: partMinor } = part;
    await call(n === 0 ? "give" : `give/${n}`)("payment.refund", { id, amountMinor: partMinor, reason, reference });
  }
  await call("post")("ledger.post", await entered(site, { ...task, kind: "refund", step }));
  await revoked(site, step, units);
  const paper = await issued(site, { kind: "credit-note", units, shipping, shippingMinor, amountMinor });
  const backMinor = amountMinor - exchangedMinor;
  const letter = { ...about(site), amountMinor: backMinor, currency: order.currency, reason };
  if (backMinor > 0) await tell(site, task.id, { template: "refund", ...letter });
  return [paper];
}

/** Which parts of which holds a range of units is: a line may be held at several locations, one after another. */
export function heldParts(reservations: readonly OrderReservation[], units: Units): OrderReservation[] {
  return Object.entries(units).flatMap(([lineId, [from, to]]) => {
    let start = 0;
    return reservations.flatMap((held) => {
      if (held.lineId !== lineId) return [];
      const [first, last] = [Math.max(from, start), Math.min(to, start + held.quantity)];
      start += held.quantity;
      return last > first ? [{ ...held, quantity: last - first }] : [];
    });
  });
}

/** Each promise is answered for by a command of its own. */
async function moved(site: TaskSite, units: Units, action: "stock.ship" | "stock.release"): Promise<void> {
  const { reservations } = await site.bought();
  for (const { lineId, offerId, location, quantity, holdId } of heldParts(reservations, units)) {
    await site.call(`${lineId}/${location}`)(action, { offerId, location, quantity, holdId });
  }
}

/** Nothing of the payment will be taken any more: what was authorised for this order alone is given up. */
async function givenUp({ order, call }: TaskSite): Promise<void> {
  const { paymentId: id, capture: policy, more = [] } = order.money;
  if (order.status !== "cancelled" || policy !== "shipment" || boughtWith(order.money).capturedMinor > 0) return;
  const totalMinor = more.reduce((left, one) => left - one.capturedMinor, order.money.totalMinor);
  const { authorisedMinor } = await call("look")("payment.get", { id });
  if (authorisedMinor === totalMinor) await call("void")("payment.void", { id });
}

async function ship(site: TaskSite, { id, units, fulfilmentId, digital }: Of<"ship">): Promise<readonly OrderPaper[]> {
  await moved(site, units, "stock.ship");
  await granted(site, units);
  const sent = site.order.fulfilments.find((one) => one.id === fulfilmentId);
  const { carrier = null, tracking = null, quantities = {} } = sent ?? {};
  const letter = { ...about(site), ...itemsOf(site.order, quantities) };
  await tell(
    site,
    id,
    digital ? { template: "goods-delivered", ...letter } : { template: "parcel-shipped", ...letter, carrier, tracking },
  );
  return NO_PAPERS;
}

export const taskRunners: Runners = {
  placed,
  capture,
  refund,
  ship,
  release: async (site, { units }) => {
    await moved(site, units, "stock.release");
    await givenUp(site);
    return NO_PAPERS;
  },
  "let-go": async ({ call }, { reservations }) => {
    for (const { lineId, ...held } of reservations) await call(`${lineId}/${held.location}`)("stock.free", held);
    return NO_PAPERS;
  },
  raised: async (site, { id, amountMinor, reason, until, creditMinor }) => {
    const letter = { ...about(site), amountMinor, currency: site.order.currency, reason, until };
    await tell(site, id, { template: "order-raised", ...letter, ...(creditMinor !== undefined && { creditMinor }) });
    return NO_PAPERS;
  },
  delivered: () => Promise.resolve(NO_PAPERS),
};
