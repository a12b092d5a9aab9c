/**
 * Where a shopper's words were found. The engine marks them with characters of the private use area, and the answer
 * gives the text part by part: there is no markup in it that a page would have to trust or to escape.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { Marked } from "../../models/product/product.search.contract";
import { askedIn } from "./products.analysis.projection";
import type { Text } from "../../models/kernel/text";
import { folded, wordsIn } from "./products.typed.query";
import { languageOf } from "./products.mapping.projection";

const BEGIN = "\uE000";
const END = "\uE001";
const EXCERPT_CHARS = 200;

type Field = estypes.SearchHighlightField;

const whole: Field = { number_of_fragments: 0 };
const excerpt: Field = { number_of_fragments: 1, fragment_size: EXCERPT_CHARS };

/** A field is marked by the words alone: taking the whole question apart for each costs more than the search itself. */
const marking = (name: string, texts: readonly string[], analyzer: string | undefined, form: Field): Field => ({
  ...form,
  highlight_query: {
    bool: {
      should: texts.map((query) => ({ match: { [name]: { query, ...(analyzer !== undefined && { analyzer }) } } })),
    },
  },
});

/** Written without blanks: where a word begins in them, the engine knows. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * The neutral fields hold all languages one after the other: of these an excerpt is one of them. Where a language is
 * read, a title in another one is marked here (`markedElsewhere`): a field less to mark is a tenth of a search.
 * @param texts the question in each of its wordings
 */
export function highlightOf(lang: string, texts: readonly string[]): estypes.SearchHighlight {
  const language = languageOf(lang);
  const analyzer = language === null ? undefined : askedIn(language);
  const shown: Record<string, Field> =
    language === null
      ? { "neutral.description": excerpt }
      : { [`title.${language}`]: whole, [`description.${language}`]: excerpt };
  const elsewhere: Field = { number_of_fragments: 1, fragment_size: 2 * EXCERPT_CHARS };
  const isMarkedHere = language !== null && !texts.some((text) => UNSPACED.test(text));
  return {
    pre_tags: [BEGIN],
    post_tags: [END],
    fields: {
      ...Object.fromEntries(Object.entries(shown).map(([name, form]) => [name, marking(name, texts, analyzer, form)])),
      ...(!isMarkedHere && { "neutral.title": marking("neutral.title", texts, undefined, elsewhere) }),
    },
  };
}

/** `a \uE000b\uE001 c` → a, b (hit), c. Whatever marks the text itself held, no part holds one. */
export function markedParts(text: string): Marked[] {
  const [before = "", ...rest] = text.split(BEGIN);
  const parts = rest.flatMap((piece): Marked[] => {
    const [hit = "", ...after] = piece.split(END);
    return [
      { text: hit, hit: true },
      { text: after.join(""), hit: false },
    ];
  });
  return [{ text: before.replaceAll(END, ""), hit: false }, ...parts].filter((part) => part.text !== "");
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The text with the words marked that stand in it, whatever their accents and capitals; null where none does. */
function markedBy(text: string, words: ReadonlySet<string>): Marked[] | null {
  const parts: Marked[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!words.has(folded(word))) continue;
    if (index > from) parts.push({ text: text.slice(from, index), hit: false });
    parts.push({ text: word, hit: true });
    from = index + word.length;
  }
  if (parts.length === 0) return null;
  return from < text.length ? [...parts, { text: text.slice(from), hit: false }] : parts;
}

/** Of a title that the language asked for has not, or does not find the words in: the first language that does. */
export function markedElsewhere(title: Text, texts: readonly string[]): Record<string, Marked[]> {
  const words = new Set(texts.flatMap(wordsIn));
  for (const text of Object.values(title)) {
    const marked = markedBy(text, words);
    if (marked) return { title: marked };
  }
  return {};
}

/** By what is shown: the language asked for first, else wherever it was found. */
export function readHighlights(
  found: Readonly<Record<string, readonly string[]>> | undefined,
  lang: string,
): Record<string, Marked[]> {
  const language = languageOf(lang) ?? "";
  const shown = ["title", "description"].flatMap((name): [string, Marked[]][] => {
    const [text] = found?.[`${name}.${language}`] ?? found?.[`neutral.${name}`] ?? [];
    return text === undefined ? [] : [[name, markedParts(text)]];
  });
  return Object.fromEntries(shown);
}
