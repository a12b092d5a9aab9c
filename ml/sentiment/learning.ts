/** Learns tones from reviews and the stars their writers gave. In a thread of its own; seeded. */
import { contested, lackingEither, type Outcome } from "../kernel/contest";
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

export type Learnt = Outcome<ReviewModel>;

/** With more of them the memory of whoever serves it would hold little else. */
const SERVED_TERMS_MAX = 40_000;
const EACH_MIN = { teaching: 50, judging: 20 };

const labelsOf = (texts: readonly StarredText[]): number[] => texts.map(({ praise }) => (praise ? 1 : 0));

function judgedBy({ sentiment }: ReviewModel, texts: readonly StarredText[]): number {
  const reader = sentimentReader(sentiment);
  const said = texts.map(({ text }) => (sentimentOf(reader, text).score > 0 ? 1 : 0));
  return accuracy(labelsOf(texts), said);
}

export const run = ({ texts, seed, champion }: LearnOrder): Promise<Learnt> =>
  Promise.resolve(
    contested<StarredText, ReviewModel>({
      ...{ lessons: texts, measure: "ACC", judge: judgedBy },
      lacking: lackingEither(({ praise }) => praise, EACH_MIN, "reviews"),
      train: (teaching) => ({
        sentiment: trainSentiment(
          teaching.map(({ text }) => text),
          labelsOf(teaching),
          seed,
          SERVED_TERMS_MAX,
        ),
        aspects: (champion ?? FIRST_SENTIMENT).aspects,
      }),
      first: (_teaching, judging) => judgedBy(FIRST_SENTIMENT, judging),
      ...(champion && { champion }),
    }),
  );
