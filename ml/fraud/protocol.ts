/**
 * How the Fraud Detection Handbook splits and judges (its `get_train_test_set` and `card_precision_top_k_custom`):
 * a week of training, a week in which labels are not known yet, a week of test from which the cards that are known to
 * be compromised by then are taken out.
 */
import { dayOf, firstFrom, SECONDS_A_DAY, type Transactions } from "./transactions";

export interface Split {
  /** Row numbers, in the order of time. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export interface SplitDays {
  readonly train: number;
  readonly delay: number;
  readonly test: number;
}

export const WEEKS: SplitDays = { train: 7, delay: 7, test: 7 };
/** 2018-07-25: where the published figures start. */
export const HANDBOOK_TRAINING = Date.UTC(2018, 6, 25) / 1_000;

const dayStart = (seconds: number): number => Math.floor(seconds / SECONDS_A_DAY) * SECONDS_A_DAY;

/** The published start when the data has it, otherwise the latest that leaves room for the whole protocol. */
export function startOfTraining(data: Transactions, days: SplitDays = WEEKS): number {
  const first = dayStart(data.seconds[0] ?? 0);
  const last = dayStart(data.seconds[data.count - 1] ?? 0);
  const span = (days.train + days.delay + days.test) * SECONDS_A_DAY;
  const latest = last + SECONDS_A_DAY - span;
  if (latest < first) {
    throw new RangeError(`The data spans too few days: the protocol needs ${days.train}+${days.delay}+${days.test}.`);
  }
  return HANDBOOK_TRAINING >= first && HANDBOOK_TRAINING <= latest ? HANDBOOK_TRAINING : latest;
}

const rowsOfDays = (data: Transactions, start: number, days: number): { from: number; to: number } => ({
  from: firstFrom(data, start),
  to: firstFrom(data, start + days * SECONDS_A_DAY),
});

/** @param start seconds since 1970, the beginning of a day */
export function splitOf(data: Transactions, start: number, days: SplitDays = WEEKS): Split {
  const dayAt = (day: number, count = 1) => rowsOfDays(data, start + day * SECONDS_A_DAY, count);
  const known = new Set<number>();
  const learn = ({ from, to }: { from: number; to: number }): void => {
    for (let row = from; row < to; row++) if (data.labels[row] === 1) known.add(data.customers[row] as number);
  };
  const training = dayAt(0, days.train);
  learn(training);
  const train = Int32Array.from({ length: training.to - training.from }, (_, i) => training.from + i);
  const test: number[] = [];
  for (let day = 0; day < days.test; day++) {
    // what a fraud of so many days ago has told about its card by now
    learn(dayAt(days.train + day - 1));
    const { from, to } = dayAt(days.train + days.delay + day);
    for (let row = from; row < to; row++) if (!known.has(data.customers[row] as number)) test.push(row);
  }
  return { train, test: Int32Array.from(test) };
}

interface Card {
  score: number;
  label: number;
}

function cardsOfDay(data: Transactions, rows: Iterable<readonly [number, number]>, found: Set<number>) {
  const cards = new Map<number, Card>();
  for (const [row, score] of rows) {
    const customer = data.customers[row] as number;
    if (found.has(customer)) continue;
    const card = cards.get(customer) ?? { score: -Infinity, label: 0 };
    cards.set(customer, {
      score: Math.max(card.score, score),
      label: Math.max(card.label, data.labels[row] as number),
    });
  }
  return cards;
}

/** The share of compromised cards among the `top` most suspicious ones of a day, averaged over the days. */
export function cardPrecision(data: Transactions, rows: Int32Array, scores: ArrayLike<number>, top: number): number {
  const ofDay = new Map<number, (readonly [number, number])[]>();
  rows.forEach((row, i) => {
    const day = dayOf(data, row);
    const day_ = ofDay.get(day) ?? [];
    day_.push([row, scores[i] as number]);
    ofDay.set(day, day_);
  });
  const found = new Set<number>();
  let sum = 0;
  for (const day of [...ofDay.keys()].sort((a, b) => a - b)) {
    const cards = [...cardsOfDay(data, ofDay.get(day) ?? [], found)];
    // cards of equal score come in the order of their numbers
    cards.sort(([a, { score: x }], [b, { score: y }]) => y - x || a - b);
    const hit = cards.slice(0, top).filter(([, { label }]) => label === 1);
    for (const [customer] of hit) found.add(customer);
    sum += hit.length / top;
  }
  return ofDay.size === 0 ? 0 : sum / ofDay.size;
}
