/**
 * The message catalogue. English is the form that all others must fill: a key that one of them lacks does not compile.
 * English comes with the page, the others when they are wanted.
 */
import { language, type Language } from "../app/taste";
import { en, type Catalogue, type Key } from "./en";
import { written, type Given } from "./message";

export type { Key } from "./en";

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  de: () => import("./de").then(({ de }) => de),
  ko: () => import("./ko").then(({ ko }) => ko),
  ar: () => import("./ar").then(({ ar }) => ar),
};

let catalogue: Catalogue = en;

export async function loadWords(of: Language): Promise<void> {
  catalogue = await loaders[of]();
}

/** For everything that Intl writes. English is read in many places: the browser knows which. */
export function locale(): string {
  const chosen = language.get();
  return navigator.languages.find((tag) => tag.toLowerCase().startsWith(chosen)) ?? chosen;
}

/** A text in the language of the page. */
export const t = (key: Key, given: Given = {}): string => written(catalogue[key], given, locale());

/** For keys that are made of what the mall answers: null where the catalogue has no such key. */
export const told = (key: string, given: Given = {}): string | null =>
  Object.hasOwn(catalogue, key) ? t(key as Key, given) : null;
