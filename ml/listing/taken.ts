/** A suggestion of places as a decision that is kept: the words or what was alike, and what each said. Pure. */
import type { DecisionReason, Taken } from "../../models/decision/decision.data.contract";
import type { OwnText } from "../../models/kernel/text";
import type { Linear } from "../kernel/text/linear";
import { textFeatures, textOf, toldOf } from "../kernel/text/telling";
import { votes, weightAt, type Placed } from "./alike";
import { suggestCategories, type Suggester } from "./model";

export interface Place {
  readonly place: string;
  readonly share: number;
  readonly because: readonly string[];
}

export interface Suggested {
  readonly places: readonly Place[];
  readonly taken: Taken;
}

const PLACES_MAX = 3;
const BECAUSE_MAX = 3;
/** Of a feature of a decision. */
const FEATURE_MAX = 200;
/** A margin of one between two categories makes the first so many times as likely: e to this. */
const SHARPNESS = 2;

const cut = (text: string): string => text.slice(0, FEATURE_MAX);
const quoted = (said: readonly string[]): string => said.map((one) => `“${one.slice(0, 100)}”`).join(", ");

const REASONS: Readonly<Record<"ALIKE" | "WORDS", (said: string) => OwnText>> = {
  ALIKE: (said) => ({
    en: `It is like what stands there: ${said}.`,
    de: `Es ist wie das, was dort steht: ${said}.`,
    ko: `그곳에 있는 것과 비슷합니다: ${said}.`,
    ar: `إنه يشبه ما يوجد هناك: ${said}.`,
  }),
  WORDS: (said) => ({
    en: `Its words are of what stands there: ${said}.`,
    de: `Seine Wörter gehören zu dem, was dort steht: ${said}.`,
    ko: `그곳에 있는 것과 같은 단어가 쓰였습니다: ${said}.`,
    ar: `كلماته من كلمات ما يوجد هناك: ${said}.`,
  }),
};

const reasonsOf = (code: keyof typeof REASONS, because: readonly string[]): readonly DecisionReason[] =>
  because.length === 0 ? [] : [{ code, text: REASONS[code](quoted(because)) }];

const listed = (name: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, i) => [`${name}_${i + 1}`, value]));

/** By what is like it, the likest first; null where nothing is. */
export function suggestedByAlike(text: string, alike: readonly Placed[]): Suggested | null {
  const places = alike.map(({ place }) => cut(place));
  const [first, ...others] = votes(places).slice(0, PLACES_MAX);
  if (first === undefined) return null;
  const all = places.reduce((sum, _place, rank) => sum + weightAt(rank), 0);
  const titlesOf = (wanted: string): string[] =>
    [...new Set(alike.flatMap(({ text: title, place }) => (cut(place) === wanted ? [cut(title)] : [])))].slice(
      0,
      BECAUSE_MAX,
    );
  const contributions = places.flatMap((place, rank) =>
    place === first.place ? [{ name: `alike_${rank + 1}`, value: weightAt(rank) / all }] : [],
  );
  const shown = [first, ...others].map(({ place, share }) => ({ place, share, because: titlesOf(place) }));
  const seen = { ...textFeatures(text), ...listed("alike", places), ...listed("title", titles(alike)) };
  const taken: Taken = {
    features: { way: "alike", ...seen, ...chosen(shown) },
    contributions,
    residual: first.share - contributions.reduce((sum, { value }) => sum + value, 0),
    score: first.share,
    reasons: reasonsOf("ALIKE", shown[0]?.because ?? []),
  };
  return { places: shown, taken };
}

/** What is suggested, the first first: so that it can be told later whether it was taken. */
const chosen = (places: readonly Place[]): Record<string, string> =>
  listed(
    "suggested",
    places.map(({ place }) => cut(place)),
  );

const titles = (alike: readonly Placed[]): string[] => alike.map(({ text }) => cut(text));

/** By its words. */
function suggestedByWords(suggest: Suggester, text: string): Suggested {
  const found = suggestCategories(suggest, text).slice(0, PLACES_MAX);
  const best = found[0]?.score ?? 0;
  const shares = found.map(({ score }) => Math.exp(SHARPNESS * (score - best)));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const places = found.map(({ category, because }, i) => ({
    ...{ place: category, share: (shares[i] as number) / all },
    because: because.map(cut),
  }));
  const { model, vectors } = suggest;
  const linear = model.linear[model.categories.indexOf(places[0]?.place ?? "")] as Linear;
  const told = toldOf(linear, vectors.of(text), model.vocabulary.terms);
  const reasons = reasonsOf("WORDS", places[0]?.because ?? []);
  return { places, taken: { features: { way: "words", ...textFeatures(text), ...chosen(places) }, ...told, reasons } };
}

/** A model that knows no category leaves it to what is alike. */
export const suggested = (suggest: Suggester, text: string, alike: readonly Placed[]): Suggested | null =>
  suggest.model.categories.length === 0 ? suggestedByAlike(text, alike) : suggestedByWords(suggest, text);

export function suggestedAgain(suggest: Suggester, { features }: Taken): Taken {
  const alike: Placed[] = [];
  for (let i = 1; features[`alike_${i}`] !== undefined; i++) {
    alike.push({ text: String(features[`title_${i}`] ?? ""), place: String(features[`alike_${i}`]) });
  }
  const again = suggested(suggest, textOf(features), alike);
  if (again === null) throw new Error("A suggestion that was kept says of nothing that it is alike");
  return again.taken;
}
