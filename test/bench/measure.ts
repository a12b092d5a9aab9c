/** Measuring: rates under a fixed number of calls in flight, percentiles, and ratios with their spread. */
import { wait } from "../../services/kernel/wait";

export interface Rate {
  readonly perSecond: number;
  readonly calls: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** What this process spent on each call, all its threads together. */
  readonly cpuMicros: number;
}

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

/** Calls `one(n)` with `inFlight` calls under way for `seconds`; n counts up. A failed call fails the measurement. */
export async function rate(inFlight: number, seconds: number, one: (n: number) => Promise<unknown>): Promise<Rate> {
  const until = performance.now() + seconds * 1_000;
  const began = performance.now();
  const cpu = process.cpuUsage();
  const took: number[] = [];
  let n = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      const start = performance.now();
      await one(n++);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const elapsed = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: Math.round(took.length / elapsed),
    calls: took.length,
    p50Ms: rounded(percentile(took, 0.5)),
    p95Ms: rounded(percentile(took, 0.95)),
    p99Ms: rounded(percentile(took, 0.99)),
    cpuMicros: rounded((user + system) / took.length, 1),
  };
}

/** Two questions asked in turn, call by call, so often each: whatever else the machine does falls on both. */
export async function inTurn(
  calls: number,
  ours: (n: number) => Promise<unknown>,
  theirs: (n: number) => Promise<unknown>,
): Promise<{ readonly oursP95Ms: number; readonly theirsP95Ms: number }> {
  const took: Readonly<Record<"ours" | "theirs", number[]>> = { ours: [], theirs: [] };
  for (let n = 0; n < calls; n++) {
    // now the one first, now the other: what the first pays for, the second has for nothing
    for (const whose of n % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const)) {
      const start = performance.now();
      await (whose === "ours" ? ours : theirs)(n);
      took[whose].push(performance.now() - start);
    }
  }
  const p95 = (values: readonly number[]): number => rounded(percentile(values, 0.95));
  return { oursP95Ms: p95(took.ours), theirsP95Ms: p95(took.theirs) };
}

/** A ratio of two figures measured in turn, pair by pair: the machine's mood cancels out. */
export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly pairs: number;
}

export function ratio(ours: readonly number[], theirs: readonly number[]): Ratio {
  const pairs = ours.map((value, i) => value / (theirs[i] ?? Number.NaN));
  return {
    median: rounded(median(pairs)),
    min: rounded(Math.min(...pairs)),
    max: rounded(Math.max(...pairs)),
    pairs: pairs.length,
  };
}

/** Calls `one(n)` so often a second, however long the answers take, up to `inFlightMax` at a time. */
export async function paced(
  pace: { readonly perSecond: number; readonly seconds: number; readonly inFlightMax: number },
  one: (n: number) => Promise<unknown>,
): Promise<{ readonly sent: number; readonly skipped: number }> {
  const began = performance.now();
  const under = new Set<Promise<unknown>>();
  let [sent, skipped] = [0, 0];
  for (let elapsed = 0; elapsed < pace.seconds; elapsed = (performance.now() - began) / 1_000) {
    for (const due = Math.floor(elapsed * pace.perSecond); sent + skipped < due;) {
      if (under.size >= pace.inFlightMax) {
        skipped += 1;
        continue;
      }
      const call = one(sent++).finally(() => under.delete(call));
      under.add(call);
    }
    await wait(5);
  }
  await Promise.all(under);
  return { sent, skipped };
}
