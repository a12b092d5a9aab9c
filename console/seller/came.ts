/** What a seller says of goods that came back. Pure. */
import type { InspectReturn, ReturnView } from "../../models/return/return.contract";

/** Of one line. */
export interface Came {
  /** So many as they should be. */
  readonly quantity: number;
  readonly restock: boolean;
}

export type CameBack = Readonly<Record<string, Came>>;

/** All of it, to be sold again, unless somebody says otherwise. */
export const cameOf = ({ lines }: Pick<ReturnView, "lines">): CameBack =>
  Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, { quantity, restock: true }]));

/** A line of which nothing is accepted is not named. */
export const inspectedOf = ({ id }: Pick<ReturnView, "id">, came: CameBack, keepMinor: number): InspectReturn => ({
  id,
  lines: Object.entries(came).flatMap(([lineId, { quantity, restock }]) =>
    quantity > 0 ? [{ lineId, quantity, restock }] : [],
  ),
  ...(keepMinor > 0 && { keepMinor }),
});
