/** What an order's tasks tell its customer: queued under an id that derives from order and task, so once. */
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { ITEMS_MAX, type Letter, type LetterItem } from "../../models/message/message.letter.contract";
import type { PlacedOrder } from "../../models/order/order.state.aggregate";
import type { Quantities } from "../../models/order/order.units.aggregate";
import type { TaskSite } from "./tasks.saga";

/** Reserved for addresses that nobody has (RFC 2606): what was imported may have no other. */
const NOBODYS = ".invalid";

interface Items {
  readonly items: readonly LetterItem[];
  readonly more: number;
}

/** The lines of which there are so many units, with their titles. Exported for its tests. */
export function itemsOf({ lines }: Pick<PlacedOrder, "lines">, quantities: Quantities): Items {
  const all = lines.flatMap(({ lineId, title }) => {
    const quantity = quantities[lineId] ?? 0;
    return quantity > 0 ? [{ title, quantity }] : [];
  });
  return { items: all.slice(0, ITEMS_MAX), more: Math.max(0, all.length - ITEMS_MAX) };
}

/** Where a customer finds the order, with the key that opens it also to a guest. */
export const trackLink = ({ identity }: TaskSite["node"], id: string, key: string): string =>
  `${identity.publicUrl}/v1/orders/${id}/track?key=${key}`;

/** Nothing is queued for who was erased, or has no address. */
export async function tell(site: TaskSite, taskId: string, letter: Letter): Promise<void> {
  const { id: orderId, contact, customerId: accountId, language } = site.order;
  if (contact === null || contact.email.endsWith(NOBODYS)) return;
  const of = { accountId, orderId, cause: `order/${orderId}`, language, recipient: contact.email };
  try {
    await site.call("message")("message.queue", { ...of, id: derivedId("message", "order", orderId, taskId), letter });
  } catch (error) {
    if (!isRefusal(error, "SUBJECT_ERASED")) throw error;
  }
}
