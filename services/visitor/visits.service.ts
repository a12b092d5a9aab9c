/**
 * Tells sellers' desks what visitors did, one stretch of time after the other, from the durable facts: a stretch is
 * told when it is over and what came in late is there. Nodes may tell the same one, for it is counted once; after a
 * start the last minutes are told again.
 */
import type { Logger } from "pino";
import { VISITED_MAX, type StepsOfProduct, type TellVisits } from "../../models/desk/desk.contract";
import type { CountedFacts } from "../../models/kernel/counted-facts";
import { reasonOf } from "../kernel/wait";
import type { Counted } from "./events.service";

export interface Visits {
  stop(): Promise<void>;
}

export interface VisitsOptions {
  readonly counted: Pick<CountedFacts<Counted>, "since">;
  readonly tell: (visits: TellVisits) => Promise<unknown>;
  readonly nowMs: () => number;
  readonly log: Pick<Logger, "warn">;
}

export const STRETCH_MS = 20_000;
/** What is counted now may be written a moment later. */
const LATE_MS = 5_000;
const AGAIN_MS = 2 * 60_000;
const LOOK_MS = 2_000;
const PAGE = 500;
const PAGES_MAX = 40;

const iso = (ms: number): string => new Date(ms).toISOString();
const startOf = (ms: number): number => Math.floor(ms / STRETCH_MS) * STRETCH_MS;

/** By product; only of what names one. Those with most steps where there are too many. */
export function stepsIn(facts: readonly Counted[]): StepsOfProduct[] {
  const steps = new Map<string, StepsOfProduct>();
  for (const { kind, productId } of facts) {
    if (productId === undefined || (kind !== "view" && kind !== "cart" && kind !== "checkout")) continue;
    const { views, carts, checkouts } = steps.get(productId) ?? { views: 0, carts: 0, checkouts: 0 };
    const one = (of: Counted["kind"]): number => (kind === of ? 1 : 0);
    steps.set(productId, {
      productId,
      ...{ views: views + one("view"), carts: carts + one("cart"), checkouts: checkouts + one("checkout") },
    });
  }
  const sumOf = ({ views, carts, checkouts }: StepsOfProduct): number => views + carts + checkouts;
  return [...steps.values()].sort((a, b) => sumOf(b) - sumOf(a)).slice(0, VISITED_MAX);
}

/** Everything counted from a moment on, before another. */
async function countedIn(counted: VisitsOptions["counted"], from: string, to: string): Promise<Counted[]> {
  const found = new Map<string, Counted>();
  let at = from;
  for (let page = 0; page < PAGES_MAX; page++) {
    const facts = await counted.since(at, PAGE);
    for (const fact of facts.filter((one) => one.at < to)) found.set(fact._id, fact);
    const last = facts.length < PAGE ? to : (facts.at(-1)?.at ?? to);
    if (last >= to) break;
    // more of one millisecond than a page holds are passed over
    at = last > at ? last : iso(Date.parse(at) + 1);
  }
  return [...found.values()];
}

export function followVisits({ counted, tell, nowMs, log }: VisitsOptions): Visits {
  let next = startOf(nowMs() - AGAIN_MS);
  let working: Promise<void> = Promise.resolve();
  async function stretch(): Promise<void> {
    const [from, to] = [iso(next), iso(next + STRETCH_MS)];
    const products = stepsIn(await countedIn(counted, from, to));
    if (products.length > 0) await tell({ from, products });
    next += STRETCH_MS;
  }
  async function work(): Promise<void> {
    try {
      while (nowMs() >= next + STRETCH_MS + LATE_MS) await stretch();
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, "What visitors did waits to be told to sellers");
    }
  }
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    working = work().finally(() => {
      busy = false;
    });
  }, LOOK_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
