/**
 * What is searched for in the mall and what comes of it. Counted are facts that are nobody's; words are told only when
 * several different visitors searched for the same, and whose they were is not known here.
 */
import Joi from "joi";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import { currencySchema, type Money } from "../kernel/money";
import { idSchema, languageSchema, plainText } from "../kernel/text";

/** What fewer different visitors searched for is counted, and not told. */
export const VISITORS_MIN = 3;

/** Something that happened in a search, or because of one. */
export interface SearchFact {
  readonly id: string;
  readonly at: string;
  readonly kind: "search" | "view" | "click" | "cart" | "purchase";
  /** A keyed hash of the words. */
  readonly queryKey: string;
  /** Which search it was; random. */
  readonly searchId?: string;
  readonly productId?: string;
  readonly position?: number;
  readonly results?: number;
  readonly channel?: string;
  readonly section?: string;
  readonly revenue?: Money;
}

/** That somebody searched for these words; `visitor` is opaque, and not kept. */
export interface SaidWords {
  readonly queryKey: string;
  readonly text: string;
  readonly visitor: string;
}

/** That somebody searched for something else next, and found what they wanted there. */
export interface Reworded {
  readonly from: string;
  readonly to: string;
  readonly visitor: string;
}

export interface LearnSearches {
  readonly facts: SearchFact[];
  readonly words: SaidWords[];
  readonly reworded: Reworded[];
}

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

export interface SearchAnalytics {
  readonly total: SearchFigures;
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

export interface AnalyticsCalls {
  "analytics.learn": { params: LearnSearches; result: { readonly learnt: number } };
  "analytics.search": { params: AskAnalytics; result: SearchAnalytics };
  "analytics.synonyms": { params: AskSynonyms; result: SynonymProposals };
  "analytics.approve": {
    params: ApproveSynonym;
    result: { readonly ruleId: string; readonly wrote?: Receipt["wrote"][] };
  };
}

const LEARN_MAX = 1_000;
const QUERIES_MAX = 200;
const key = Joi.string().max(64);
const count = Joi.number().integer().min(0).required();
const share = Joi.number().min(0).max(1).required();
const moment = Joi.string().isoDate().max(30);
const words = plainText(300);
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
    "analytics.learn": {
      kind: "procedure",
      permission: "analytics.learn",
      owner: "platform",
      summary: "Take in what happened in searches; repeating it changes nothing",
      params: Joi.object<LearnSearches, true>({
        facts: Joi.array()
          .items(
            Joi.object<SearchFact, true>({
              id: key.required(),
              at: moment.required(),
              kind: Joi.string().valid("search", "view", "click", "cart", "purchase").required(),
              queryKey: key.required(),
              searchId: key,
              productId: idSchema,
              position: Joi.number().integer().min(0),
              results: Joi.number().integer().min(0),
              channel: idSchema,
              section: plainText(64),
              revenue: money,
            }),
          )
          .max(LEARN_MAX)
          .required(),
        words: Joi.array()
          .items(
            Joi.object<SaidWords, true>({ queryKey: key.required(), text: words.required(), visitor: key.required() }),
          )
          .max(LEARN_MAX)
          .required(),
        reworded: Joi.array()
          .items(Joi.object<Reworded, true>({ from: words.required(), to: words.required(), visitor: key.required() }))
          .max(LEARN_MAX)
          .required(),
      }),
      result: Joi.object({ learnt: count }),
    },
    "analytics.search": {
      kind: "query",
      permission: "analytics.read",
      owner: "platform",
      summary: "What is searched for, and what comes of it: by words",
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
