/**
 * How questions that found little were read, so that the next time they are asked so at once. What is remembered is
 * never an answer, and no answer rests on it alone: it says what to ask first, and which other spelling there is.
 */
import { LRUCache } from "lru-cache";
import type { SearchProducts } from "../../models/product/product.search.contract";
import type { Reading } from "./products.request.query";
import { wordsOf } from "./products.text.query";

/** Another spelling of a question; the question itself where there is none. */
export interface Spelt {
  readonly q: string;
  /** Products of the whole catalogue that hold it, where blanks were moved; null where a word was put right. */
  readonly products: number | null;
}

export interface Known {
  readonly spelt: Spelt;
  /** What was asked last of all. */
  readonly reading: Reading;
}

export interface Memory {
  get(params: SearchProducts): Known | undefined;
  set(params: SearchProducts, known: Known): void;
}

const QUESTIONS_MAX = 5_000;
/** After this long a spelling is asked for anew: the catalogue may have got a word that is nearer. */
const REMEMBERED_MS = 10 * 60_000;

/** The same words in the same place: bounds of price and the like differ from search to search, and change little. */
const keyOf = (params: SearchProducts): string => {
  const { lang = "", channel = "", section = "", collection = "", sort } = params;
  return [lang, channel, section, collection, sort === "relevance", wordsOf(params)].join("\n");
};

export function createMemory(): Memory {
  const known = new LRUCache<string, Known>({ max: QUESTIONS_MAX, ttl: REMEMBERED_MS });
  return {
    get: (params) => known.get(keyOf(params)),
    set: (params, one) => void known.set(keyOf(params), one),
  };
}

/** For searches that shall leave no trace. */
export const NO_MEMORY: Memory = { get: () => undefined, set: () => undefined };
