/**
 * Learns from what people decided about texts, and from what nobody complained of: the oldest part teaches, the newest
 * judges; the model in use and the one that ships are judged on the same part. Runs in a thread of its own; seeded.
 */
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

export type Figures = Readonly<Record<"macro-F1", number>>;

export type Learnt =
  | { readonly skipped: string }
  | {
      readonly model: ModerationModel;
      readonly rows: number;
      readonly metrics: Figures;
      readonly baseline: Figures;
      readonly champion: Figures | null;
    };

const TEACHING_SHARE = 0.7;
/** Of texts that people let be published, and of those that they did not. */
const EACH_MIN = { teaching: 30, judging: 10 };

const classOf = ({ verdict }: LabelledText): number => CLASSES.findIndex((name) => VERDICTS[name] === verdict);
const fit = ({ verdict }: LabelledText): boolean => verdict === "publish";

/** Whether it is shown or not is what counts: held or rejected, a person has looked at it. */
function judgedBy(model: ModerationModel, texts: readonly LabelledText[]): Figures {
  const judge = moderator(model);
  const said = texts.map(({ text }) => (moderate(judge, text).verdict === "publish" ? 1 : 0));
  return {
    "macro-F1": macroF1(
      texts.map((one) => (fit(one) ? 1 : 0)),
      said,
      2,
    ),
  };
}

const fewest = (texts: readonly LabelledText[]): number =>
  Math.min(texts.filter(fit).length, texts.filter((one) => !fit(one)).length);

export function run({ texts, seed, champion }: LearnOrder): Promise<Learnt> {
  const cut = Math.floor(texts.length * TEACHING_SHARE);
  const [teaching, judging] = [texts.slice(0, cut), texts.slice(cut)];
  if (fewest(teaching) < EACH_MIN.teaching || fewest(judging) < EACH_MIN.judging) {
    const needed = `${EACH_MIN.teaching} and ${EACH_MIN.judging} of each are needed`;
    const told = `There are ${fewest(teaching)} and ${fewest(judging)} texts of the rarer kind to teach and to judge`;
    return Promise.resolve({ skipped: `${told}; ${needed}.` });
  }
  const model = trainModeration(
    teaching.map(({ text }) => text),
    Int32Array.from(teaching, classOf),
    seed,
  );
  return Promise.resolve({
    ...{ model, rows: teaching.length, metrics: judgedBy(model, judging) },
    baseline: judgedBy(FIRST_MODERATION, judging),
    champion: champion ? judgedBy(champion, judging) : null,
  });
}
