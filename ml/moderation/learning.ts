/** Learns from what people decided about texts, and from what nobody complained of. In a thread of its own; seeded. */
import { contested, lackingEither, type Outcome } from "../kernel/contest";
import { macroF1 } from "../kernel/metrics";
import { FIRST_MODERATION } from "./first";
import { CLASSES, moderate, moderator, trainModeration, VERDICTS, type ModerationModel } from "./model";

export interface LabelledText {
  readonly text: string;
  /** What should have come out. */
  readonly verdict: "publish" | "hold" | "reject";
}

export interface LearnOrder {
  /** Oldest first. */
  readonly texts: readonly LabelledText[];
  readonly seed: number;
  /** The model in use; left out: what ships. */
  readonly champion?: ModerationModel;
}

export type Learnt = Outcome<ModerationModel>;

/** With more of them the memory of whoever serves it would hold little else. */
const SERVED_TERMS_MAX = 30_000;
/** Of texts that people let be published, and of those that they did not. */
const EACH_MIN = { teaching: 30, judging: 10 };

const classOf = ({ verdict }: LabelledText): number => CLASSES.findIndex((name) => VERDICTS[name] === verdict);
const fit = ({ verdict }: LabelledText): boolean => verdict === "publish";

/** Whether it is shown or not is what counts: held or rejected, a person has looked at it. */
function judgedBy(model: ModerationModel, texts: readonly LabelledText[]): number {
  const judge = moderator(model);
  const said = texts.map(({ text }) => (moderate(judge, text).verdict === "publish" ? 1 : 0));
  return macroF1(
    texts.map((one) => (fit(one) ? 1 : 0)),
    said,
    2,
  );
}

const taught = (texts: readonly LabelledText[], seed: number): ModerationModel =>
  trainModeration(
    texts.map(({ text }) => text),
    Int32Array.from(texts, classOf),
    seed,
    SERVED_TERMS_MAX,
  );

export const run = ({ texts, seed, champion }: LearnOrder): Promise<Learnt> =>
  Promise.resolve(
    contested<LabelledText, ModerationModel>({
      ...{ lessons: texts, measure: "macro-F1", lacking: lackingEither(fit, EACH_MIN, "texts"), judge: judgedBy },
      train: (teaching) => taught(teaching, seed),
      first: (_teaching, judging) => judgedBy(FIRST_MODERATION, judging),
      ...(champion && { champion }),
    }),
  );
