/** Every live board of the mall, and the widgets it is made of: one line each. */
import type { Client } from "@elastic/elasticsearch";
import type { Commit } from "../models/kernel/row";
import type { BoardKind } from "./kernel/live";
import { funnel } from "./desk/funnel.live";
import type { FindDeps } from "./kernel/live-find";
import { createSearching } from "./kernel/searches";
import { balance } from "./ledger/balance.live";
import { orderPage } from "./order/order-page.live";
import { orderSources } from "./order/order-page.query";
import { ordersOf } from "./order/orders-of.query";
import { sales } from "./order/sales.live";
import { topProducts } from "./order/top-products.live";
import { waiting } from "./order/waiting.live";
import { returnsLive } from "./return/returns.live";
import { reviewsLive } from "./review/reviews.live";
import { alerts } from "./seller/alerts.live";
import { sellerSources } from "./seller/board.query";
import { suggestions } from "./seller/suggestions.live";
import { runningOut } from "./stock/running-out.live";

type Field = "sellerId" | "channelId" | "orderId";

/** The board that a field of the state names; none where nothing is there yet. */
const by =
  (field: Field) =>
  ({ state }: Commit): string | null =>
    (state as Partial<Record<Field, string>>)[field] ?? null;

const itself = ({ aggregateId }: Commit): string => aggregateId;
const [ofSeller, ofChannel, ofOrder] = [by("sellerId"), by("channelId"), by("orderId")];

export interface LiveBoardsDeps {
  readonly client: Client;
  readonly namespace: string;
}

export const liveBoards = ({ client, namespace }: LiveBoardsDeps): readonly BoardKind[] =>
  boardsOver({ search: createSearching(client), namespace });

const boardsOver = (deps: FindDeps): readonly BoardKind[] => [
  {
    kind: "seller",
    projections: [
      sales,
      waiting,
      topProducts,
      runningOut,
      returnsLive,
      balance,
      alerts,
      reviewsLive,
      suggestions,
      funnel,
    ],
    boardOf: {
      order: ofSeller,
      stock: ofSeller,
      return: ofSeller,
      ledger: ofSeller,
      payout: ofSeller,
      review: ofSeller,
      desk: ofSeller,
    },
    find: (ask) => sellerSources(deps, ask),
  },
  {
    kind: "order",
    projections: [orderPage],
    boardOf: { order: itself, return: ofOrder },
    find: (ask) => orderSources(deps, ask),
  },
  {
    kind: "channel",
    projections: [sales, waiting, topProducts],
    boardOf: { order: ofChannel },
    find: (ask) => ordersOf(deps, "channelId", ask),
  },
];

/** Aggregates whose commits some board shows. */
export const liveAggregates = (kinds: readonly BoardKind[]): ReadonlySet<string> =>
  new Set(kinds.flatMap(({ boardOf }) => Object.keys(boardOf)));
