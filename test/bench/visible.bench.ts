/** How long until a change is found by those who do not wait for it, while the mall works at half of what it can? */
import { wait } from "../../services/kernel/wait";
import { REFRESH_MS } from "../../indexers";
import { aliasOf } from "../../indexers/kernel/indices";
import { paced, percentile, rate } from "./measure";
import { openOffersNode, reprice, type OffersNode } from "./offers-node";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";

const OFFERS = 1_000;
const IN_FLIGHT = 64;
const ABOVE_REFRESH_MS = 150;
const PROBE_EVERY_MS = 100;
const LOOK_EVERY_MS = 10;
const GIVE_UP_MS = 15_000;

/** Changes an offer's article number to one that nothing has, and looks until it is found. Milliseconds. */
async function probe({ node, call }: OffersNode, id: string, sku: string): Promise<number> {
  const { client } = node.readSide;
  const index = aliasOf("stoa", "offers");
  await call("offer.revise", { id, sku });
  const acknowledged = performance.now();
  for (;;) {
    const { count } = await client.count({ index, query: { term: { sku } } });
    const took = performance.now() - acknowledged;
    if (count > 0) return took;
    if (took > GIVE_UP_MS) throw new Error(`${sku} was not found within ${GIVE_UP_MS} ms`);
    await wait(LOOK_EVERY_MS);
  }
}

/** Every so often a probe, on offers that the load leaves alone. */
async function probes(under: OffersNode, seconds: number): Promise<number[]> {
  const running: Promise<number>[] = [];
  for (let n = 0; n < (seconds * 1_000) / PROBE_EVERY_MS; n++) {
    running.push(probe(under, under.ids[n % under.ids.length] ?? "", `probe-${n}`));
    await wait(PROBE_EVERY_MS);
  }
  return Promise.all(running);
}

function answerOf(question: string, tookMs: readonly number[], detail: object): Answer {
  const [p50Ms = 0, p99Ms = 0, maxMs = 0] = [0.5, 0.99, 1].map((p) => Math.round(percentile(tookMs, p)));
  const goal = { atMost: REFRESH_MS + ABOVE_REFRESH_MS };
  return { question, value: p99Ms, unit: "ms", goal, detail: { ...detail, probes: tookMs.length, p50Ms, maxMs } };
}

export async function visibleBench(ask: Ask): Promise<Answer[]> {
  const under = await openOffersNode(sized(ask, OFFERS, 100));
  const seconds = sized(ask, 30, 3);
  const some = Math.floor(under.ids.length / 10);
  const [probed, loaded] = [
    { ...under, ids: under.ids.slice(0, some) },
    { ...under, ids: under.ids.slice(some) },
  ];
  try {
    await rate(IN_FLIGHT, sized(ask, 20, 2), reprice(loaded));
    const { perSecond } = await rate(IN_FLIGHT, sized(ask, 10, 2), reprice(loaded));
    await wait(sized(ask, 5_000, 1_000));
    const quiet = await probes(probed, seconds / 3);
    const load = paced({ perSecond: perSecond / 2, seconds, inFlightMax: 500 }, reprice(loaded));
    const busy = await probes(probed, seconds - 1);
    const { sent, skipped } = await load;
    return [
      answerOf("command → found without token at rest, p99", quiet, {}),
      answerOf("command → found without token at half of the maximum load, p99", busy, {
        loadPerSecond: Math.round(sent / seconds),
        skipped,
        maximumPerSecond: perSecond,
      }),
    ];
  } finally {
    await under.stop();
  }
}
