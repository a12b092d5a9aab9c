/**
 * What a misspelt word was meant to be. The engine offers words of the catalogue that differ in few letters; which of
 * them was meant is weighed by how often it occurs there, and by how easily the one is typed for the other: a neighbour
 * on the keyboard, two letters changed over, one doubled or left out. Pure.
 */
import type { estypes } from "@elastic/elasticsearch";

/** Shorter words are not corrected: nearly everything is one letter away from them. */
const LENGTH_MIN = 3;
/** From this length on two letters may be wrong. */
const LENGTH_LONG = 6;
const LETTER = 1.3;
const TWO_LETTERS = 2.3;
const OPTIONS = 12;
const MISSING = "missing";

/** Asked along with a search: words of it that stand nowhere in the catalogue. */
export const spellingAsked = (q: string): estypes.SearchSuggester => ({
  text: q,
  [MISSING]: {
    term: {
      field: "words",
      suggest_mode: "missing",
      sort: "score",
      size: OPTIONS,
      prefix_length: 0,
      min_word_length: LENGTH_MIN,
      max_edits: 2,
      max_inspections: 20,
    },
  },
});

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const placeOf = new Map(ROWS.flatMap((row, y) => Array.from(row, (letter, x) => [letter, [x + y * 0.5, y]] as const)));

/** On a keyboard, not the same. */
function areNeighbours(a: string, b: string): boolean {
  const [from, to] = [placeOf.get(a), placeOf.get(b)];
  return from !== undefined && to !== undefined && Math.hypot(from[0] - to[0], from[1] - to[1]) < 1.3;
}

const VOWELS = new Set("aeiouy");
const EASY = 0.7;
const FIRST = 1.3;

function replaced(a: string, b: string): number {
  if (a === b) return 0;
  return areNeighbours(a, b) || (VOWELS.has(a) && VOWELS.has(b)) ? EASY : 1;
}

/** Letters a word has twice in a row are easily forgotten, or doubled. */
const inserted = (word: string, at: number): number => (word[at] === word[at - 1] ? EASY : 1);

/** Two letters changed over: the one typed and the one before it, against those meant. */
const isTurned = (typed: string, i: number, meant: string, j: number): boolean =>
  i > 1 && j > 1 && typed[i - 1] === meant[j - 2] && typed[i - 2] === meant[j - 1];

type Table = readonly number[][];

const cell = (table: Table, i: number, j: number): number => table[i]?.[j] ?? Number.POSITIVE_INFINITY;

/** What it costs at least to get from the first i letters typed to the first j meant. */
function cheapest(table: Table, [typed, i]: [string, number], [meant, j]: [string, number]): number {
  if (i === 0 && j === 0) return 0;
  return Math.min(
    cell(table, i - 1, j - 1) + replaced(typed.charAt(i - 1), meant.charAt(j - 1)),
    cell(table, i - 1, j) + inserted(typed, i - 1),
    cell(table, i, j - 1) + inserted(meant, j - 1),
    isTurned(typed, i, meant, j) ? cell(table, i - 2, j - 2) + EASY : Number.POSITIVE_INFINITY,
  );
}

/** How far a word lies from another: the letters that differ, those easily mistyped counting less. */
export function mistyped(typed: string, meant: string): number {
  const table: number[][] = [];
  for (let i = 0; i <= typed.length; i++) {
    table.push([]);
    for (let j = 0; j <= meant.length; j++) table[i]?.push(cheapest(table, [typed, i], [meant, j]));
  }
  const wrong = cell(table, typed.length, meant.length);
  return typed.charAt(0) === meant.charAt(0) ? wrong : wrong * FIRST;
}

interface Choice {
  readonly text: string;
  /** Products that hold it. */
  readonly freq: number;
}

/** What a letter more that is wrong must be outweighed by: a word that is so many times more frequent. */
const PER_LETTER = Math.log(60);

/** The word that was most likely meant; null where none is near. */
export function meant(typed: string, choices: readonly Choice[]): string | null {
  const farthest = typed.length < LENGTH_LONG ? LETTER : TWO_LETTERS;
  const near = choices
    .map(({ text, freq }) => ({ text, wrong: mistyped(typed, text), freq }))
    .filter(({ wrong }) => wrong <= farthest)
    .map(({ text, wrong, freq }) => ({ text, worth: Math.log(freq + 1) - wrong * PER_LETTER }));
  return near.sort((a, b) => b.worth - a.worth || (a.text < b.text ? -1 : 1))[0]?.text ?? null;
}

/** A word of the question that the catalogue does not have. */
export interface Missing {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  /** What it was meant to be. */
  readonly meant: string | null;
}

interface Entry {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
  readonly options: readonly Choice[];
}

/** The words that were found nowhere, as far as the engine offers something for them. */
export function missingIn(suggest: unknown): Missing[] {
  const entries = (suggest as Readonly<Record<string, readonly Entry[]>> | undefined)?.[MISSING] ?? [];
  return entries.map(({ text, offset, length, options }) => ({ text, offset, length, meant: meant(text, options) }));
}

/** The question with words put right: the last first, so that places hold. */
export function corrected(q: string, missing: readonly Pick<Missing, "offset" | "length" | "meant">[]): string {
  return [...missing]
    .sort((a, b) => b.offset - a.offset)
    .reduce(
      (text, { offset, length, meant: word }) =>
        word === null ? text : text.slice(0, offset) + word + text.slice(offset + length),
      q,
    );
}

const PART_MIN = 2;
const SPLIT_LENGTH_MIN = 6;
const SPLIT_LENGTH_MAX = 30;
const VARIANTS_MAX = 40;

/** Every way to read a word as two; an article number is none. */
function splitsOf(word: string): string[] {
  if (word.length < SPLIT_LENGTH_MIN || word.length > SPLIT_LENGTH_MAX || !/^\p{L}+$/u.test(word)) return [];
  const places = Array.from({ length: word.length - 2 * PART_MIN + 1 }, (_, n) => n + PART_MIN);
  return places.map((at) => `${word.slice(0, at)} ${word.slice(at)}`);
}

/** The question with a blank that may have been forgotten, or one that may be too much. */
export function spacedOtherwise(q: string): string[] {
  const words = q.split(/\s+/);
  const put = (at: number, count: number, text: string): string =>
    [...words.slice(0, at), text, ...words.slice(at + count)].join(" ");
  const split = words.flatMap((word, at) => splitsOf(word).map((text) => put(at, 1, text)));
  const joined = words.slice(1).map((word, at) => put(at, 2, `${words[at] ?? ""}${word}`));
  return [...joined, ...split].slice(0, VARIANTS_MAX);
}
