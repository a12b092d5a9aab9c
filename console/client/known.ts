/** What a page tells the mall that it has already, so that it is told only what is missing. Pure. */
import type { Held, Known, WidgetName } from "../../models/live/live.contract";

export type Board = Readonly<Partial<Record<WidgetName, Held>>>;

export const knownOf = (board: Board): Partial<Record<WidgetName, Known>> =>
  Object.fromEntries(
    Object.entries(board).map(([name, { stream, number, since }]) => [name, { stream, number, since }]),
  );
