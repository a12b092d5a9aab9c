/** What is sent as a file: with the payment comes the right to it, and with a refund it goes. */
import { entitlementIdOf } from "../../models/entitlement/entitlement.contract";
import type { Units } from "../../models/order/order.units.aggregate";
import type { TaskSite } from "./tasks.saga";

interface FileLine {
  readonly id: string;
  readonly lineId: string;
  readonly quantity: number;
}

/** The digital lines among these units. */
const filesIn = ({ order }: TaskSite, units: Units): FileLine[] =>
  order.lines.flatMap(({ lineId, digital }) => {
    const [from, to] = units[lineId] ?? [0, 0];
    const id = entitlementIdOf({ orderId: order.id, lineId });
    return digital && to > from ? [{ id, lineId, quantity: to - from }] : [];
  });

export async function granted(site: TaskSite, units: Units): Promise<void> {
  const { order, call } = site;
  const { lines } = await site.bought();
  for (const { id, lineId, quantity } of filesIn(site, units)) {
    const { offerId = "" } = lines.find((line) => line.lineId === lineId) ?? {};
    const title = order.lines.find((line) => line.lineId === lineId)?.title ?? "";
    const of = { orderId: order.id, lineId, offerId, sellerId: order.sellerId, customerId: order.customerId };
    await call(`grant/${lineId}`)("entitlement.grant", { id, ...of, title, quantity });
  }
}

/** What was paid back before it was delivered, nobody was ever granted. */
export async function revoked(site: TaskSite, step: string, units: Units): Promise<void> {
  const sent = new Set(site.order.lines.filter(({ shipped = 0 }) => shipped > 0).map(({ lineId }) => lineId));
  for (const { id, lineId, quantity } of filesIn(site, units)) {
    if (sent.has(lineId)) await site.call(`revoke/${lineId}`)("entitlement.revoke", { id, step, quantity });
  }
}
