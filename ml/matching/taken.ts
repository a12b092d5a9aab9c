/** A judgement of two products as a decision that is kept: both as they were judged, and what spoke for it. Pure. */
import type { FeatureValue, Taken } from "../../models/decision/decision.data.contract";
import type { OwnText, Text } from "../../models/kernel/text";
import { RECORD_MAX, type MatchRecord } from "../../models/matching/matching.contract";
import { sigmoid } from "../kernel/trees/boost";
import { textFeatures, textOf } from "../kernel/text/telling";
import { MATCH_FEATURES } from "./features";
import { matchOf, type MatchModel } from "./model";
import type { Pair, ProductRecord } from "./pairs";

type Feature = (typeof MATCH_FEATURES)[number];

/** Of what speaks for a double; a feature without words is told by its name to staff alone. */
const WORDS: Partial<Readonly<Record<Feature, OwnText>>> = {
  title_cosine: {
    en: "The titles share their words.",
    de: "Die Titel haben dieselben Wörter.",
    ko: "제목에 같은 단어들이 있습니다.",
    ar: "العنوانان يشتركان في كلماتهما.",
  },
  all_cosine: {
    en: "What is said of both is much the same.",
    de: "Über beide wird fast dasselbe gesagt.",
    ko: "두 상품의 설명이 거의 같습니다.",
    ar: "ما قيل عن كليهما متشابه جدًا.",
  },
  title_in_all: {
    en: "The one's title stands in what is said of the other.",
    de: "Der Titel des einen steht im Text des anderen.",
    ko: "한 상품의 제목이 다른 상품의 설명에 있습니다.",
    ar: "عنوان أحدهما وارد في وصف الآخر.",
  },
  shared_of_left: {
    en: "Nearly all of its title stands in the other's.",
    de: "Sein Titel steht fast ganz in dem des anderen.",
    ko: "제목 대부분이 상대 상품의 제목에 있습니다.",
    ar: "معظم عنوانه وارد في عنوان الآخر.",
  },
  shared_of_right: {
    en: "Nearly all of the other's title stands in its own.",
    de: "Der Titel des anderen steht fast ganz in seinem.",
    ko: "상대 상품의 제목 대부분이 이 제목에 있습니다.",
    ar: "معظم عنوان الآخر وارد في عنوانه.",
  },
  rarest_shared: {
    en: "Both have a word that is rare.",
    de: "Beide haben ein seltenes Wort gemeinsam.",
    ko: "둘 다 드문 단어를 가지고 있습니다.",
    ar: "في كليهما كلمة نادرة.",
  },
  letters_alike: {
    en: "The titles are written alike.",
    de: "Die Titel sind ähnlich geschrieben.",
    ko: "제목의 철자가 비슷합니다.",
    ar: "العنوانان متشابهان في الكتابة.",
  },
  codes_shared: {
    en: "Both name the same article number.",
    de: "Beide nennen dieselbe Artikelnummer.",
    ko: "둘 다 같은 품번을 적고 있습니다.",
    ar: "كلاهما يذكر رقم الصنف نفسه.",
  },
  code_within: {
    en: "The one's article number stands in the other.",
    de: "Die Artikelnummer des einen steht im anderen.",
    ko: "한 상품의 품번이 다른 상품에 있습니다.",
    ar: "رقم صنف أحدهما وارد في الآخر.",
  },
  numbers_shared: {
    en: "The numbers in their titles are the same.",
    de: "Die Zahlen in ihren Titeln sind dieselben.",
    ko: "제목의 숫자가 같습니다.",
    ar: "الأرقام في عنوانيهما واحدة.",
  },
  brand_alike: {
    en: "Both are of the same brand.",
    de: "Beide sind von derselben Marke.",
    ko: "둘 다 같은 브랜드입니다.",
    ar: "كلاهما من العلامة التجارية نفسها.",
  },
  price_factor: {
    en: "They cost about the same.",
    de: "Sie kosten etwa gleich viel.",
    ko: "가격이 비슷합니다.",
    ar: "سعراهما متقاربان.",
  },
};
const BECAUSE_MAX = 3;

const cutTo = (record: MatchRecord): MatchRecord => ({
  title: record.title.slice(0, RECORD_MAX.title),
  brand: record.brand.slice(0, RECORD_MAX.brand),
  price: record.price,
  all: record.all.slice(0, RECORD_MAX.all),
});

const recordOf = ({ title, brand, price, all }: MatchRecord): ProductRecord => ({
  ...{ title, brand, code: "", all },
  price: price === null || price === 0 ? NaN : price,
});

function featuresOf(side: string, { title, brand, price, all }: MatchRecord): Record<string, FeatureValue> {
  const said = { title, brand, price, ...textFeatures(all) };
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [`${side}_${name}`, value]));
}

function recordIn(side: string, features: Taken["features"]): MatchRecord {
  const of = Object.fromEntries(
    Object.entries(features).flatMap(([name, value]) =>
      name.startsWith(`${side}_`) ? [[name.slice(side.length + 1), value] as const] : [],
    ),
  );
  const price = typeof of["price"] === "number" ? of["price"] : null;
  return { title: String(of["title"] ?? ""), brand: String(of["brand"] ?? ""), price, all: textOf(of) };
}

/** The pair that was judged, for whoever learns from what people said of it. */
export const pairIn = ({ features }: Taken, same: boolean): Pair => ({
  left: recordOf(recordIn("left", features)),
  right: recordOf(recordIn("right", features)),
  label: same ? 1 : 0,
});

export function matched(model: MatchModel, own: MatchRecord, other: MatchRecord): Taken {
  const [left, right] = [cutTo(own), cutTo(other)];
  const { same, score, contributions } = matchOf(model, { left: recordOf(left), right: recordOf(right) });
  const parts = contributions.map(({ feature, contribution }) => ({ name: feature, value: contribution }));
  const reasons = parts.flatMap(({ name, value }) => {
    const text = value > 0 ? WORDS[name as Feature] : undefined;
    return text === undefined ? [] : [{ code: name.toUpperCase(), text }];
  });
  return {
    features: { ...featuresOf("left", left), ...featuresOf("right", right) },
    contributions: parts,
    // what is said of any two products
    residual: score - parts.reduce((sum, { value }) => sum + value, 0),
    ...{ score, verdict: same ? "same" : "different" },
    reasons: reasons.slice(0, BECAUSE_MAX),
  };
}

export const matchedAgain = (model: MatchModel, { features }: Taken): Taken =>
  matched(model, recordIn("left", features), recordIn("right", features));

export const becauseOf = ({ reasons = [] }: Taken): readonly Text[] => reasons.map(({ text }) => text);

/** How likely it is that both are one, with the border in the middle. */
export const probabilityOf = ({ border }: MatchModel, { score }: Taken): number => sigmoid(score - border);
