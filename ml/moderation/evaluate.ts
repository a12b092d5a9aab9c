/** Moderation on posts that people labelled hate, offensive or neither. A fifth, drawn with a seed, judges. */
import { LIBRARIES } from "../kernel/card";
import { figuresLine, type Evaluate } from "../kernel/evaluation";
import { accuracy, macroF1 } from "../kernel/metrics";
import { cutByChance, pick } from "../kernel/split";
import { readTable } from "../kernel/table";
import { CLASSES, moderate, moderator, trainModeration } from "./model";

const PUBLISHED = { "macro-F1": 0.73 };

export const evaluate: Evaluate = async (files, { seed, told }) => {
  const file = files[0] ?? "";
  const rows = await readTable(file, ["class", "tweet"]);
  const texts = rows.map((row) => row.tweet);
  const classes = Int32Array.from(rows, (row) => Number(row.class));
  const { train, test } = cutByChance(rows.length, 0.2, seed);
  told(`${train.length} posts to learn from, ${test.length} to judge`);
  const model = trainModeration(
    pick(texts, train),
    train.map((row) => classes[row] as number),
    seed,
  );
  const judge = moderator(model);
  const truth = test.map((row) => classes[row] as number);
  const figures = (said: ArrayLike<number>): Record<string, number> => ({
    "macro-F1": macroF1(truth, said, CLASSES.length),
    ACC: accuracy(truth, said),
  });
  const metrics = figures(pick(texts, test).map((text) => CLASSES.indexOf(moderate(judge, text).class)));
  // what most posts of this file are
  const baseline = figures(truth.map(() => CLASSES.indexOf("offensive")));
  const features = model.vocabulary.terms.length;
  const card = {
    model: "moderation",
    data: file,
    rows: train.length,
    features,
    metrics,
    baseline,
    published: PUBLISHED,
  };
  const lines = [figuresLine("baseline-most-frequent", baseline), figuresLine("moderation", metrics)];
  return { lines, model, card: { ...card, seed, libraries: LIBRARIES } };
};
