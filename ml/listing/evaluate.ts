/** The category of a listing by its title. Protocol: a fifth of the offers, drawn with a seed, judges. */
import { LIBRARIES } from "../kernel/card";
import { figuresLine, type Evaluate } from "../kernel/evaluation";
import { accuracy } from "../kernel/metrics";
import { cutByChance, pick } from "../kernel/split";
import { readTable } from "../kernel/table";
import { suggestCategories, suggester, trainListing } from "./model";

const PUBLISHED = { ACC: 0.966 };

/** The most frequent category: what somebody says who has not read the title. */
function mostFrequent(classes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const one of classes) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}

export const evaluate: Evaluate = async (files, { seed, told }) => {
  const file = files[0] ?? "";
  const rows = await readTable(file, ["product_title", "category_label"]);
  const titles = rows.map((row) => row.product_title);
  const labels = rows.map((row) => row.category_label);
  const { train, test } = cutByChance(rows.length, 0.2, seed);
  told(`${train.length} titles to learn from, ${test.length} to judge`);
  const model = trainListing(pick(titles, train), pick(labels, train), seed);
  const suggest = suggester(model);
  const truth = pick(labels, test);
  const said = pick(titles, test).map((title) => suggestCategories(suggest, title)[0]?.category ?? "");
  const right = (answers: readonly string[]): number =>
    accuracy(
      truth.map((label) => model.categories.indexOf(label)),
      answers.map((label) => model.categories.indexOf(label)),
    );
  const metrics = { ACC: right(said) };
  const baseline = { ACC: right(truth.map(() => mostFrequent(pick(labels, train)))) };
  const features = model.vocabulary.terms.length;
  const card = { model: "listing", data: file, rows: train.length, features, metrics, baseline, published: PUBLISHED };
  const lines = [figuresLine("baseline-most-frequent", baseline), figuresLine("listing", metrics)];
  return { lines, model, card: { ...card, seed, libraries: LIBRARIES } };
};
