/**
 * What is wrong with params, in the language that the caller reads: a problem's `detail` and the message of each fault
 * are written anew from what the fault says of itself (rule, field, bounds). Programs go by `rule`, which is the same
 * in every language; what has none is left in English.
 */
import type { Fault, Given } from "../kernel/validator";
import type { Problem } from "./problem";
import { faultWords, type SpokenLanguage } from "./spoken.words";

const ENGLISH = "en";
type Spoken = SpokenLanguage | typeof ENGLISH;

const TAGS_MAX = 20;

const isSpoken = (language: string): language is Spoken => language === ENGLISH || Object.hasOwn(faultWords, language);

interface Wish {
  readonly language: string;
  readonly weight: number;
}

function wishOf(part: string): Wish {
  const [tag = "", ...more] = part.split(";").map((one) => one.trim().toLowerCase());
  const weight = more.find((one) => one.startsWith("q="));
  const said = weight === undefined ? 1 : Number(weight.slice(2));
  return { language: tag.split("-")[0] ?? "", weight: Number.isFinite(said) ? said : 0 };
}

/** Of an Accept-Language: the language that is wished for most, of those that are spoken here; English otherwise. */
export function languageOf(accepted: string | undefined): Spoken {
  const wishes = (accepted ?? "").split(",").slice(0, TAGS_MAX).map(wishOf);
  const known = wishes.filter(({ language, weight }) => weight > 0 && isSpoken(language));
  const [best] = known.toSorted((a, b) => b.weight - a.weight);
  return best !== undefined && isSpoken(best.language) ? best.language : ENGLISH;
}

const textOf = (value: Given[string]): string => (Array.isArray(value) ? value.join(", ") : String(value));

/** Null where the language has no words for the rule, or the fault not what they name. */
function messageIn(language: SpokenLanguage, { field, rule, given = {} }: Fault): string | null {
  const { [rule ?? ""]: words } = faultWords[language];
  if (words === undefined) return null;
  const blanks = new Map<string, string>([["field", `"${field === "" ? "value" : field}"`]]);
  for (const [name, value] of Object.entries(given)) blanks.set(name, textOf(value));
  const names = [...words.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  if (names.some((name) => !blanks.has(name))) return null;
  return words.replace(/\{(\w+)\}/g, (_all, name: string) => blanks.get(name) ?? "");
}

export interface Told {
  readonly problem: Problem;
  readonly language: Spoken;
}

/** The problem as it is told to somebody; in English where not all of it can be told in their language. */
export function spokenTo(accepted: string | undefined, problem: Problem): Told {
  const language = languageOf(accepted);
  const { faults } = problem as { readonly faults?: readonly Fault[] };
  if (language === ENGLISH || faults === undefined) return { problem, language: ENGLISH };
  const messages = faults.map((fault) => messageIn(language, fault));
  if (messages.includes(null)) return { problem, language: ENGLISH };
  const told = faults.map((fault, i) => ({ ...fault, message: messages[i] ?? "" }));
  return { problem: { ...problem, detail: `${messages.join("; ")}.`, faults: told }, language };
}
