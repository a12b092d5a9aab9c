/** Every live board of the mall, and the widgets it is made of: one line each. */
import type { Commit } from "../models/kernel/row";
import type { BoardKind } from "./kernel/live";
import type { FindDeps } from "./kernel/live-find";
import { ordersOf } from "./order/orders-of.query";
import { sales } from "./order/sales.live";
import { waiting } from "./order/waiting.live";

type Field = "sellerId" | "channelId";

const of =
  (field: Field) =>
  ({ state }: Commit): string | null => {
    const kept = state as Partial<Record<Field, string>>;
    return kept[field] ?? null;
  };

export const liveBoards = (deps: FindDeps): readonly BoardKind[] => [
  {
    kind: "seller",
    projections: [sales, waiting],
    boardOf: { order: of("sellerId") },
    find: (ask) => ordersOf(deps, "sellerId", ask),
  },
  {
    kind: "channel",
    projections: [sales, waiting],
    boardOf: { order: of("channelId") },
    find: (ask) => ordersOf(deps, "channelId", ask),
  },
];

/** Aggregates whose commits some board shows. */
export const liveAggregates = (kinds: readonly BoardKind[]): ReadonlySet<string> =>
  new Set(kinds.flatMap(({ boardOf }) => Object.keys(boardOf)));
