/**
 * Each model beside its baseline and what others published, in one run: `npm run bench -- learning FOLDER [MODEL…]`.
 * The folder holds the public files in folders of their own names. Fraud runs on the generator's market, which carries
 * its own signal: there the distance to the baseline counts, and the published figures are only printed beside.
 */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { evaluate as intent } from "../../ml/intent/evaluate";
import type { Evaluate } from "../../ml/kernel/evaluation";
import { evaluate as listing } from "../../ml/listing/evaluate";
import { evaluate as matching } from "../../ml/matching/evaluate";
import { evaluate as moderation } from "../../ml/moderation/evaluate";
import { evaluate as sentiment } from "../../ml/sentiment/evaluate";
import { evaluateFraud, type Measured } from "../../ml/fraud/evaluate";
import { HANDBOOK_SIZE, marketOf } from "../../ml/fraud/market";
import { BEDS, nextItem } from "./next-item";
import { keptPiece, pieceOf, RESUME } from "./pieces";
import type { Answer } from "./report";
import type { Ask } from "./scale";

const SEED = 1;
/** Settings were chosen on the markets 1 to 4. */
const MARKET = 21;
const told = (line: string): void => console.error(line);

interface OnFile {
  readonly evaluate: Evaluate;
  readonly folder: string;
  readonly files: RegExp;
  /** What is hoped for, by the name of the figure. */
  readonly goals: Readonly<Record<string, number>>;
}

const ON_FILES: Readonly<Record<string, OnFile>> = {
  intent: { evaluate: intent, folder: "online-shoppers", files: /\.csv/, goals: { AUC: 0.935 } },
  sentiment: {
    evaluate: sentiment,
    folder: "nltk-product-sentiment",
    files: /(pros_cons|product_reviews.*)\.zip$/,
    goals: { ACC: 0.95 },
  },
  moderation: { evaluate: moderation, folder: "davidson-hate", files: /\.csv/, goals: { "macro-F1": 0.75 } },
  listing: { evaluate: listing, folder: "pricerunner", files: /\.csv/, goals: { ACC: 0.97 } },
  matching: {
    evaluate: matching,
    folder: "product-matching",
    files: /\.txt/,
    goals: { "Abt-Buy": 0.63, "Amazon-Google": 0.69, "Walmart-Amazon": 0.67 },
  },
};

const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;

async function onFiles(name: string, { evaluate, folder, files, goals }: OnFile, data: string): Promise<Answer[]> {
  const place = path.join(data, folder);
  if (!existsSync(place)) throw new Error(`${name} needs the folder ${folder} in ${data}.`);
  const found = readdirSync(place).filter((file) => files.test(file));
  const { card } = await evaluate(
    found.sort().map((file) => path.join(place, file)),
    { seed: SEED, told },
  );
  return Object.entries(card.metrics).map(([figure, value]) => ({
    question: `${name}: ${figure} on ${folder}`,
    value: rounded(value),
    unit: figure.includes("-") && !goals[figure] ? "" : figure,
    ...(goals[figure] !== undefined && { goal: { atLeast: goals[figure] } }),
    detail: { baseline: card.baseline[figure] ?? null, published: card.published[figure] ?? null, rows: card.rows },
  }));
}

const PUBLISHED_BEST = { auc: 0.876, averagePrecision: 0.687, cardPrecision100: 0.303 } as const;

async function fraud(small: boolean): Promise<Answer[]> {
  const market = marketOf(MARKET, small ? { customers: 300, terminals: 600, days: 40 } : HANDBOOK_SIZE);
  const { measured } = await evaluateFraud(market, { seed: SEED, told, historyWeeks: 0 });
  const figuresOf = (name: string): Measured | undefined => measured.find((one) => one.name === name);
  const [model, logistic, trees] = ["blend", "baseline-logistic", "baseline-trees"].map(figuresOf);
  if (!model || !logistic || !trees) throw new Error("The evaluation of fraud left a model out.");
  return (["auc", "averagePrecision", "cardPrecision100"] as const).map((figure) => ({
    question: `fraud: ${figure} of the blend on the generator's market ${MARKET}, above the better baseline`,
    value: rounded(model[figure]),
    unit: "",
    goal: { atLeast: rounded(Math.max(logistic[figure], trees[figure])) },
    detail: {
      baselineLogistic: rounded(logistic[figure]),
      baselineTrees: rounded(trees[figure]),
      publishedOnTheHandbooksOwnMarket: PUBLISHED_BEST[figure],
      all: measured,
    },
  }));
}

type Piece = () => Promise<Answer[]>;

function piecesOf(data: string): Readonly<Record<string, Piece>> {
  const small = Object.entries(ON_FILES).map(([name, one]) => [name, () => onFiles(name, one, data)] as const);
  const [windows, sparse] = BEDS.map((bed) => (): Promise<Answer[]> => nextItem(bed, data, told)) as [Piece, Piece];
  return { ...Object.fromEntries(small), fraud: () => fraud(false), recommendation: windows, sparse };
}

async function measuredOnce({ name, piece }: { name: string; piece: Piece }, resume: boolean) {
  const before = resume ? await pieceOf("learning", name) : null;
  told(before ? `${name}: as it was measured at ${before.measuredAt}` : `${name}: measured now`);
  return before?.answers ?? keptPiece("learning", name, await piece());
}

/** One after the other, each kept as it comes: a run that was cut goes on with `--resume` where it was. */
export async function learningBench({ args, small }: Ask): Promise<Answer[]> {
  const [data = "", ...only] = args.filter((word) => word !== RESUME);
  // small, it is fraud alone: the files need not be there
  if (small) return fraud(small);
  if (data === "") throw new Error("Name the folder of the public files: npm run bench -- learning FOLDER [MODEL…]");
  const answers: Answer[] = [];
  for (const [name, piece] of Object.entries(piecesOf(data))) {
    if (only.length > 0 && !only.includes(name)) continue;
    answers.push(...(await measuredOnce({ name, piece }, args.includes(RESUME))));
  }
  return answers;
}
