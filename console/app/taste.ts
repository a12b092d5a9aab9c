/** How somebody wants to see the page: language, direction, colours. Kept for next time; `boot.ts` reads it first. */
import { keep, kept } from "./kept";
import { createStore } from "./store";

export const LANGUAGES = ["en", "de", "ko", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

/** In their own words: whoever looks for a language reads that one. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  ko: "한국어",
  ar: "العربية",
};

export const COLOURS = ["system", "light", "dark"] as const;
export type Colours = (typeof COLOURS)[number];
export type Direction = "ltr" | "rtl";

const isOneOf = <T extends string>(all: readonly T[], text: string | null): text is T =>
  text !== null && (all as readonly string[]).includes(text);

function languageAtFirst(): Language {
  const wanted = [kept("language"), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return wanted.find((one) => isOneOf(LANGUAGES, one)) ?? "en";
}

const usual = (of: Language): Direction => (of === "ar" ? "rtl" : "ltr");

const keptColours = kept("colours");
const keptDirection = kept("direction");

export const language = createStore<Language>(languageAtFirst());
export const colours = createStore<Colours>(isOneOf(COLOURS, keptColours) ? keptColours : "system");
export const direction = createStore<Direction>(
  isOneOf(["ltr", "rtl"], keptDirection) ? keptDirection : usual(language.get()),
);

/** Writes into the document what the stores say. */
export function dress(): void {
  const root = document.documentElement;
  root.lang = language.get();
  root.dir = direction.get();
  const chosen = colours.get();
  if (chosen === "system") delete root.dataset["colours"];
  else root.dataset["colours"] = chosen;
}

export function chooseDirection(next: Direction): void {
  // what a language has anyway need not be kept: it follows the next language again
  keep("direction", next === usual(language.get()) ? null : next);
  direction.set(next);
  dress();
}

export function chooseLanguage(next: Language): void {
  keep("language", next);
  keep("direction", null);
  language.set(next);
  direction.set(usual(next));
  dress();
}

export function chooseColours(next: Colours): void {
  keep("colours", next === "system" ? null : next);
  colours.set(next);
  dress();
}
