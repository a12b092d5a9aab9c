/**
 * What a terminal's last weeks say. Labels count once they are seven days old: windows are (now − 7 − days, now − 7].
 * Beside the Handbook's risks there is the *series*: the newest known transactions of a terminal that were all fraud,
 * those aside whose amount is odd for their customer: there the card was stolen, not the terminal.
 */
import { LABEL_DELAY, ODD_RATIO } from "./customer-features";
import { SECONDS_A_DAY } from "./transactions";
import { HORIZON_DAYS, type Memory, type Remembered } from "./window";

const WINDOWS = [1, 7, 30] as const;
/** A terminal nothing is known of is taken for one with this many transactions of the usual risk. */
const PRIOR_COUNT = 5;
const PRIOR_RISK = 0.008;

interface Series {
  frauds: number;
  /** Seconds since 1970 of its first fraud. */
  since: number;
  /** Of the last honest transaction before it; -1 if none is remembered. */
  before: number;
  /** Honest ones after the last fraud; only known ones count. */
  honest: number;
  /** Of the newest known one of any kind; -1 if there is none. */
  newest: number;
}

function seriesOf({ list, head }: Memory, known: number): Series {
  const series: Series = { frauds: 0, since: -1, before: -1, honest: 0, newest: -1 };
  for (let i = known; i >= head; i--) {
    const { seconds, ratio, label } = list[i] as Remembered;
    if (series.newest < 0) series.newest = seconds;
    if (label === 1 && ratio > ODD_RATIO) continue;
    if (label === 1) {
      if (series.honest > 0) break;
      series.frauds += 1;
      series.since = seconds;
    } else if (series.frauds > 0) {
      series.before = seconds;
      break;
    } else {
      series.honest += 1;
    }
  }
  return series;
}

/** The index of the newest transaction whose label may be known. */
function newestKnown({ list, head }: Memory, now: number): number {
  let index = list.length - 1;
  while (index >= head && (list[index] as Remembered).seconds > now - LABEL_DELAY) index -= 1;
  return index;
}

function risks({ list, head }: Memory, known: number, now: number, out: Float64Array): void {
  let [window, count, frauds] = [0, 0, 0];
  const counts = [0, 0, 0];
  const found = [0, 0, 0];
  for (let i = known; i >= head; i--) {
    const { seconds, label } = list[i] as Remembered;
    while (window < 3 && seconds <= now - LABEL_DELAY - (WINDOWS[window] as number) * SECONDS_A_DAY) window += 1;
    if (window === 3) break;
    count += 1;
    frauds += label;
    for (let w = window; w < 3; w++) {
      counts[w] = count;
      found[w] = frauds;
    }
  }
  for (let w = 0; w < 3; w++) {
    const ofWindow = counts[w] as number;
    out[9 + 2 * w] = ofWindow;
    out[10 + 2 * w] = ofWindow === 0 ? 0 : (found[w] as number) / ofWindow;
  }
  out[25] = ((found[2] as number) + PRIOR_COUNT * PRIOR_RISK) / ((counts[2] as number) + PRIOR_COUNT);
}

function seriesFeatures(series: Series, now: number, out: Float64Array): void {
  const far = HORIZON_DAYS;
  const days = (moment: number): number => (moment < 0 ? far : (now - moment) / SECONDS_A_DAY);
  const there = series.frauds > 0;
  out[26] = series.frauds;
  out[27] = there ? days(series.since) : far;
  out[28] = there ? days(series.before) : far;
  out[29] = there ? days(series.before) - days(series.since) : far;
  out[30] = days(series.newest);
  out[31] = series.honest;
}

/** Odd amounts of the last week that nobody has labelled yet. */
function oddLately({ list }: Memory, known: number): number {
  let odd = 0;
  for (let i = list.length - 2; i > known; i--) if ((list[i] as Remembered).ratio > ODD_RATIO) odd += 1;
  return odd;
}

/** Writes to `out`; the newest of the memory is the transaction itself. */
export function terminalFeatures(memory: Memory, { seconds: now }: Remembered, out: Float64Array): void {
  const known = newestKnown(memory, now);
  risks(memory, known, now, out);
  seriesFeatures(seriesOf(memory, known), now, out);
  out[32] = oddLately(memory, known);
}
