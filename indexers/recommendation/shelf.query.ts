/** What who recommends needs of the read side: products as far as showing them goes, likeness, and baskets. */
import type { estypes } from "@elastic/elasticsearch";
import type {
  AskAlike,
  AskBaskets,
  AskShelf,
  Basket,
  Baskets,
  Shelf,
  ShelfItem,
} from "../../models/recommendation/recommendation.contract";
import type { Text } from "../../models/kernel/text";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { QueryContext, QueryDeps } from "../kernel/query";
import type { Shop } from "../product/products.search.query";
import { inSection } from "../product/products.section.query";
import type { SellerDirectory } from "../seller/sellers.directory.query";

interface StoredProduct {
  readonly id: string;
  readonly title: Text;
  readonly brand?: string;
  readonly categoryId?: string;
  readonly categoryPath?: string | readonly string[];
  readonly channels?: readonly string[];
  readonly offers?: readonly Offer[];
}

interface Offer {
  readonly sellerId: string;
  readonly currency: string;
  readonly amountMinor: number;
  readonly quantity: number;
}

const FIELDS = ["id", "title", "brand", "categoryId", "categoryPath", "channels"].concat(
  ["sellerId", "currency", "amountMinor", "quantity"].map((field) => `offers.${field}`),
);
const PUBLISHED = { term: { status: "published" } };

function lowest(offers: readonly Offer[]): Readonly<Record<string, number>> {
  const prices: Record<string, number> = {};
  for (const { currency, amountMinor } of offers) {
    prices[currency] = Math.min(prices[currency] ?? Infinity, amountMinor);
  }
  return prices;
}

function itemOf(product: StoredProduct, sellers: SellerDirectory): ShelfItem {
  const { id, title, brand = "", categoryId, categoryPath = "", channels = [], offers = [] } = product;
  const open = offers.filter(({ sellerId }) => !sellers.isHidden(sellerId));
  const there = open.filter(({ quantity }) => quantity > 0);
  const group = categoryId ?? (String(categoryPath) || brand);
  return { id, title, group, channels, inStock: there.length > 0, prices: lowest(there.length > 0 ? there : open) };
}

/** Newest first; what was cancelled was not bought. */
async function baskets({ client, namespace }: QueryDeps, { before, limit }: AskBaskets): Promise<Baskets> {
  const { hits } = await asking("read what was bought", () =>
    client.search<{ customerId: string | null; productIds: string[] }>({
      index: aliasOf(namespace, "orders"),
      _source: ["customerId", "productIds"],
      track_total_hits: false,
      size: limit,
      query: { bool: { must_not: { term: { status: "cancelled" } } } },
      sort: [{ placedAt: { order: "desc" } }, { id: "asc" }],
      ...(before && { search_after: [...before] }),
    }),
  );
  const items = hits.hits.map(({ _source, sort = [] }): Basket => {
    const { customerId = null, productIds = [] } = _source ?? {};
    return { who: customerId, at: Number(sort[0]), productIds };
  });
  const last = hits.hits.length === limit ? hits.hits.at(-1)?.sort : undefined;
  return { items, next: last ? [Number(last[0]), String(last[1])] : null };
}

/** What holds of all in the section, if one was named; in the channel of which it is a corner. */
async function cornerOf(
  deps: RecommendationDeps,
  name: string | undefined,
  context: QueryContext,
): Promise<estypes.QueryDslQueryContainer[]> {
  if (name === undefined) return [];
  const [sellers, tree, sections] = await Promise.all([
    deps.sellers(context),
    deps.categories(context),
    deps.sections(context),
  ]);
  const section = sections.find(name);
  const channel = section?.channel ?? null;
  const inside = await inSection(section, { hidden: sellers.hidden(), tree }, { ...deps, context });
  return [...inside, ...(channel === null ? [] : [{ term: { channels: channel } }])];
}

export type RecommendationDeps = QueryDeps & Pick<Shop, "sellers" | "categories" | "sections" | "findCollection">;

export function recommendationQueries(deps: RecommendationDeps) {
  const products = aliasOf(deps.namespace, "products");
  async function search(ask: estypes.SearchRequest, context: QueryContext): Promise<Shelf> {
    const now = await deps.sellers(context);
    const { hits } = await asking("look at what may be shown", () =>
      deps.client.search<StoredProduct>({ index: products, _source: FIELDS, track_total_hits: false, ...ask }),
    );
    return { items: hits.hits.flatMap(({ _source }) => (_source ? [itemOf(_source, now)] : [])) };
  }
  const like = (id: string) => ({
    more_like_this: {
      fields: ["words", "neutral.title"],
      like: [{ _index: products, _id: id }],
      min_term_freq: 1,
      min_doc_freq: 1,
      minimum_should_match: "20%",
    },
  });
  return {
    "recommendation.shelf": async ({ ids, section }: AskShelf, context: QueryContext) => {
      const filter = [PUBLISHED, { ids: { values: [...ids] } }, ...(await cornerOf(deps, section, context))];
      return search({ size: ids.length, query: { bool: { filter } } }, context);
    },
    "recommendation.alike": async ({ id, channel, section, limit: size }: AskAlike, context: QueryContext) => {
      const corner = await cornerOf(deps, section, context);
      const filter = [PUBLISHED, ...(channel === undefined ? [] : [{ term: { channels: channel } }]), ...corner];
      if (id === undefined)
        return search({ size, query: { bool: { filter } }, sort: [{ publishedAt: "desc" }] }, context);
      return search(
        { size, query: { bool: { must: like(id), filter, must_not: { ids: { values: [id] } } } } },
        context,
      );
    },
    "recommendation.baskets": (params: AskBaskets) => baskets(deps, params),
  };
}
