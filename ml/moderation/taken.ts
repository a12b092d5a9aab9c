/** A judgement of a text as a decision that is kept: the text itself, the words that spoke, what it came to. Pure. */
import type { DecisionReason, Taken } from "../../models/decision/decision.data.contract";
import { bestClass, linearScore, type Linear } from "../kernel/text/linear";
import { textFeatures, textOf, toldOf, wordsFor } from "../kernel/text/telling";
import { CLASSES, neutral, VERDICTS, type ModerationClass, type Moderator } from "./model";

const WORDS: Readonly<Record<ModerationClass, string>> = {
  hate: "It reads as contempt for people, or as a call for violence",
  offensive: "It reads as an insult: a person has to look at it",
  neither: "It reads as fit to be published",
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
  const reason: DecisionReason = { code: name.toUpperCase(), text: { en: `${WORDS[name]}${said}` } };
  return { features: { language, ...textFeatures(text) }, ...told, verdict: VERDICTS[name], reasons: [reason] };
}

export const judgedAgain = (moderator: Moderator, { features }: Taken): Taken =>
  judgedText(moderator, textOf(features), String(features["language"] ?? "en"));

export const loudWords = ({ contributions, residual, score }: Taken): string[] =>
  wordsFor({ contributions, residual, score }, 1, LOUDEST).map((word) => word.slice(0, 64));
