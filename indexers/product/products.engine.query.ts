/** Asks the engine for a page, read one way or another, and for how many products hold all words of a text. */
import type { estypes } from "@elastic/elasticsearch";
import type { RankingSettings } from "../../models/experiment/experiment.content.contract";
import type { SearchProducts } from "../../models/product/product.search.contract";
import type { Taste } from "../../models/visitor/visitor.taste.contract";
import type { FindCollection } from "../collection/collections.query";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { QueryContext, QueryDeps } from "../kernel/query";
import type { Shared } from "../kernel/shared-answers";
import { chosen, type Clicks } from "./products.clicks.query";
import { inCollection, type Now } from "./products.collection.query";
import type { Found } from "./products.hit.query";
import type { Spoken } from "./products.merchandising.query";
import { personally } from "./products.personal.query";
import type { OnRanked } from "./products.ranked.query";
import type { Answered } from "./products.relaxing.query";
import { BESIDE, COUNTED, searchRequest, type Reading } from "./products.request.query";
import { weighed } from "./products.weights.query";

export const PROJECTION = "products";

/** With what whoever asks seems to like; left out for somebody of whom nothing is known. */
export interface SearchContext extends QueryContext {
  readonly taste?: Taste | undefined;
  readonly ranked?: OnRanked;
  /** Told where was searched: in a channel, and in a section by its slug. */
  readonly placed?: (place: Pick<SearchProducts, "channel" | "section">) => void;
  /** As an arm of an experiment ranks. */
  readonly ranking?: RankingSettings | undefined;
  /** Of the words: given where the ranking goes by what others chose for the same ones. */
  readonly queryKey?: string;
}

export type Response = estypes.SearchResponse<Found>;

export interface Answer extends Answered {
  readonly response: Response;
}

/** What a search is asked with, beside its words. */
export interface Terms extends Now {
  readonly corner: readonly estypes.QueryDslQueryContainer[];
  readonly spoken: Spoken;
  readonly params: SearchProducts;
}

interface Bucket {
  readonly doc_count: number;
}

function answerOf(response: Response): Answer {
  const { value } = response.hits.total as estypes.SearchTotalHits;
  const counted = response.aggregations?.[COUNTED] as Bucket | undefined;
  const beside = response.aggregations?.[BESIDE] as { buckets: readonly Bucket[] } | undefined;
  return {
    ...{ response, count: counted?.doc_count ?? value, suggest: response.suggest },
    ...(beside && { beside: beside.buckets.map(({ doc_count }) => doc_count) }),
  };
}

export interface EngineDeps extends QueryDeps {
  readonly findCollection: FindCollection;
  readonly clicks: Clicks;
  readonly shared: Shared;
}

/** Asks the engine, within the collection that is asked for. */
export async function asker(deps: EngineDeps, { params, ...now }: Terms, context: SearchContext) {
  const alias = aliasOf(deps.namespace, PROJECTION);
  const { collection } = params;
  const within = collection === undefined ? null : await deps.findCollection(collection, context);
  const choices = context.queryKey === undefined ? [] : deps.clicks(context.queryKey);
  const options = {
    querystring: params.explain ? { include_named_queries_score: true } : {},
    // nobody listens for the client's spans
    openTelemetry: { enabled: false },
  };
  const fresh = (context.meta.after ?? []).length > 0;
  return async (reading: Reading, beside: readonly string[] = []): Promise<Answer> => {
    const plain = searchRequest(params, alias, { ...now, reading, beside, ...weighed(context.ranking) });
    const liked = personally(plain, context.taste, { params, reading });
    const whole = chosen(liked, choices, { params, reading });
    const request = collection === undefined ? whole : inCollection(whole, params, within, now);
    const search = () => asking("search products", () => deps.client.search<Found>(request, options));
    return answerOf(await (fresh ? search() : deps.shared(request, search)));
  };
}

/** How many products hold all words of each text. */
export const counter =
  ({ client, namespace }: QueryDeps) =>
  async (texts: readonly string[]): Promise<number[]> => {
    const filters = texts.map((text): estypes.QueryDslQueryContainer => ({
      match: { words: { query: text, operator: "and" } },
    }));
    const request = { index: aliasOf(namespace, PROJECTION), size: 0, aggs: { texts: { filters: { filters } } } };
    const { aggregations } = await asking("count words", () => client.search(request));
    const { buckets } = aggregations?.["texts"] as { buckets: readonly Bucket[] };
    return buckets.map(({ doc_count }) => doc_count);
  };
