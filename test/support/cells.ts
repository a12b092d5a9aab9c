/** What boards show, held against the table that the types of a client are made of. */
import type { Board } from "../../indexers/kernel/live-board";
import { cellFault } from "../../models/live/live.cells.contract";
import type { Cell, WidgetName } from "../../models/live/live.contract";

/** In words; a widget of another name is one that the board does not have, and shows nothing. */
export const cellFaults = (board: Board, widgets: readonly WidgetName[]): string[] =>
  widgets.flatMap((widget) =>
    Object.entries(board.cells(widget)).flatMap(([key, cell]) => cellFault(widget, key, cell as Cell) ?? []),
  );
