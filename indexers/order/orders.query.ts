/** Answers order.mine, order.ofSeller and order.search from the `orders` index: one question, three owners. */
import type { estypes } from "@elastic/elasticsearch";
import type {
  FindAllOrders,
  FindOrders,
  FindSellersOrders,
  FoundOrders,
  OrderHit,
} from "../../models/order/order.search.contract";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";
import type { StoredOrder } from "./orders.projection";

const PROJECTION = "orders";
const TOTAL_MAX = 10_000;

type Query = estypes.QueryDslQueryContainer;
type Question = Omit<FindAllOrders, "limit" | "cursor">;

const TERMS = {
  status: "status",
  payment: "payment",
  productId: "productIds",
  groupId: "groupId",
  sellerId: "sellerId",
  customerId: "customerId",
  channelId: "channelId",
  stuck: "stuck",
} as const satisfies Partial<Record<keyof Question, string>>;

function between(field: string, gte: unknown, to: Readonly<Record<string, unknown>>): Query[] {
  const range = { ...(gte !== undefined && { gte }), ...to };
  return Object.keys(range).length === 0 ? [] : [{ range: { [field]: range } }];
}

const given = (name: string, value: unknown): Readonly<Record<string, unknown>> =>
  value === undefined ? {} : { [name]: value };

/** Exported for its tests. */
export function filtersOf(question: Question): Query[] {
  const terms = Object.entries(TERMS).flatMap(([param, field]) => {
    const value = question[param as keyof typeof TERMS];
    return value === undefined ? [] : [{ term: { [field]: value } }];
  });
  const words = question.q?.trim() ?? "";
  const text: Query[] =
    words === ""
      ? []
      : [
          {
            bool: {
              should: [
                { prefix: { number: words.toUpperCase() } },
                { match: { text: { query: words, operator: "and" } } },
              ],
              minimum_should_match: 1,
            },
          },
        ];
  return [
    ...terms,
    ...between("placedAt", question.from, given("lt", question.to)),
    ...between("totalMinor", question.totalMin, given("lte", question.totalMax)),
    ...text,
  ];
}

function hitOf({ productIds: _productIds, text: _text, ...hit }: StoredOrder): OrderHit {
  return hit;
}

async function find(deps: QueryDeps, params: FindAllOrders, context: QueryContext): Promise<FoundOrders> {
  const { cursor, limit, ...question } = params;
  const print = fingerprint(question);
  const after = cursor === undefined ? undefined : readCursor(cursor, print, 2);
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("find orders", () =>
    deps.client.search<StoredOrder>({
      index: aliasOf(deps.namespace, PROJECTION),
      query: { bool: { filter: filtersOf(question) } },
      // one more than asked tells whether there is a next page
      size: limit + 1,
      sort: [{ placedAt: "desc" }, { id: "asc" }],
      track_total_hits: TOTAL_MAX,
      preference: print,
      ...(after && { search_after: after }),
    }),
  );
  const page = hits.hits.slice(0, limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  const more = hits.hits.length > limit && last !== undefined;
  const total = hits.total as estypes.SearchTotalHits;
  return {
    items: page.flatMap(({ _source }) => (_source ? [hitOf(_source)] : [])),
    total: total.value,
    totalRelation: total.relation === "eq" ? "exact" : "at-least",
    cursor: more ? writeCursor(print, last) : null,
  };
}

export const orderQueries = (deps: QueryDeps) => ({
  "order.mine": (params: FindOrders, context: QueryContext) =>
    find(deps, { ...params, customerId: context.meta.principal?.id ?? "anonymous" }, context),
  "order.ofSeller": (params: FindSellersOrders, context: QueryContext) => find(deps, params, context),
  "order.search": (params: FindAllOrders, context: QueryContext) => find(deps, params, context),
});
