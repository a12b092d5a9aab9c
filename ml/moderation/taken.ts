/** A judgement of a text as a decision that is kept: the text itself, the words that spoke, what it came to. Pure. */
import type { DecisionReason, Taken } from "../../models/decision/decision.data.contract";
import type { OwnText } from "../../models/kernel/text";
import { bestClass, linearScore, type Linear } from "../kernel/text/linear";
import { textFeatures, textOf, toldOf, wordsFor } from "../kernel/text/telling";
import { CLASSES, neutral, VERDICTS, type ModerationClass, type Moderator } from "./model";

const WORDS: Readonly<Record<ModerationClass, OwnText>> = {
  hate: {
    en: "It reads as contempt for people, or as a call for violence",
    de: "Es liest sich wie Verachtung von Menschen oder ein Aufruf zu Gewalt",
    ko: "사람에 대한 멸시나 폭력 선동으로 읽힙니다",
    ar: "يُقرأ على أنه ازدراء لأناس أو دعوة إلى العنف",
  },
  offensive: {
    en: "It reads as an insult: a person has to look at it",
    de: "Es liest sich wie eine Beleidigung: ein Mensch muss es ansehen",
    ko: "모욕으로 읽힙니다. 사람이 확인해야 합니다",
    ar: "يُقرأ على أنه إهانة: يجب أن ينظر فيه شخص",
  },
  neither: {
    en: "It reads as fit to be published",
    de: "Es liest sich so, dass es veröffentlicht werden kann",
    ko: "게시해도 되는 글로 읽힙니다",
    ar: "يُقرأ على أنه صالح للنشر",
  },
};
const LOUDEST = 3;

export function judgedText({ model, vectors }: Moderator, text: string, language: string): Taken {
  const x = vectors.of(neutral(text));
  const chosen = bestClass(
    model.linear.map((one) => linearScore(one, x)),
    model.offsets,
  );
  const name = CLASSES[chosen] ?? "offensive";
  const offset = { name: "offset", value: model.offsets[chosen] ?? 0 };
  const told = toldOf(model.linear[chosen] as Linear, x, model.vocabulary.terms, [offset]);
  const because = name === "neither" ? [] : wordsFor(told, 1, LOUDEST);
  const said = because.length === 0 ? "." : `: ${because.map((word) => `“${word}”`).join(", ")}.`;
  const { en, de, ko, ar } = WORDS[name];
  const words: OwnText = { en: en + said, de: de + said, ko: ko + said, ar: ar + said };
  const reason: DecisionReason = { code: name.toUpperCase(), text: words };
  return { features: { language, ...textFeatures(text) }, ...told, verdict: VERDICTS[name], reasons: [reason] };
}

export const judgedAgain = (moderator: Moderator, { features }: Taken): Taken =>
  judgedText(moderator, textOf(features), String(features["language"] ?? "en"));

export const loudWords = ({ contributions, residual, score }: Taken): string[] =>
  wordsFor({ contributions, residual, score }, 1, LOUDEST).map((word) => word.slice(0, 64));
