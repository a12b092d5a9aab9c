/**
 * What kind of thing a product is, as far as its title says: "HP Pavilion dv7 Notebook Silver 43.2 cm" is a notebook,
 * "Targus CN31 notebook case for 17 inch" a notebook case. Shoppers who type "notebook" want the first, and both hold
 * the word. The brand and the model are taken off; what stands before the first figure, comma or "for" is a noun
 * phrase, and its head is the last word, or the first in languages that put it there. Pure, and of one title alone.
 */
import type { ProductPart } from "./products.parts.projection";

/** Languages whose noun phrases begin with their head: `housse pour ordinateur`. */
const HEAD_FIRST = new Set(["fr", "es", "it", "pt", "ar"]);

/** Where a noun phrase ends: what follows says what it is for, made of, or comes with. */
const PREPOSITIONS = {
  en: "for|with|without|w/|in|by|and|to|from",
  de: "für|mit|ohne|und",
  fr: "pour|avec|sans|et",
  es: "para|con|sin|y",
  nl: "voor|met|en",
};
const ENDS = new RegExp(`\\s+[-–—]+\\s+|[,;:()[\\]|+*"“”&]|\\s(?:${Object.values(PREPOSITIONS).join("|")})\\s`, "iu");
const FIGURE = /\p{N}/u;
const WORD = /[\p{L}\p{M}][\p{L}\p{M}'’-]*/gu;
/** Words of a phrase that are kept: the nearest to its head. */
const WORDS_MAX = 4;

/** What a preposition begins: `for Laptop`; it names what a thing is for, or comes with, and never the thing. */
const WHAT_FOR = new RegExp(`\\s(?:${Object.values(PREPOSITIONS).join("|")})\\s+([^,;:()[\\]|+*"“”&]+)`, "iu");

/** Marks of where a phrase begins and ends, so that its head can be told from its other words. */
const KIND_BEGINS = "xxbegin";
const KIND_ENDS = "xxend";
const FOR_ENDS = "xxfor";

type Described = Pick<ProductPart, "brand" | "attributes">;

const folded = (text: string): string => text.toLowerCase();

/** The title without the brand in front; what stands before the model, and behind it. */
function apart(title: string, brand: string, model: string): [before: string, after: string] {
  const bare = folded(title).startsWith(`${folded(brand)} `) ? title.slice(brand.length + 1) : title;
  const at = model === "" ? -1 : folded(bare).indexOf(folded(model));
  return at < 0 ? [bare, ""] : [bare.slice(0, at + model.length), bare.slice(at + model.length)];
}

/** Values that may stand around the kind without a comma: colours, makes, materials. */
function valuesOf({ attributes = {} }: Described, isOne: (name: string) => boolean): ReadonlySet<string> {
  const texts = Object.entries(attributes).filter(([name]) => isOne(name));
  return new Set(texts.flatMap(([, value]) => (typeof value === "string" ? [folded(value.split(",")[0] ?? "")] : [])));
}

/** Units and the like say nothing: `cm`, but not `TV`. */
const isWord = (word: string): boolean => word.length > 2 || word === word.toUpperCase();

/** A size in front says nothing of the kind: `17" laptop sleeve`. */
const SIZE = /^\s*\p{N}+(?:[.,]\p{N}+)?\s?(?:["”″]|''|(?:-?inch(?:es)?|cm|mm|zoll)\b)\s*/iu;

/** The words of a text before its first delimiter, without values of attributes; a figure may end it as well. */
function phraseOf(text: string, values: ReadonlySet<string>, endsAtFigure: boolean): string[] {
  const tokens = (text.replace(SIZE, "").trim().split(ENDS)[0] ?? "").split(/[\s/]+/);
  const figure = endsAtFigure ? tokens.findIndex((token) => FIGURE.test(token)) : -1;
  const before = figure > 0 ? tokens.slice(0, figure) : tokens;
  return before.flatMap((token) => {
    const [word = ""] = FIGURE.test(token) ? [] : (token.match(WORD) ?? []);
    return word === "" || !isWord(word) || values.has(folded(word)) ? [] : [word];
  });
}

/** The words behind the first preposition, with a mark that makes them no head. */
function whatFor(title: string): string[] {
  const words = phraseOf(WHAT_FOR.exec(title)?.[1] ?? "", new Set(), true).slice(0, WORDS_MAX);
  return words.length === 0 ? [] : [[...words, FOR_ENDS].join(" ")];
}

/** A size in the middle of a name: `Contour 17” Topload Laptop Case`; the kind follows it. */
const AFTER_SIZE = /\p{N}\s?(?:["”″]|''|-?inch(?:es)?\b)\s+(?=\p{L})(.*)$/iu;

const afterSize = (title: string, values: ReadonlySet<string>): string[] =>
  phraseOf(AFTER_SIZE.exec(title)?.[1] ?? "", values, true);

const isFirst = (language: string): boolean => HEAD_FIRST.has(language.split("-")[0] ?? "");

/**
 * The phrases that say what it is, best first, each between the marks: `["xxbegin notebook case xxend"]`; behind them
 * what it is for: `"laptop xxfor"`.
 * @param language of the title
 */
export function kindOf(part: Described, title: string, language: string): string[] {
  const { brand = "", attributes = {} } = part;
  const model = typeof attributes["model"] === "string" ? attributes["model"] : "";
  const [before, after] = apart(title, brand, model);
  // what was written by hand may well name the kind as its last word, and an attribute as well
  const values = valuesOf(part, (name) => name !== "product_type");
  const colours = valuesOf(part, (name) => name.includes("colo"));
  const kinds = [phraseOf(after, values, true), phraseOf(before, colours, false), afterSize(title, colours)]
    .map((words) => (isFirst(language) ? words.slice(0, WORDS_MAX) : words.slice(-WORDS_MAX)))
    .filter((words) => words.length > 0)
    .map((words) => [KIND_BEGINS, ...words, KIND_ENDS].join(" "));
  return [...new Set([...kinds, ...whatFor(title)])];
}

/** The word that says what kind of thing is asked for, as far as its place tells; the others say which of them. */
export function headWord(words: string, language: string): string {
  const all = words.trim().split(/\s+/);
  return (isFirst(language) ? all[0] : all.at(-1)) ?? "";
}

/** `ending` the phrase with the words asked for, or beginning with them where heads come first. */
export const headPhrase = (words: string, language: string): string =>
  isFirst(language) ? `${KIND_BEGINS} ${words}` : `${words} ${KIND_ENDS}`;
