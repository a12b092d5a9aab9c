/**
 * What searches came to: a document per fact, summed when it is asked for; and words, of which is kept how many
 * different visitors said them, by numbers that are hashed together with the words: whose they were is not known.
 */
import { createHash } from "node:crypto";
import type { Reworded, SaidWords, SearchFact } from "../../models/analytics/analytics.contract";
import { fingerprint } from "../kernel/cursor";
import { date, integer, kept, keyword } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Tally } from "../kernel/tally";

/** Numbers of visitors that are kept: more than are needed to tell. */
const SAMPLE = 32;

export const searchFacts: Tally<SearchFact> = {
  name: "searchfacts",
  revision: 1,
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: keyword,
      at: date,
      kind: keyword,
      queryKey: keyword,
      searchId: keyword,
      productId: keyword,
      position: integer,
      results: integer,
      channel: keyword,
      section: keyword,
      revenue: { properties: { amountMinor: { type: "long" }, currency: keyword } },
    },
  },
  idOf: ({ id }) => id,
  merge: (before, [fact]) => before ?? (fact as unknown as Json),
};

const numberOf = (visitor: string, text: string): string =>
  createHash("sha256").update(`${visitor}\n${text}`).digest("base64url").slice(0, 12);

/** The smallest numbers of all that said it: the same whatever comes first, and however often. */
function sampled(before: Json | null, visitors: readonly string[], text: string) {
  const known = (before as { sample?: readonly string[] } | null)?.sample ?? [];
  const sample = [...new Set([...known, ...visitors.map((visitor) => numberOf(visitor, text))])]
    .sort()
    .slice(0, SAMPLE);
  return { sample, visitors: sample.length };
}

const counted = { sample: kept, visitors: integer };

export const searchWords: Tally<SaidWords> = {
  name: "searchwords",
  revision: 1,
  settings: {},
  mappings: { dynamic: "strict", properties: { text: keyword, ...counted } },
  idOf: ({ queryKey }) => queryKey,
  merge(before, facts) {
    const [{ text }] = facts as readonly [SaidWords];
    return {
      text,
      ...sampled(
        before,
        facts.map(({ visitor }) => visitor),
        text,
      ),
    };
  },
};

export const rewordings: Tally<Reworded> = {
  name: "rewordings",
  revision: 1,
  settings: {},
  mappings: { dynamic: "strict", properties: { from: keyword, to: keyword, ...counted } },
  idOf: ({ from, to }) => fingerprint({ from, to }),
  merge(before, facts) {
    const [{ from, to }] = facts as readonly [Reworded];
    return {
      from,
      to,
      ...sampled(
        before,
        facts.map(({ visitor }) => visitor),
        `${from}\n${to}`,
      ),
    };
  },
};

export const analyticsTallies = [searchFacts, searchWords, rewordings] as const;
