/** Answers analytics.*: what is searched for, and what comes of it. */
import type { estypes } from "@elastic/elasticsearch";
import {
  VISITORS_MIN,
  type AnalyticsSort,
  type AskAnalytics,
  type AskSynonyms,
  type LearnSearches,
  type QueryFigures,
  type SearchAnalytics,
  type SearchFigures,
  type SynonymProposal,
  type SynonymProposals,
} from "../../models/analytics/analytics.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import type { QueryDeps } from "../kernel/query";
import { tallyWriter } from "../kernel/tally";
import { experimentFacts } from "../experiment/experiments.facts.projection";
import {
  figureAggs,
  figuresOf,
  placeAggs,
  placesOf,
  type Buckets,
  type Keyed,
  type Places,
} from "./analytics.figures.query";
import { rewordings, searchFacts, searchWords } from "./analytics.projection";

/** Queries among which the answer is sorted: the most frequent ones. */
const KEYS_MAX = 1_000;
/** A share of fewer searches than these says little: it is sorted behind. */
const TELLING = 5;

const SORTED: Readonly<Record<AnalyticsSort, (figures: SearchFigures) => number>> = {
  searches: ({ searches }) => searches,
  "zero-results": ({ searches, zeroResults }) => searches * zeroResults,
  "click-through": ({ clickThrough }) => clickThrough,
  conversion: ({ conversion }) => conversion,
};

/** Most first; of shares those that tell something before the others. */
export function sortedBy(queries: readonly QueryFigures[], sort: AnalyticsSort): QueryFigures[] {
  const tells = ({ searches }: SearchFigures): number => (sort === "searches" || searches >= TELLING ? 1 : 0);
  return [...queries].sort(
    (a, b) =>
      tells(b) - tells(a) ||
      SORTED[sort](b) - SORTED[sort](a) ||
      b.searches - a.searches ||
      (a.queryKey < b.queryKey ? -1 : 1),
  );
}

function filtersOf({ channel, section, from, to }: AskAnalytics): estypes.QueryDslQueryContainer[] {
  return [
    ...(channel === undefined ? [] : [{ term: { channel } }]),
    ...(section === undefined ? [] : [{ term: { section } }]),
    { range: { at: { ...(from !== undefined && { gte: from }), ...(to !== undefined && { lt: to }) } } },
  ];
}

/** The words of keys, of those that enough different visitors said. */
async function wordsOf(
  { client, namespace }: QueryDeps,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const asked = { index: aliasOf(namespace, searchWords.name), ids: [...keys] };
  const { docs } = await asking("read words", () => client.mget<{ text: string; visitors: number }>(asked));
  const told = docs.flatMap((doc): [string, string][] =>
    "_source" in doc && doc._source.visitors >= VISITORS_MIN ? [[doc._id, doc._source.text]] : [],
  );
  return new Map(told);
}

async function analytics(deps: QueryDeps, params: AskAnalytics): Promise<SearchAnalytics> {
  const { client, namespace } = deps;
  const { aggregations } = await asking("count searches", () =>
    client.search({
      index: aliasOf(namespace, searchFacts.name),
      size: 0,
      track_total_hits: false,
      query: { bool: { filter: filtersOf(params) } },
      aggs: {
        ...figureAggs,
        places: placeAggs,
        queries: { terms: { field: "queryKey", size: KEYS_MAX }, aggs: figureAggs },
      },
    }),
  );
  const found = aggregations as unknown as Buckets & { places: Places; queries: { buckets: readonly Keyed[] } };
  const all = found.queries.buckets.map((one): QueryFigures => ({ queryKey: one.key, query: null, ...figuresOf(one) }));
  const queries = sortedBy(all, params.sort).slice(0, params.limit);
  const words = await wordsOf(
    deps,
    queries.map(({ queryKey }) => queryKey),
  );
  return {
    total: figuresOf(found),
    places: placesOf(found.places),
    queries: queries.map((one) => ({ ...one, query: words.get(one.queryKey) ?? null })),
  };
}

async function proposals({ client, namespace }: QueryDeps, { limit }: AskSynonyms): Promise<SynonymProposals> {
  const { hits } = await asking("read rewordings", () =>
    client.search<SynonymProposal>({
      index: aliasOf(namespace, rewordings.name),
      query: { range: { visitors: { gte: VISITORS_MIN } } },
      sort: [{ visitors: { order: "desc" } }, { from: { order: "asc" } }, { to: { order: "asc" } }],
      size: limit,
      _source: ["from", "to", "visitors"],
    }),
  );
  return { items: hits.hits.flatMap(({ _source }) => (_source ? [_source] : [])) };
}

export function analyticsQueries(deps: QueryDeps) {
  const { client, namespace } = deps;
  const trials = tallyWriter(client, namespace, experimentFacts);
  const [facts, words, reworded] = [
    tallyWriter(client, namespace, searchFacts),
    tallyWriter(client, namespace, searchWords),
    tallyWriter(client, namespace, rewordings),
  ];
  return {
    "analytics.learn": async (params: LearnSearches) => {
      if (params.facts.length > 0) await facts(params.facts);
      if (params.trials && params.trials.length > 0) await trials(params.trials);
      if (params.words.length > 0) await words(params.words);
      if (params.reworded.length > 0) await reworded(params.reworded);
      return { learnt: params.facts.length };
    },
    "analytics.search": (params: AskAnalytics) => analytics(deps, params),
    "analytics.synonyms": (params: AskSynonyms) => proposals(deps, params),
  };
}
