/**
 * What a customer buys next, on the invoices of "Online Retail": each customer's articles in the order in which they
 * were first bought, cut into windows of the length that files of this family have. The last of each window is asked
 * for; the models rank all articles.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openSource } from "../../bin/import/source";
import { sizeOf } from "../../bin/import/import-file";
import { invoicesIn } from "../../bin/replay/invoice";
import { chance, type Chance } from "../../ml/kernel/random";
import { evaluate } from "../../ml/recommendation/evaluate";
import type { Line } from "../../ml/recommendation/report";
import type { Answer } from "./report";

const FILE = path.join("uci-online-retail", "online_retail.csv.gz");
const WINDOW_MIN = 5;
const TRAINING_MS = 8 * 60_000;
const SEED = 1;

interface Bed {
  readonly name: string;
  /** Articles of one window. */
  readonly window: (random: Chance) => number;
  /** What an article is: the same all year, or one anew each quarter, as things come and go on a marketplace. */
  readonly articleOf: (code: string, at: string) => string;
  /** Of what a customer bought. */
  readonly kept: number;
  /** Who and what comes less often is left out, again and again until nobody is. */
  readonly timesMin: number;
}

const quarterOf = (at: string): number => Math.floor((Number(at.slice(5, 7)) - 1) / 3) + 4 * Number(at.slice(0, 4));

export const BEDS: readonly Bed[] = [
  { name: "windows of nine", window: () => 9, articleOf: (code) => code, kept: 1, timesMin: 1 },
  {
    name: "as sparse as reviews",
    window: (random) => Math.max(WINDOW_MIN, Math.min(20, Math.round(8 + 3 * random.normal()))),
    articleOf: (code, at) => `${code}.${quarterOf(at)}`,
    ...{ kept: 0.35, timesMin: 5 },
  },
];

function thinned(windows: readonly string[][], timesMin: number): readonly string[][] {
  const times = new Map<string, number>();
  for (const article of windows.flat()) times.set(article, (times.get(article) ?? 0) + 1);
  const left = windows
    .map((articles) => articles.filter((article) => (times.get(article) ?? 0) >= timesMin))
    .filter(({ length }) => length >= WINDOW_MIN);
  return left.flat().length === windows.flat().length ? left : thinned(left, timesMin);
}

function cut(articles: readonly string[], { window }: Bed, random: Chance): string[][] {
  const windows: string[][] = [];
  for (let from = 0; from < articles.length;) {
    const to = from + window(random);
    windows.push(articles.slice(from, to));
    from = to;
  }
  return windows.filter(({ length }) => length >= WINDOW_MIN);
}

async function windowsOf(file: string, bed: Bed): Promise<readonly string[][]> {
  const bought = new Map<string, Set<string>>();
  const { chunks } = await openSource(file, await sizeOf(file));
  for await (const { customer, returns, lines, at } of invoicesIn(chunks)) {
    if (customer === null || returns) continue;
    const articles = bought.get(customer) ?? new Set<string>();
    for (const { code } of lines) articles.add(bed.articleOf(code.replace(/\s+/g, "_"), at));
    bought.set(customer, articles);
  }
  const random = chance(SEED);
  const all = [...bought.values()].flatMap((set) =>
    cut(
      [...set].filter(() => random.next() < bed.kept),
      bed,
      random,
    ),
  );
  return thinned(all, bed.timesMin);
}

const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;

function answersOf(lines: readonly Line[], bed: Bed): Answer[] {
  const named = (name: string): Line["judged"] => {
    const found = lines.find((line) => line.name === name);
    if (!found) throw new Error(`The evaluation of recommendation left ${name} out.`);
    return found.judged;
  };
  const [best, lists] = [named("blended"), named("knn-transition")];
  return (["hitRate", "ndcg"] as const).map((figure) => ({
    question: `recommendation, ${bed.name}: ${figure === "ndcg" ? "NDCG@10" : "HR@10"} of the blend, above lists`,
    value: rounded(best[figure]),
    unit: "",
    goal: { atLeast: rounded(lists[figure]) },
    detail: { all: lines.map(({ name, judged }) => ({ name, value: rounded(judged[figure]) })) },
  }));
}

const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

/** @param data folder of the public files */
export async function nextItem(bed: Bed, data: string, told: (line: string) => void): Promise<Answer[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "stoa-bench-"));
  try {
    const file = path.join(folder, "windows.txt");
    const windows = await windowsOf(path.join(data, FILE), bed);
    await writeFile(file, windows.map((articles, user) => `u${user} ${articles.join(" ")}`).join("\n"));
    const around = { clock: () => performance.now(), processor, say: told, progress: () => undefined };
    const files = { file, protocol: "leave-one-out", seed: SEED } as const;
    return answersOf(await evaluate(files, { ...around, trainingMs: TRAINING_MS }), bed);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
