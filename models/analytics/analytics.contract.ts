/**
 * What is searched for in the mall and what comes of it. Counted are facts that are nobody's; words are told only when
 * several different visitors searched for the same, and whose they were is not known here.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import { currencySchema, type Money } from "../kernel/money";
import { idSchema, languageSchema, plainText } from "../kernel/text";
import { learnSchema, type LearnSearches } from "./analytics.facts.contract";
import { panelActions, type PanelCalls } from "./analytics.panels.contract";

export type { LearnSearches, Reworded, SaidWords, SearchFact } from "./analytics.facts.contract";

/** What fewer different visitors searched for is counted, and not told. */
export const VISITORS_MIN = 3;

export type AnalyticsSort = "searches" | "zero-results" | "click-through" | "conversion";

export interface AskAnalytics {
  readonly channel?: string;
  readonly section?: string;
  /** Of the time: from, and before. */
  readonly from?: string;
  readonly to?: string;
  readonly sort: AnalyticsSort;
  readonly limit: number;
}

export interface SearchFigures {
  readonly searches: number;
  /** Shares of the searches, from 0 to 1. */
  readonly zeroResults: number;
  readonly clickThrough: number;
  readonly conversion: number;
  readonly clicks: number;
  /** Where what was clicked stood, on average; the first is 0. Null without clicks. */
  readonly clickPosition: number | null;
  readonly carts: number;
  readonly purchases: number;
  readonly revenue: Money[];
}

export interface QueryFigures extends SearchFigures {
  readonly queryKey: string;
  /** Null until several different visitors searched for it. */
  readonly query: string | null;
}

/** Of one place: a channel with all its sections, or one of these. */
export interface PlaceFigures extends SearchFigures {
  /** Null: no channel was searched in. */
  readonly channel: string | null;
  /** Its slug; null: the whole channel. */
  readonly section: string | null;
}

export interface SearchAnalytics {
  readonly total: SearchFigures;
  /** Each channel, followed by its sections; those with the most searches first. */
  readonly places: PlaceFigures[];
  readonly queries: QueryFigures[];
}

export interface AskSynonyms {
  readonly limit: number;
}

export interface SynonymProposal {
  readonly from: string;
  readonly to: string;
  readonly visitors: number;
}

export interface SynonymProposals {
  readonly items: SynonymProposal[];
}

export interface ApproveSynonym {
  readonly from: string;
  readonly to: string;
  readonly language?: string;
  /** Each finds what the other finds; else `from` finds what `to` finds as well. */
  readonly twoWay?: boolean;
}

export interface AnalyticsCalls extends PanelCalls {
  "analytics.learn": { params: LearnSearches; result: { readonly learnt: number } };
  "analytics.search": { params: AskAnalytics; result: SearchAnalytics };
  "analytics.synonyms": { params: AskSynonyms; result: SynonymProposals };
  "analytics.approve": {
    params: ApproveSynonym;
    result: { readonly ruleId: string; readonly wrote?: Receipt["wrote"][] };
  };
}

const QUERIES_MAX = 200;
export const CHANNELS_MAX = 20;
export const SECTIONS_MAX = 30;
const key = Joi.string().max(64);
const count = Joi.number().integer().min(0).required();
const share = Joi.number().min(0).max(1).required();
const moment = Joi.string().isoDate().max(30);
const words = plainText(300);
const word = Joi.string().max(64).allow(null).required();
const money = Joi.object<Money, true>({
  amountMinor: Joi.number().integer().required(),
  currency: currencySchema.required(),
});

const figures = {
  searches: count,
  zeroResults: share,
  clickThrough: share,
  conversion: share,
  clicks: count,
  clickPosition: Joi.number().min(0).allow(null).required(),
  carts: count,
  purchases: count,
  revenue: Joi.array().items(money).max(50).required(),
};

const contract: Contract<AnalyticsCalls> = {
  aggregate: "analytics",
  actions: {
    ...panelActions,
    "analytics.learn": {
      kind: "procedure",
      permission: "analytics.learn",
      owner: "platform",
      summary: "Take in what happened in searches; repeating it changes nothing",
      params: learnSchema,
      result: Joi.object({ learnt: count }),
    },
    "analytics.search": {
      kind: "query",
      permission: "analytics.read",
      owner: "platform",
      // who reads the figures of some channels alone names one of them, and is told of it and its sections
      channel: { field: "channel" },
      summary: "What is searched for, and what comes of it: by words, and by channel and section",
      params: Joi.object<AskAnalytics, true>({
        channel: idSchema,
        section: plainText(64),
        from: moment,
        to: moment,
        sort: Joi.string().valid("searches", "zero-results", "click-through", "conversion").default("searches"),
        limit: Joi.number().integer().min(1).max(QUERIES_MAX).default(50),
      }),
      result: Joi.object<SearchAnalytics, true>({
        total: Joi.object<SearchFigures, true>(figures).required(),
        places: Joi.array()
          .items(Joi.object<PlaceFigures, true>({ ...figures, channel: word, section: word }))
          .max(CHANNELS_MAX * (SECTIONS_MAX + 1))
          .required(),
        queries: Joi.array()
          .items(
            Joi.object<QueryFigures, true>({
              ...figures,
              queryKey: key.required(),
              query: Joi.string().allow(null).required(),
            }),
          )
          .max(QUERIES_MAX)
          .required(),
      }),
      http: { method: "GET", path: "/v1/search-analytics" },
    },
    "analytics.synonyms": {
      kind: "query",
      permission: "analytics.read",
      owner: "platform",
      summary: "Words that visitors put in place of others, and found what they wanted: to be approved by a person",
      params: Joi.object<AskSynonyms, true>({ limit: Joi.number().integer().min(1).max(100).default(20) }),
      result: Joi.object<SynonymProposals, true>({
        items: Joi.array()
          .items(Joi.object<SynonymProposal, true>({ from: words.required(), to: words.required(), visitors: count }))
          .max(100)
          .required(),
      }),
      http: { method: "GET", path: "/v1/search-analytics/synonyms" },
    },
    "analytics.approve": {
      kind: "procedure",
      permission: "merchandising.write",
      owner: "platform",
      summary: "Make synonyms of words that visitors put in place of each other",
      params: Joi.object<ApproveSynonym, true>({
        from: plainText(100).min(1).required(),
        to: plainText(100).min(1).required(),
        language: languageSchema,
        twoWay: Joi.boolean(),
      }),
      result: Joi.object({ ruleId: idSchema.required() }),
      http: { method: "POST", path: "/v1/search-analytics/synonyms" },
    },
  },
};

export const analyticsContract = anyContract(contract);
