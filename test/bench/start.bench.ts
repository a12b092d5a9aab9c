/** How long from `npm start` to the first answered search, when all has been fetched and filled before? */
import { rm } from "node:fs/promises";
import { startBacking } from "../support/backing";
import { percentile } from "./measure";
import type { Answer } from "./report";
import { benchMall } from "./whole-mall";

const RUNS = 5;

async function secondsToSearch(options: { dataDir: string; env?: NodeJS.ProcessEnv }): Promise<number> {
  const began = performance.now();
  const mall = await benchMall(options);
  const answer = await fetch(`${mall.url}/v1/products?q=lamp&limit=1`);
  if (answer.status !== 200) throw new Error(`the first search answered ${answer.status}`);
  const seconds = (performance.now() - began) / 1_000;
  await mall.stop();
  return seconds;
}

async function measured(options: {
  dataDir: string;
  env?: NodeJS.ProcessEnv;
}): Promise<{ median: number; runs: number[] }> {
  const runs: number[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(Number((await secondsToSearch(options)).toFixed(2)));
  return { median: percentile(runs, 0.5), runs };
}

export async function startBench(): Promise<Answer[]> {
  const first = await benchMall();
  await first.stop();
  const backing = await startBacking();
  const { mongodbUrl, elasticsearchUrl, natsUrl } = backing;
  const env = { MONGODB_URL: mongodbUrl, ELASTICSEARCH_URL: elasticsearchUrl, NATS_URL: natsUrl };
  const second = await benchMall({ env });
  await second.stop();
  try {
    const embedded = await measured({ dataDir: first.dataDir });
    const up = await measured({ dataDir: second.dataDir, env });
    return [
      {
        question: "start to first answered search, embedded services",
        value: embedded.median,
        unit: "s",
        goal: { atMost: 20 },
        detail: embedded,
      },
      {
        question: "start to first answered search, services already up",
        value: up.median,
        unit: "s",
        goal: { atMost: 2 },
        detail: up,
      },
    ];
  } finally {
    await backing.stop();
    for (const { dataDir } of [first, second]) await rm(dataDir, { recursive: true, force: true });
  }
}
