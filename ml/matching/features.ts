/** How alike two records are, side by side: words by how rare they are, codes, numbers, prices, letters. */
import { wordsOf } from "../kernel/text/grams";
import type { Pair, ProductRecord } from "./pairs";

/** How rare each word is among the records that were learnt from. */
export interface Rarity {
  readonly unknown: number;
  readonly of: Readonly<Record<string, number>>;
}

export const MATCH_FEATURES = [
  "title_cosine",
  "all_cosine",
  "title_in_all",
  "shared_of_left",
  "shared_of_right",
  "rarest_shared",
  "rarest_only_left",
  "rarest_only_right",
  "letters_alike",
  "codes_shared",
  "codes_differ",
  "code_within",
  "numbers_shared",
  "numbers_differ",
  "brand_alike",
  "model_number_alike",
  "price_known",
  "price_factor",
  "same_beginning",
  "length_factor",
] as const;

export function learnRarity(pairs: readonly Pair[]): Rarity {
  const texts = new Set(pairs.flatMap(({ left, right }) => [left.all, right.all]));
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rarity = (count: number): number => Math.log((1 + texts.size) / (1 + count));
  const kept = [...counts].filter(([, count]) => count > 1).map(([word, count]) => [word, rarity(count)] as const);
  return { unknown: rarity(1), of: Object.fromEntries(kept) };
}

const weightOf = ({ of, unknown }: Rarity, word: string): number =>
  Object.hasOwn(of, word) ? (of[word] ?? 0) : unknown;
const sum = (words: Iterable<string>, weight: (word: string) => number): number =>
  [...words].reduce((total, word) => total + weight(word), 0);

const joined = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
/** `f8n044-slv` and `f8n044slv` are one code; a code has a digit and four signs at least. */
const codesOf = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/\s+/)
      .map(joined)
      .filter((word) => /\d/.test(word) && /[a-z]|\d{4}/.test(word) && word.length >= 4),
  );
const numbersOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/\d+(?:\.\d+)?/g) ?? []);

function lettersAlike(a: string, b: string): number {
  const grams = (text: string): Set<string> => {
    const clean = joined(text);
    return new Set(Array.from({ length: Math.max(0, clean.length - 2) }, (_, i) => clean.slice(i, i + 3)));
  };
  const [left, right] = [grams(a), grams(b)];
  const shared = [...left].filter((gram) => right.has(gram)).length;
  return shared / Math.max(1, left.size + right.size - shared);
}

interface Overlap {
  readonly cosine: number;
  readonly ofLeft: number;
  readonly ofRight: number;
  readonly rarestShared: number;
  readonly rarestLeft: number;
  readonly rarestRight: number;
}

function overlapOf(a: string, b: string, rarity: Rarity): Overlap {
  const [left, right] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  const weight = (word: string): number => weightOf(rarity, word);
  const square = (word: string): number => weight(word) ** 2;
  const shared = [...left].filter((word) => right.has(word));
  const rarest = (words: readonly string[]): number => words.reduce((most, word) => Math.max(most, weight(word)), 0);
  return {
    cosine: sum(shared, square) / Math.sqrt(sum(left, square) * sum(right, square) || 1),
    ofLeft: sum(shared, weight) / (sum(left, weight) || 1),
    ofRight: sum(shared, weight) / (sum(right, weight) || 1),
    rarestShared: rarest(shared),
    rarestLeft: rarest([...left].filter((word) => !right.has(word))),
    rarestRight: rarest([...right].filter((word) => !left.has(word))),
  };
}

/** [shared, on one side only]; [0, 0] where a side has none. */
function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly [number, number] {
  if (a.size === 0 || b.size === 0) return [0, 0];
  const shared = [...a].filter((one) => b.has(one)).length;
  return [shared, a.size + b.size - 2 * shared];
}

const within = (codes: ReadonlySet<string>, text: string): number =>
  [...codes].filter((code) => code.length >= 5 && text.includes(code)).length;

/** 1 alike, 0 unlike, 0.5 where a side says nothing. */
function alike(a: string, b: string): number {
  if (a === "" || b === "") return 0.5;
  return joined(a) === joined(b) || joined(a).includes(joined(b)) || joined(b).includes(joined(a)) ? 1 : 0;
}

/** How many times the dearer costs more; 1 where a price is missing. */
const factorOf = (a: ProductRecord, b: ProductRecord): number =>
  Number.isNaN(a.price + b.price) ? 1 : Math.max(a.price, b.price) / Math.min(a.price, b.price);

export function matchFeatures({ left, right }: Pick<Pair, "left" | "right">, rarity: Rarity): Float32Array {
  const title = overlapOf(left.title, right.title, rarity);
  const [lefts, rights] = [codesOf(left.all), codesOf(right.all)];
  const codes = sharedOf(lefts, rights);
  const numbers = sharedOf(numbersOf(left.title), numbersOf(right.title));
  const words = [wordsOf(left.title), wordsOf(right.title)] as const;
  return Float32Array.of(
    title.cosine,
    overlapOf(left.all, right.all, rarity).cosine,
    Math.max(overlapOf(left.title, right.all, rarity).ofLeft, overlapOf(left.all, right.title, rarity).ofRight),
    title.ofLeft,
    title.ofRight,
    title.rarestShared,
    title.rarestLeft,
    title.rarestRight,
    lettersAlike(left.title, right.title),
    codes[0],
    codes[1],
    within(lefts, joined(right.all)) + within(rights, joined(left.all)),
    numbers[0],
    numbers[1],
    alike(left.brand, right.brand),
    alike(left.code, right.code),
    Number.isNaN(left.price + right.price) ? 0 : 1,
    factorOf(left, right),
    words[0][0] === words[1][0] ? 1 : 0,
    Math.min(words[0].length, words[1].length) / Math.max(1, words[0].length, words[1].length),
  );
}
