/** What a page tells the mall that it has already, so that it is told only what is missing. Pure. */
import type { BoardKind, Held, Known, liveWidgets, WidgetName } from "../models/live/live.contract";

export type Board = Readonly<Partial<Record<WidgetName, Held>>>;

/** The widgets of one kind of board. */
export type BoardOf<K extends BoardKind> = Readonly<Partial<Record<keyof (typeof liveWidgets)[K] & WidgetName, Held>>>;

export const knownOf = (board: Board): Partial<Record<WidgetName, Known>> =>
  Object.fromEntries(
    Object.entries(board).map(([name, { stream, number, since }]) => [name, { stream, number, since }]),
  );
