/** Everything that the package gives to whoever imports it. */
export { cellsOf, liveCells, type Beginning, type CellOf } from "../models/live/live.cells.contract";
export {
  LIVE_NAMESPACES,
  LIVE_PATH,
  liveWidgets,
  taken,
  type BoardKind,
  type BoardRef,
  type Cell,
  type Cells,
  type Delta,
  type Held,
  type Known,
  type LiveAsks,
  type LiveNamespace,
  type LiveProblem,
  type LiveTells,
  type Snapshot,
  type Told,
  type WatchAsk,
  type WidgetName,
} from "../models/live/live.contract";
export { follow, type Following, type FollowOptions, type Live, type LiveSocket } from "./follow";
export { knownOf, type Board, type BoardOf } from "./known";
