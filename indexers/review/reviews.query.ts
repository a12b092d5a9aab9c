/** Which reviews there are, how products are rated, and of which sides they speak: from the `reviews` index. */
import type { estypes } from "@elastic/elasticsearch";
import type { AskRatings, FindReviews, FoundReviews, Ratings } from "../../models/review/review.list.contract";
import type { NamedAspect, Rating } from "../../models/review/review.view.contract";
import { asking } from "../kernel/client";
import { fingerprint, readCursor, writeCursor, type SortValue } from "../kernel/cursor";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "reviews";

const SORTS: Readonly<Record<FindReviews["sort"], estypes.SortCombinations[]>> = {
  newest: [{ writtenAt: "desc" }, { id: "asc" }],
  highest: [{ rating: "desc" }, { writtenAt: "desc" }, { id: "asc" }],
  lowest: [{ rating: "asc" }, { writtenAt: "desc" }, { id: "asc" }],
  "oldest-waiting": [{ waitingSince: "asc" }, { id: "asc" }],
};

async function find(deps: QueryDeps, params: FindReviews, context: QueryContext): Promise<FoundReviews> {
  const { cursor, limit, ...question } = params;
  const { sort: order, ...terms } = question;
  const sort = SORTS[order];
  const print = fingerprint(question);
  const after = cursor === undefined ? undefined : readCursor(cursor, print, sort.length);
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { hits } = await asking("list reviews", () =>
    deps.client.search<{ readonly id: string }>({
      index: aliasOf(deps.namespace, PROJECTION),
      query: { bool: { filter: Object.entries(terms).map(([field, value]) => ({ term: { [field]: value } })) } },
      // one more than asked tells whether there is a next page
      size: limit + 1,
      sort,
      track_total_hits: false,
      preference: print,
      _source: ["id"],
      ...(after && { search_after: after }),
    }),
  );
  const page = hits.hits.slice(0, limit);
  const last = page.at(-1)?.sort as SortValue[] | undefined;
  return {
    ids: page.flatMap(({ _source }) => (_source ? [_source.id] : [])),
    cursor: hits.hits.length > limit && last !== undefined ? writeCursor(print, last) : null,
  };
}

interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
}
interface Buckets<B extends Bucket = Bucket> {
  readonly buckets: readonly B[];
}

const STARS = [1, 2, 3, 4, 5];

function ratingOf(productId: string, found: readonly Bucket[] = []): Rating {
  const stars = STARS.map((star) => found.find(({ key }) => Number(key) === star)?.doc_count ?? 0);
  const count = stars.reduce((sum, one) => sum + one, 0);
  const total = stars.reduce((sum, one, i) => sum + one * (i + 1), 0);
  return { productId, count, average: count === 0 ? null : Math.round((total / count) * 100) / 100, stars };
}

const ofProducts = (productIds: readonly string[]) => ({
  bool: { filter: [{ terms: { productId: [...productIds] } }, { term: { status: "published" } }] },
});

async function ratings(deps: QueryDeps, { productIds }: AskRatings, context: QueryContext): Promise<Ratings> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const stars = { terms: { field: "rating", size: STARS.length } };
  const { aggregations } = await asking("rate products", () =>
    deps.client.search<never, { products: Buckets<Bucket & { readonly stars: Buckets }> }>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: 0,
      query: ofProducts(productIds),
      aggs: { products: { terms: { field: "productId", size: productIds.length }, aggs: { stars } } },
    }),
  );
  const found = new Map(aggregations?.products.buckets.map((one) => [String(one.key), one.stars.buckets]));
  return { items: productIds.map((id) => ratingOf(id, found.get(id))) };
}

const NAMED_MAX = 8;

async function aspects(deps: QueryDeps, { productId }: { productId: string }, context: QueryContext) {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const side = (field: string) => ({ terms: { field, size: NAMED_MAX } });
  const { aggregations } = await asking("name sides", () =>
    deps.client.search<never, { praised: Buckets; criticised: Buckets }>({
      index: aliasOf(deps.namespace, PROJECTION),
      size: 0,
      query: ofProducts([productId]),
      aggs: { praised: side("praised"), criticised: side("criticised") },
    }),
  );
  const counts = new Map<string, NamedAspect>();
  const count = (found: Buckets | undefined, which: "praise" | "complaint"): void => {
    for (const { key, doc_count } of found?.buckets ?? []) {
      const aspect = String(key);
      const known = counts.get(aspect) ?? { aspect, praise: 0, complaint: 0 };
      counts.set(aspect, { ...known, [which]: doc_count });
    }
  };
  count(aggregations?.praised, "praise");
  count(aggregations?.criticised, "complaint");
  const spoken = ({ praise, complaint }: NamedAspect): number => praise + complaint;
  const items = [...counts.values()].sort((a, b) => spoken(b) - spoken(a) || (a.aspect < b.aspect ? -1 : 1));
  return { items: items.slice(0, NAMED_MAX) };
}

export const reviewQueries = (deps: QueryDeps) => ({
  "review.find": (params: FindReviews, context: QueryContext) => find(deps, params, context),
  "review.ratings": (params: AskRatings, context: QueryContext) => ratings(deps, params, context),
  "review.aspects": (params: { productId: string }, context: QueryContext) => aspects(deps, params, context),
});
