/** The tone of a review as a decision that is kept: the text itself, the words that spoke, what it came to. Pure. */
import type { Taken } from "../../models/decision/decision.data.contract";
import type { AspectTone } from "../../models/review/review.view.contract";
import { textFeatures, textOf, toldOf } from "../kernel/text/telling";
import { aspectReader, aspectsOf } from "./aspects";
import { leaned, sentimentReader, toneOf, type ReviewModel, type SentimentReader } from "./model";

export interface ReviewReader {
  readonly model: ReviewModel;
  readonly reader: SentimentReader;
}

export const reviewReader = (model: ReviewModel): ReviewReader => ({ model, reader: sentimentReader(model.sentiment) });

export function readText({ reader: { model, vectors } }: ReviewReader, text: string, language: string): Taken {
  const x = leaned(vectors.of(text), model.leanings);
  const told = toldOf(model.linear, x, model.vocabulary.terms);
  return { features: { language, ...textFeatures(text) }, ...told, verdict: toneOf(told.score) };
}

export const readAgain = (reader: ReviewReader, { features }: Taken): Taken =>
  readText(reader, textOf(features), String(features["language"] ?? "en"));

/** Each side once, in the tone of the clause that names it last. */
export function sidesOf({ model, reader }: ReviewReader, text: string, most: number): AspectTone[] {
  const named = new Map(
    aspectsOf(aspectReader(model.aspects, reader), text).map(({ aspect, tone }) => [aspect, { aspect, tone }]),
  );
  return [...named.values()].slice(0, most);
}
