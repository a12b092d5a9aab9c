/**
 * What somebody is still typing. Fields whose beginnings of words are terms of their own (`index_prefixes`) are asked
 * for words that begin so; for what begins nearly so there are fields of beginnings, which can be asked for with a
 * letter wrong. Pure.
 */
import type { estypes } from "@elastic/elasticsearch";
import { BEGUN_MAX } from "./products.analysis.projection";

type Query = estypes.QueryDslQueryContainer;

const WORDS_MAX = 10;
/** Terms that a misspelt beginning may stand for. */
const EXPANSIONS_MAX = 30;
/** Shorter beginnings are not corrected: nearly everything is one letter away from them. */
const FUZZINESS = "AUTO:4,8";

/** Marks that are letters of their own where they stand: those of kana, by which ga is not ka. */
const MARKS = /(?![\u3099\u309a])\p{M}/gu;

/** Without accents and capitals; signs that are put together of several (Hangul, kana) stay one. */
export const folded = (text: string): string =>
  text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase();
export const wordsIn = (text: string): string[] => (folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS_MAX);

/** All words stand in the field, the last of them perhaps unfinished. */
export const begins = (field: string, q: string): Query => ({
  match_bool_prefix: { [field]: { query: q, operator: "and" } },
});

/**
 * The same, and each may have a letter wrong, or two where it is long; but for the first letter.
 * @param begun the field's beginnings, as terms
 */
export function nearly(field: string, begun: string, q: string): Query {
  const words = wordsIn(q);
  const last = words.at(-1);
  if (last === undefined) return { match_none: {} };
  const forgiving = { fuzziness: FUZZINESS, prefix_length: 1, max_expansions: EXPANSIONS_MAX };
  const whole = words.slice(0, -1).map((query): Query => ({ match: { [field]: { query, ...forgiving } } }));
  const unfinished: Query = {
    fuzzy: { [begun]: { value: last.slice(0, BEGUN_MAX), ...forgiving } },
  };
  return { bool: { filter: [...whole, unfinished] } };
}

/** How many letters may be wrong in a word so long: as the engine counts `AUTO:4,8`. */
const wrongMax = (word: string): number => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

type Rows = readonly (readonly number[])[];

const cell = (rows: Rows, i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;

/** Two letters changed over: the last of both, crosswise. */
const isTurned = (typed: string, word: string): boolean =>
  typed.length > 1 && typed.at(-1) === word.at(-2) && typed.at(-2) === word.at(-1);

/** From beginnings of both, what is wrong at least; `rows` knows it of all shorter ones. */
function least(rows: Rows, typed: string, word: string): number {
  const [i, j] = [typed.length, word.length];
  if (i === 0 || j === 0) return i + j;
  return Math.min(
    cell(rows, i - 1, j - 1) + (typed.at(-1) === word.at(-1) ? 0 : 1),
    cell(rows, i - 1, j) + 1,
    cell(rows, i, j - 1) + 1,
    isTurned(typed, word) ? cell(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
  );
}

/** Letters that differ between what was typed and the nearest beginning of the word, two changed over being one. */
export function lettersWrong(typed: string, word: string): number {
  const rows: number[][] = [];
  for (let i = 0; i <= typed.length; i++) {
    rows.push([]);
    for (let j = 0; j <= word.length; j++) rows[i]?.push(least(rows, typed.slice(0, i), word.slice(0, j)));
  }
  return Math.min(...(rows.at(-1) ?? []));
}

const fits = (typed: string, word: string): boolean => word.startsWith(typed);
const nearlyFits = (typed: string, word: string): boolean =>
  typed[0] === word[0] && lettersWrong(typed, word.slice(0, typed.length + 2)) <= wrongMax(typed);

/** Whether a name at hand has, for each word typed, one that begins so: 2; or nearly so: 1; else 0. */
export function fitOf(words: readonly string[], typed: readonly string[]): 0 | 1 | 2 {
  if (typed.every((one) => words.some((word) => fits(one, word)))) return 2;
  return typed.every((one) => words.some((word) => fits(one, word) || nearlyFits(one, word))) ? 1 : 0;
}
