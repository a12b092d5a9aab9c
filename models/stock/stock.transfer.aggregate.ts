/** What a location has sent elsewhere and is not there yet: pure steps over that list. */
import type { Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { UNDERWAY_MAX, type ExpectTransfer, type TransferStock, type Underway } from "./stock.transfer.contract";

/** With the id that the service derives from the command's. */
export type SentStock = TransferStock & { readonly transferId: string };

export type TransferEvent =
  | { readonly type: "stock.sent"; readonly data: Underway & { readonly note?: string } }
  | { readonly type: "stock.expected"; readonly data: Pick<Underway, "transferId" | "arrivesAt"> }
  | {
      readonly type: "stock.arrived";
      readonly data: { readonly transferId: string; readonly from: string; readonly quantity: number };
    }
  | { readonly type: "stock.settled"; readonly data: { readonly transferId: string } };

/** @throws STOCK_TRANSFER_HERE, STOCK_UNDERWAY_FULL, STOCK_NEGATIVE */
export function sent(available: number, underway: readonly Underway[], params: SentStock, now: Iso): TransferEvent[] {
  const { location, to, quantity, transferId, arrivesAt = now, note } = params;
  if (to === location) refuse("STOCK_TRANSFER_HERE", `It lies at "${location}" already: name another location.`);
  if (underway.length >= UNDERWAY_MAX) {
    refuse(
      "STOCK_UNDERWAY_FULL",
      `From here, ${UNDERWAY_MAX} transfers are on their way: wait until some have arrived.`,
    );
  }
  if (available < quantity) {
    refuse("STOCK_NEGATIVE", `There are ${available} on hand; ${quantity} cannot be sent.`, { onHand: available });
  }
  return [{ type: "stock.sent", data: { transferId, to, quantity, arrivesAt, ...(note !== undefined && { note }) } }];
}

/** @throws NOT_FOUND */
export function expected(
  underway: readonly Underway[],
  { transferId, arrivesAt }: ExpectTransfer,
  now: Iso,
): TransferEvent[] {
  const found = underway.find((one) => one.transferId === transferId);
  if (!found) return refuse("NOT_FOUND", "No such transfer is on its way from here: it has arrived, or never left.");
  const at = arrivesAt ?? now;
  return at === found.arrivesAt ? [] : [{ type: "stock.expected", data: { transferId, arrivesAt: at } }];
}

/** Nothing where it was taken off before. */
export const settled = (underway: readonly Underway[], transferId: string): TransferEvent[] =>
  underway.some((one) => one.transferId === transferId) ? [{ type: "stock.settled", data: { transferId } }] : [];

/** A timer for each; its command carries the transfer, so that each is delivered by itself. */
export const deliveriesOf = (underway: readonly Underway[]): Due[] =>
  underway.map(({ transferId, arrivesAt }) => ({ at: arrivesAt, command: "stock.deliver", params: { transferId } }));
