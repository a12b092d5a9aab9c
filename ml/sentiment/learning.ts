/**
 * Learns tones from reviews and the stars their writers gave: the oldest part teaches, the newest judges; the model in
 * use and the one that ships are judged on the same part. Runs in a thread of its own; seeded.
 */
import { accuracy } from "../kernel/metrics";
import { FIRST_SENTIMENT } from "./first";
import { sentimentOf, sentimentReader, trainSentiment, type ReviewModel } from "./model";

export interface StarredText {
  readonly text: string;
  readonly praise: boolean;
}

export interface LearnOrder {
  /** Oldest first. */
  readonly texts: readonly StarredText[];
  readonly seed: number;
  /** The model in use; left out: what ships. */
  readonly champion?: ReviewModel;
}

export type Figures = Readonly<Record<"ACC", number>>;

export type Learnt =
  | { readonly skipped: string }
  | {
      readonly model: ReviewModel;
      readonly rows: number;
      readonly metrics: Figures;
      readonly baseline: Figures;
      readonly champion: Figures | null;
    };

const TEACHING_SHARE = 0.7;
const EACH_MIN = { teaching: 50, judging: 20 };

const labelsOf = (texts: readonly StarredText[]): number[] => texts.map(({ praise }) => (praise ? 1 : 0));

function judgedBy({ sentiment }: ReviewModel, texts: readonly StarredText[]): Figures {
  const reader = sentimentReader(sentiment);
  const said = texts.map(({ text }) => (sentimentOf(reader, text).score > 0 ? 1 : 0));
  return { ACC: accuracy(labelsOf(texts), said) };
}

const fewest = (texts: readonly StarredText[]): number =>
  Math.min(texts.filter(({ praise }) => praise).length, texts.filter(({ praise }) => !praise).length);

export function run({ texts, seed, champion }: LearnOrder): Promise<Learnt> {
  const cut = Math.floor(texts.length * TEACHING_SHARE);
  const [teaching, judging] = [texts.slice(0, cut), texts.slice(cut)];
  if (fewest(teaching) < EACH_MIN.teaching || fewest(judging) < EACH_MIN.judging) {
    const needed = `${EACH_MIN.teaching} and ${EACH_MIN.judging} of each are needed`;
    const told = `There are ${fewest(teaching)} and ${fewest(judging)} reviews of the rarer kind to teach and to judge`;
    return Promise.resolve({ skipped: `${told}; ${needed}.` });
  }
  const sentiment = trainSentiment(
    teaching.map(({ text }) => text),
    labelsOf(teaching),
    seed,
  );
  const model = { sentiment, aspects: (champion ?? FIRST_SENTIMENT).aspects };
  return Promise.resolve({
    ...{ model, rows: teaching.length, metrics: judgedBy(model, judging) },
    baseline: judgedBy(FIRST_SENTIMENT, judging),
    champion: champion ? judgedBy(champion, judging) : null,
  });
}
