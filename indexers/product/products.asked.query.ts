/** Answers product.asked, and says what the engine is asked for questions of others. */
import type { estypes } from "@elastic/elasticsearch";
import type {
  AskedRecorded,
  RecordAsked,
  SuggestedQuery,
  SuggestProducts,
} from "../../models/product/product.suggest.contract";
import { aliasOf } from "../kernel/indices";
import type { QueryDeps } from "../kernel/query";
import { tallyWriter } from "../kernel/tally";
import { asked, isSuggestible, type AskedQuestion } from "./products.asked.projection";
import { begins, nearly } from "./products.typed.query";

/** What fewer different visitors asked is told to nobody else. */
export const VISITORS_MIN = 5;
/** What nobody asked for so long is forgotten. */
const RECENT = "now-180d/d";

/** The most asked first; one that differs from it by accents alone is not shown beside it. */
export function askedRequest({ q, lang, channel, limit }: SuggestProducts): estypes.SearchRequest {
  const filter: estypes.QueryDslQueryContainer[] = [
    { range: { visitors: { gte: VISITORS_MIN } } },
    { range: { lastAt: { gte: RECENT } } },
  ];
  if (lang !== undefined) filter.push({ terms: { lang: [...new Set([lang, lang.split("-")[0] ?? lang, ""])] } });
  if (channel !== undefined) filter.push({ terms: { channel: [channel, ""] } });
  const exact = { constant_score: { filter: begins("text", q), boost: 2 } };
  return {
    query: {
      bool: {
        filter,
        should: [exact, { constant_score: { filter: nearly("text", "text.begun", q) } }],
        minimum_should_match: 1,
      },
    },
    collapse: { field: "folded" },
    sort: [{ _score: { order: "desc" } }, { visitors: { order: "desc" } }, { folded: { order: "asc" } }],
    size: limit,
    track_total_hits: false,
    _source: ["text"],
  };
}

export const questionsIn = (hits: readonly estypes.SearchHit<Pick<AskedQuestion, "text">>[]): SuggestedQuery[] =>
  hits.flatMap(({ _source }) => (_source ? [{ text: _source.text }] : []));

export const askedIndex = ({ namespace }: Pick<QueryDeps, "namespace">): string => aliasOf(namespace, asked.name);

export function askedQueries({ client, namespace }: QueryDeps) {
  const record = tallyWriter(client, namespace, asked);
  return {
    "product.asked": async ({ searches }: RecordAsked): Promise<AskedRecorded> => {
      const kept = searches.filter(isSuggestible);
      if (kept.length > 0) await record(kept);
      return { recorded: kept.length };
    },
  };
}
