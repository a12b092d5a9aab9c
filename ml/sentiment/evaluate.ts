/** Sentiment on pros and cons that reviewers wrote themselves. A fifth, drawn with a seed, judges. */
import { LIBRARIES } from "../kernel/card";
import { figuresLine, type Evaluate } from "../kernel/evaluation";
import { accuracy } from "../kernel/metrics";
import { cutByChance, pick } from "../kernel/split";
import { readZip } from "../kernel/table";
import { wordsOf } from "../kernel/text/grams";
import { aspectReader, aspectsOf, judgedSentences, learnAspects } from "./aspects";
import { sentimentOf, sentimentReader, trainSentiment, type SentimentReader } from "./model";

const PUBLISHED = { ACC: 0.94 };

export interface Snippets {
  readonly texts: readonly string[];
  readonly labels: Uint8Array;
}

/** `<Pros>…</Pros>` and `<Cons>…</Cons>`, a snippet a line. */
function snippetsIn(text: string): string[] {
  return [...text.matchAll(/<(?:Pros|Cons)>(.*?)<\/(?:Pros|Cons)>/g)].map(([, snippet = ""]) => snippet);
}

export function snippetsOf(texts: ReadonlyMap<string, string>): Snippets {
  const found = [...texts].flatMap(([name, text]) =>
    /Integrated(Pros|Cons)\.txt$/.test(name)
      ? snippetsIn(text).map((snippet) => ({ snippet, label: name.includes("Pros") ? 1 : 0 }))
      : [],
  );
  return { texts: found.map((one) => one.snippet), labels: Uint8Array.from(found, (one) => one.label) };
}

/** Words of praise less words of complaint, as a learnt list of the hundred most telling words would say. */
function lexiconBaseline(texts: readonly string[], labels: readonly number[]): (text: string) => number {
  const lean = new Map<string, number>();
  texts.forEach((text, i) => {
    for (const word of new Set(wordsOf(text))) lean.set(word, (lean.get(word) ?? 0) + (labels[i] === 1 ? 1 : -1));
  });
  const telling = [...lean].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).slice(0, 100);
  const signs = new Map(telling.map(([word, sum]) => [word, Math.sign(sum)]));
  return (text) => (wordsOf(text).reduce((sum, word) => sum + (signs.get(word) ?? 0), 0) > 0 ? 1 : 0);
}

/** How often the tone of a sentence about one side of a product is that which people gave it. */
function aspectFigures(texts: ReadonlyMap<string, string>, reader: SentimentReader): Record<string, number> {
  const sentences = judgedSentences(texts);
  if (sentences.length === 0) return {};
  const half = sentences.length / 2;
  const known = aspectReader(learnAspects(sentences.slice(0, half)), reader);
  const late = sentences.slice(half);
  const found = late.filter(({ text, aspects }) => {
    const read = aspectsOf(known, text).map(({ aspect }) => aspect);
    return aspects.some((one) => read.includes(one.aspect));
  });
  const tones = late.filter(({ aspects }) => new Set(aspects.map(({ sign }) => sign)).size === 1);
  const right = tones.filter(({ text, aspects }) => Math.sign(sentimentOf(reader, text).score) === aspects[0]?.sign);
  return { "aspect-recall": found.length / late.length, "aspect-ACC": right.length / tones.length };
}

export const evaluate: Evaluate = async (files, { seed, told }) => {
  const read = new Map<string, string>();
  for (const file of files) for (const [name, text] of await readZip(file)) read.set(name, text);
  const { texts, labels } = snippetsOf(read);
  if (texts.length === 0) throw new Error(`No IntegratedPros.txt and IntegratedCons.txt in ${files.join(", ")}.`);
  const { train, test } = cutByChance(texts.length, 0.2, seed);
  told(`${train.length} snippets to learn from, ${test.length} to judge`);
  const trainLabels = [...train].map((row) => labels[row] as number);
  const model = trainSentiment(pick(texts, train), trainLabels, seed);
  const reader = sentimentReader(model);
  const truth = test.map((row) => labels[row] as number);
  const said = pick(texts, test).map((text) => (sentimentOf(reader, text).score > 0 ? 1 : 0));
  const counting = lexiconBaseline(pick(texts, train), trainLabels);
  const metrics = { ACC: accuracy(truth, said), ...aspectFigures(read, reader) };
  const baseline = { ACC: accuracy(truth, pick(texts, test).map(counting)) };
  const features = model.vocabulary.terms.length;
  const data = files.join(", ");
  const card = { model: "sentiment", data, rows: train.length, features, metrics, baseline, published: PUBLISHED };
  const lines = [figuresLine("baseline-lexicon", baseline), figuresLine("sentiment", metrics)];
  return { lines, model, card: { ...card, seed, libraries: LIBRARIES } };
};
