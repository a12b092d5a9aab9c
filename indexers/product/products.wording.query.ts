/**
 * A question in the other words that merchandisers say mean the same. Each wording is the question with one phrase
 * replaced; a product is found by any of them, and ranked by the one that fits it best. Pure.
 */
import type { SynonymsRule } from "../../models/merchandising/merchandising.rule.contract";
import { wordsIn } from "./products.typed.query";

/** Each is a question of its own to the engine. */
const WORDINGS_MAX = 4;
const LANGUAGE_DEFAULT = "en";

const startsAt = (words: readonly string[], phrase: readonly string[]): number =>
  phrase.length === 0 ? -1 : words.findIndex((_, at) => phrase.every((word, n) => words[at + n] === word));

/** The words with the phrase replaced where it first stands; null where it does not. */
function replaced(words: readonly string[], phrase: string, by: string): string | null {
  const parts = wordsIn(phrase);
  const at = startsAt(words, parts);
  return at < 0 ? null : [...words.slice(0, at), by, ...words.slice(at + parts.length)].join(" ");
}

const isOf = ({ language }: SynonymsRule, lang: string): boolean =>
  language === undefined || language === lang || language === lang.split("-")[0];

/** One-way: what stands in `from` also means any of `words`. Two-way: each of `words` means the others. */
function wordingsBy({ words: means, from }: SynonymsRule, words: readonly string[]): string[] {
  const phrases = from ?? means;
  return phrases.flatMap((phrase) =>
    means.filter((other) => other !== phrase).flatMap((other) => replaced(words, phrase, other) ?? []),
  );
}

/** Without the question itself; none where no synonym stands in it. */
export function wordings(q: string, lang = LANGUAGE_DEFAULT, rules: readonly SynonymsRule[]): string[] {
  if (rules.length === 0) return [];
  const words = wordsIn(q);
  const all = rules.filter((rule) => isOf(rule, lang)).flatMap((rule) => wordingsBy(rule, words));
  return [...new Set(all)].filter((text) => text !== words.join(" ")).slice(0, WORDINGS_MAX);
}
