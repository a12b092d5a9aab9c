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
import { evaluate } from "../../ml/recommendation/evaluate";
import type { Line } from "../../ml/recommendation/report";
import type { Answer } from "./report";

const FILE = path.join("uci-online-retail", "online_retail.csv.gz");
const WINDOW = 9;
const WINDOW_MIN = 5;
const TRAINING_MS = 8 * 60_000;

async function windowsOf(file: string): Promise<string[][]> {
  const bought = new Map<string, Set<string>>();
  const { chunks } = await openSource(file, await sizeOf(file));
  for await (const { customer, returns, lines } of invoicesIn(chunks)) {
    if (customer === null || returns) continue;
    const articles = bought.get(customer) ?? new Set<string>();
    for (const { code } of lines) articles.add(code.replace(/\s+/g, "_"));
    bought.set(customer, articles);
  }
  return [...bought.values()].flatMap((set) => {
    const all = [...set];
    const starts = Array.from({ length: Math.ceil(all.length / WINDOW) }, (_, i) => i * WINDOW);
    return starts.map((start) => all.slice(start, start + WINDOW)).filter(({ length }) => length >= WINDOW_MIN);
  });
}

const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;

function answersOf(lines: readonly Line[]): Answer[] {
  const named = (name: string): Line["judged"] => {
    const found = lines.find((line) => line.name === name);
    if (!found) throw new Error(`The evaluation of recommendation left ${name} out.`);
    return found.judged;
  };
  const [best, lists] = [named("blended"), named("knn-transition")];
  return (["hitRate", "ndcg"] as const).map((figure) => ({
    question: `recommendation: ${figure === "ndcg" ? "NDCG@10" : "HR@10"} of the blend, above lists with transition`,
    value: rounded(best[figure]),
    unit: "",
    goal: { atLeast: rounded(lists[figure]) },
    detail: { all: lines.map(({ name, judged }) => ({ name, value: rounded(judged[figure]) })) },
  }));
}

/** @param data folder of the public files */
export async function nextItem(data: string, told: (line: string) => void): Promise<Answer[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "stoa-bench-"));
  try {
    const file = path.join(folder, "windows.txt");
    const windows = await windowsOf(path.join(data, FILE));
    await writeFile(file, windows.map((articles, user) => `u${user} ${articles.join(" ")}`).join("\n"));
    const around = { clock: () => performance.now(), say: told, progress: () => undefined, trainingMs: TRAINING_MS };
    return answersOf(await evaluate({ file, protocol: "leave-one-out", seed: 1 }, around));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
