/**
 * What visitors searched for, for suggestions to others: one document per question, language and channel. It holds no
 * visitor: of each only a number is kept, hashed together with the question, and of those the smallest, from which the
 * count of different visitors follows: exact up to 64, about right beyond. What one person asked stays with that person
 * until enough others asked the same, and what looks like an address or a number of somebody is not kept at all.
 */
import { createHash } from "node:crypto";
import type { AskedSearch } from "../../models/product/product.suggest.contract";
import { fingerprint } from "../kernel/cursor";
import { date, integer, keyword, kept } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Tally } from "../kernel/tally";
import { neutralAnalysis } from "./products.analysis.projection";
import { begun } from "./products.mapping.projection";
import { folded } from "./products.typed.query";

/** Numbers kept of a question's visitors: the smallest. */
const SAMPLE = 64;
const RANGE = 2 ** 48;
const CHARS_MAX = 60;
const CHARS_MIN = 2;

export interface AskedQuestion {
  readonly text: string;
  readonly folded: string;
  readonly lang: string;
  readonly channel: string;
  /** Different ones that asked it. */
  readonly visitors: number;
  readonly sample: readonly number[];
  readonly lastAt: string;
}

/** The question without what differs by chance: capitals and blanks. */
export const questionOf = (query: string): string => query.normalize("NFC").toLowerCase().trim().replace(/\s+/g, " ");

/** Fit to be shown to others: something was found, and it names no person as far as can be told. */
export function isSuggestible({ query, found = 1 }: AskedSearch): boolean {
  const text = questionOf(query);
  if (found === 0 || text.length < CHARS_MIN || text.length > CHARS_MAX) return false;
  // an address, a phone number, a card's number, an order's
  return /\p{L}/u.test(text) && !text.includes("@") && !/\d(?:[ ./-]?\d){6}/.test(text);
}

const NOBODY = { sample: [], lastAt: "" } as const;

const hashOf = (visitor: string, text: string): number =>
  Number.parseInt(createHash("sha256").update(`${visitor}\n${text}`).digest("hex").slice(0, 12), 16);

/** As many as there are, or as the density of the smallest numbers tells. */
export function visitorsIn(sample: readonly number[]): number {
  const last = sample[SAMPLE - 1];
  return last === undefined ? sample.length : Math.round(((SAMPLE - 1) * RANGE) / (last + 1));
}

const latest = (times: readonly string[]): string => times.reduce((last, at) => (at > last ? at : last), "");

/** Facts of one document, which agree in question, language and channel; never none. */
function merge(before: Json | null, facts: readonly AskedSearch[]): Json {
  const [{ query, lang = "", channel = "" }] = facts as readonly [AskedSearch];
  const { sample: known, lastAt: last } = (before as Pick<AskedQuestion, "sample" | "lastAt"> | null) ?? NOBODY;
  const text = questionOf(query);
  const all = new Set([...known, ...facts.map(({ visitor }) => hashOf(visitor, text))]);
  const sample = [...all].sort((a, b) => a - b).slice(0, SAMPLE);
  const merged: AskedQuestion = {
    ...{ text, folded: folded(text), lang, channel },
    ...{ visitors: visitorsIn(sample), sample, lastAt: latest([last, ...facts.map(({ at }) => at)]) },
  };
  return merged as unknown as Json;
}

export const asked: Tally<AskedSearch> = {
  name: "asked",
  revision: 1,
  settings: { analysis: neutralAnalysis },
  mappings: {
    dynamic: "strict",
    properties: {
      text: { type: "text", analyzer: "neutral", index_prefixes: { min_chars: 1, max_chars: 12 }, ...begun },
      folded: keyword,
      lang: keyword,
      channel: keyword,
      visitors: integer,
      sample: kept,
      lastAt: date,
    },
  },
  idOf: ({ query, lang = "", channel = "" }) => fingerprint({ text: questionOf(query), lang, channel }),
  merge,
};
