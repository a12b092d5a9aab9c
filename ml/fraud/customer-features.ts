/** What a customer's last weeks say about a transaction. Windows are (now − days, now], the transaction included. */
import { SECONDS_A_DAY } from "./transactions";
import type { Memory, Remembered } from "./window";

export const LABEL_DELAY = 7 * SECONDS_A_DAY;
/** From this many times the usual amount on, an amount is odd. */
export const ODD_RATIO = 2.3;

interface Sums {
  readonly counts: number[];
  readonly sums: number[];
}

const WINDOWS = [1, 7, 30] as const;

function spending({ list, head }: Memory, now: number): Sums {
  const counts = [0, 0, 0];
  const sums = [0, 0, 0];
  let [window, count, sum] = [0, 0, 0];
  for (let i = list.length - 1; i >= head; i--) {
    const { seconds, amount } = list[i] as Remembered;
    while (window < 3 && seconds <= now - (WINDOWS[window] as number) * SECONDS_A_DAY) window += 1;
    if (window === 3) break;
    count += 1;
    sum += amount;
    for (let w = window; w < 3; w++) {
      counts[w] = count;
      sums[w] = sum;
    }
  }
  return { counts, sums };
}

interface Oddities {
  /** Odd transactions of the last 3 days, of the last 14, and the largest ratio of those. */
  odd3: number;
  odd14: number;
  largest: number;
  sum7: number;
  count7: number;
  frauds: number;
}

function seeLately(odd: Oddities, { ratio }: Remembered, age: number): void {
  if (age < 7 * SECONDS_A_DAY) {
    odd.sum7 += ratio;
    odd.count7 += 1;
  }
  odd.largest = Math.max(odd.largest, ratio);
  if (ratio <= ODD_RATIO) return;
  odd.odd14 += 1;
  if (age < 3 * SECONDS_A_DAY) odd.odd3 += 1;
}

/** What is odd among the transactions before the newest, which is the one that is looked at. */
function oddities({ list, head }: Memory, now: number, out: Float64Array): void {
  const odd: Oddities = { odd3: 0, odd14: 0, largest: 0, sum7: 0, count7: 0, frauds: 0 };
  for (let i = list.length - 2; i >= head; i--) {
    const one = list[i] as Remembered;
    const age = now - one.seconds;
    if (age >= 37 * SECONDS_A_DAY) break;
    if (age < 14 * SECONDS_A_DAY) seeLately(odd, one, age);
    if (age >= LABEL_DELAY && one.ratio > ODD_RATIO) odd.frauds += one.label;
  }
  out[19] = odd.odd3;
  out[20] = odd.odd14;
  out[21] = odd.largest;
  out[22] = odd.count7 === 0 ? 1 : odd.sum7 / odd.count7;
  out[23] = odd.frauds;
}

const SINCE_MAX = 30 * SECONDS_A_DAY;

/** Writes to `out`; the newest of the memory is the transaction itself. */
export function customerFeatures(memory: Memory, { seconds: now }: Remembered, out: Float64Array): void {
  const { counts, sums } = spending(memory, now);
  for (let w = 0; w < 3; w++) {
    const count = counts[w] as number;
    out[3 + 2 * w] = count;
    out[4 + 2 * w] = count === 0 ? 0 : (sums[w] as number) / count;
  }
  oddities(memory, now, out);
  const before = memory.list.length - 2;
  out[24] = before < memory.head ? SINCE_MAX : Math.min(SINCE_MAX, now - (memory.list[before] as Remembered).seconds);
}
