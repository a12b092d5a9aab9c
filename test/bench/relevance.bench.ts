/** How well does the mall find what people mean? On judged queries, against plain rankings by the same engine. */
import { parseArgs } from "node:util";
import { createSearchClient } from "../../indexers/kernel/client";
import { mulberry } from "../../models/kernel/mulberry";
import { engine } from "../support/elasticsearch";
import { catalogue, dataFolder, devRatings, readRatings, textOf, type Ratings } from "./relevance/chorus";
import { fill } from "./relevance/fill";
import { figuresOf, lineOf, runOf, type Figures } from "./relevance/judge";
import { candidatesOf, outOfFold, withVectors, type OutOfFold } from "./relevance/out-of-fold";
import type { ImportRecord } from "../../bin/import/record";
import type { Candidates } from "./relevance/learn";
import { isTelling, mean, ndcg } from "./relevance/metrics";
import { BASELINE, rankers, served, type Index } from "./relevance/rankers";
import { misspellings, mistyped } from "./relevance/typos";
import { vectorsOf } from "./relevance/vectors";
import type { Answer } from "./report";
import type { Ask } from "./scale";

const SERVED = "stoa, as served";
const GOAL = 0.82;

interface Asked {
  readonly folder: string;
  readonly ratings: string;
  readonly isDev: boolean;
  /** What vectors would add is learnt and told, too. */
  readonly vectors: boolean;
}

function askedFor(args: readonly string[]): Asked {
  const options = { ratings: { type: "string" }, data: { type: "string" }, vectors: { type: "boolean" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const folder = dataFolder(values.data);
  return {
    folder,
    ratings: values.ratings ?? devRatings(folder),
    isDev: values.ratings === undefined,
    vectors: values.vectors === true,
  };
}

async function compare(index: Index, ratings: Ratings): Promise<Map<string, Figures>> {
  const all = rankers(index);
  const baseline = await runOf(all[BASELINE] as never, ratings);
  const lines = new Map<string, Figures>();
  for (const [name, ranker] of Object.entries(all)) {
    const figures =
      name === BASELINE
        ? figuresOf(baseline, ratings, null)
        : figuresOf(await runOf(ranker, ratings), ratings, baseline);
    console.log(lineOf(name, figures));
    lines.set(name, figures);
  }
  return lines;
}

/** What is left of the figure when every query has one typo. */
async function forgiving(index: Index, ratings: Ratings, folder: string): Promise<Answer> {
  const ranker = served(index);
  const telling = new Map([...ratings].filter(([, grades]) => isTelling(grades)));
  const pairs = mistyped(telling, await misspellings(folder), mulberry(3));
  const figures: { right: number; wrong: number }[] = [];
  for (const { right, wrong, grades } of pairs) {
    figures.push({ right: ndcg(await ranker(right), grades), wrong: ndcg(await ranker(wrong), grades) });
  }
  const [right, wrong] = [mean(figures.map((one) => one.right)), mean(figures.map((one) => one.wrong))];
  const text = `nDCG@10 ${wrong.toFixed(3)}  of ${right.toFixed(3)} without, over ${pairs.length} misspelt queries`;
  console.log(`${"stoa, one typo".padEnd(34)}  ${text}`);
  const question = "nDCG@10 with one typo / without";
  return {
    question,
    value: Number((wrong / right).toFixed(3)),
    unit: "",
    goal: { atLeast: 0.9 },
    detail: { right, wrong },
  };
}

function answers(lines: ReadonlyMap<string, Figures>, learnt: OutOfFold | null): Answer[] {
  const told = [...lines].map(([name, { ndcg: value, ...detail }]): Answer => ({
    question: `nDCG@10, ${name}`,
    value: Number(value.toFixed(3)),
    unit: "",
    ...(name === SERVED && { goal: { atLeast: GOAL } }),
    detail,
  }));
  if (learnt === null) return told;
  const question = "nDCG@10 out of fold, weights learnt without the queries measured (5 folds × 20)";
  return [
    ...told,
    { question, value: Number(learnt.mean.toFixed(3)), unit: "", goal: { atLeast: GOAL }, detail: learnt },
  ];
}

function toldOf(what: string, { mean: middle, deviation, inSample, weights }: OutOfFold): void {
  console.log(
    `${what.padEnd(36)}nDCG@10 ${middle.toFixed(3)}  ± ${deviation.toFixed(3)} over 20 × 5 folds; ` +
      `in sample ${inSample.toFixed(3)} with ${JSON.stringify(weights)}`,
  );
}

/** Products that lie closest to a question, beside those that its words find. */
const BEYOND = 50;

/** What vectors would add: as a sign of what words find, and as a way to find more. */
function tryVectors(records: readonly ImportRecord[], found: ReadonlyMap<string, Candidates>): void {
  const vectors = vectorsOf(records);
  for (const beyond of [0, BEYOND]) {
    toldOf(`with vectors, ${beyond} found by them`, outOfFold(withVectors(found, vectors, beyond), ["vectors"]));
  }
}

async function learning({ client, index }: Index, ratings: Ratings, vectors: readonly ImportRecord[] | null) {
  const found = await candidatesOf(client, index, ratings);
  const learnt = outOfFold(found);
  toldOf("learnt out of fold", learnt);
  if (vectors !== null) tryVectors(vectors, found);
  return learnt;
}

/** `[--ratings FILE] [--data DIR] [--vectors] [--small]`: without ratings the dev file, and what is learnt of it. */
export async function relevanceBench({ args, small }: Ask): Promise<Answer[]> {
  const { folder, ratings: file, isDev, vectors } = askedFor(args);
  const ratings = readRatings(await textOf(file));
  const { url, stop } = await engine();
  const client = createSearchClient(url);
  const namespace = `relevance${process.pid}`;
  try {
    const records = await catalogue(folder);
    const index: Index = { client, namespace, index: await fill(client, namespace, records) };
    const lines = await compare(index, ratings);
    const typos = await forgiving(index, ratings, folder);
    return [
      ...answers(lines, isDev && !small ? await learning(index, ratings, vectors ? records : null) : null),
      typos,
    ];
  } finally {
    // the engine deletes nothing by a pattern
    const made = Object.keys(await client.indices.getAlias({ index: `${namespace}-*` }));
    if (made.length > 0) await client.indices.delete({ index: made });
    await client.close();
    await stop();
  }
}
