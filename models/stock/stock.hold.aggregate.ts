/** What is promised of a stock: pure steps over three numbers. */
import { refuse } from "../refusals";
import type { HoldStock } from "./stock.hold.contract";

export interface Counts {
  readonly onHand: number;
  /** Left out where nothing was ever promised. */
  readonly reserved?: number;
  readonly backorderMax?: number;
}

type Held = Pick<HoldStock, "holdId" | "quantity">;

export type HoldEvent =
  | { readonly type: "stock.reserved"; readonly data: Held }
  | { readonly type: "stock.annulled"; readonly data: Pick<Held, "holdId"> }
  | { readonly type: "stock.released"; readonly data: Held }
  | { readonly type: "stock.shipped"; readonly data: Held };

/** On hand and not promised; none when more is promised than there is. */
export const unreserved = ({ onHand, reserved = 0 }: Counts): number => Math.max(0, onHand - reserved);

/** What can be promised still. */
export const available = ({ onHand, reserved = 0, backorderMax = 0 }: Counts): number =>
  Math.max(0, onHand + backorderMax - reserved);

/** @throws STOCK_SHORT with what is available */
export function reserved(counts: Counts | null, { offerId, location, quantity, holdId }: HoldStock): HoldEvent[] {
  const left = counts === null ? 0 : available(counts);
  if (left < quantity) {
    refuse("STOCK_SHORT", `Of ${quantity} asked for, ${left} can be had: take fewer, or come again later.`, {
      offerId,
      location,
      available: left,
      wanted: quantity,
    });
  }
  return [{ type: "stock.reserved", data: { holdId, quantity } }];
}

function promised({ reserved: all = 0 }: Counts, quantity: number): void {
  if (all < quantity) {
    refuse("STOCK_NOT_HELD", `Only ${all} are promised here: ${quantity} can be neither shipped nor released.`, {
      reserved: all,
    });
  }
}

/** @throws STOCK_NOT_HELD */
export function released(counts: Counts, { holdId, quantity }: HoldStock): HoldEvent[] {
  promised(counts, quantity);
  return [{ type: "stock.released", data: { holdId, quantity } }];
}

/** @throws STOCK_NOT_HELD, STOCK_NEGATIVE for what is sold but has not come in yet */
export function shipped(counts: Counts, { holdId, quantity }: HoldStock): HoldEvent[] {
  promised(counts, quantity);
  const { onHand } = counts;
  if (onHand < quantity) {
    refuse("STOCK_NEGATIVE", `There are ${onHand} on hand; ${quantity} cannot be shipped before more have come in.`, {
      onHand,
    });
  }
  return [{ type: "stock.shipped", data: { holdId, quantity } }];
}
