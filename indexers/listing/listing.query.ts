/** What models need to know of what is listed: products like a draft, and titles with their places. */
import type { estypes } from "@elastic/elasticsearch";
import type { Text } from "../../models/kernel/text";
import {
  listingText,
  type AskLike,
  type AskPlaced,
  type ListedProduct,
  type PlacedTitles,
} from "../../models/listing/listing.read.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { QueryDeps } from "../kernel/query";

interface StoredProduct {
  readonly id: string;
  readonly title: Text;
  readonly brand?: string | null;
  readonly categoryId?: string | null;
  readonly categoryPath?: string | readonly string[];
  readonly attributes?: string | readonly string[];
  readonly offers?: readonly { readonly currency: string; readonly amountMinor: number }[];
}

const SAID = ["id", "title", "brand", "categoryId", "categoryPath"];
const FIELDS = [...SAID, "attributes", "offers.currency", "offers.amountMinor"];
const PUBLISHED = { term: { status: "published" } };
const listOf = (said: string | readonly string[] | undefined): readonly string[] =>
  said === undefined || said === "" ? [] : typeof said === "string" ? [said] : said;

function placeOf({ categoryId, categoryPath }: StoredProduct): string | null {
  if (categoryId) return `c:${categoryId}`;
  const path = listOf(categoryPath).join("/");
  return path === "" ? null : `p:${path}`;
}

function lowest(offers: StoredProduct["offers"] = []): Readonly<Record<string, number>> {
  const prices: Record<string, number> = {};
  for (const { currency, amountMinor } of offers) {
    prices[currency] = Math.min(prices[currency] ?? Infinity, amountMinor);
  }
  return prices;
}

const listedOf = (product: StoredProduct): ListedProduct => ({
  ...{ id: product.id, title: product.title, brand: product.brand ?? null, place: placeOf(product) },
  ...{ attributes: listOf(product.attributes), prices: lowest(product.offers) },
});

export function listingQueries({ client, namespace }: QueryDeps) {
  const search = (why: string, ask: estypes.SearchRequest) =>
    asking(why, () =>
      client.search<StoredProduct>({ index: aliasOf(namespace, "products"), track_total_hits: false, ...ask }),
    );

  async function like({ text, except, limit: size }: AskLike): Promise<{ readonly items: readonly ListedProduct[] }> {
    const filter = [PUBLISHED];
    // a name is recognised by a third of its words: sellers leave out and add
    const must = [{ match: { words: { query: text, minimum_should_match: "34%" } } }];
    const should = [{ match: { "neutral.title": { query: text, boost: 2 } } }];
    const must_not = except === undefined ? [] : [{ ids: { values: [except] } }];
    const query = { bool: { filter, must, should, must_not } };
    const { hits } = await search("look for products like a draft", { size, _source: FIELDS, query });
    return { items: hits.hits.flatMap(({ _source }) => (_source ? [listedOf(_source)] : [])) };
  }

  async function placed({ after, limit }: AskPlaced): Promise<PlacedTitles> {
    const { hits } = await search("read titles and their places", {
      ...{ size: limit, _source: SAID, query: { bool: { filter: [PUBLISHED] } } },
      sort: [{ publishedAt: "asc" }, { id: "asc" }],
      ...(after && { search_after: [...after] }),
    });
    const items = hits.hits.flatMap(({ _source }) => {
      const place = _source ? placeOf(_source) : null;
      return _source && place !== null ? [{ text: listingText(_source.title, _source.brand), place }] : [];
    });
    const last = hits.hits.length === limit ? hits.hits.at(-1)?.sort : undefined;
    return { items, next: last ? [Number(last[0]), String(last[1])] : null };
  }

  return { "listing.like": like, "listing.placed": placed };
}
