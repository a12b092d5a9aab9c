/**
 * What is remembered of one customer or one terminal: its transactions of the last weeks, oldest first, bounded in time
 * and in number, and what a customer usually spends. The same for files and for the mall.
 */
import { SECONDS_A_DAY } from "./transactions";

export interface Remembered {
  readonly seconds: number;
  readonly amount: number;
  /** How many times the customer's usual amount. */
  readonly ratio: number;
  /** 1 fraud, 0 not as far as is known. Nobody looks at it before the label delay is over. */
  label: number;
  readonly id: number;
}

/** 30 days of a window, 7 days of delay, and the 28 days before it in which a series of frauds may have begun. */
export const HORIZON_DAYS = 68;
/** A terminal with more transactions keeps the newest. */
export const REMEMBERED_MAX = 2_000;

export interface Memory {
  readonly list: Remembered[];
  /** Where the list begins: those before are forgotten, and cut off from time to time. */
  head: number;
}

export const emptyMemory = (): Memory => ({ list: [], head: 0 });

const CUT_AT = 128;

export function remember(memory: Memory, one: Remembered): void {
  const { list } = memory;
  list.push(one);
  const oldest = one.seconds - HORIZON_DAYS * SECONDS_A_DAY;
  while (
    memory.head < list.length - 1 &&
    ((list[memory.head] as Remembered).seconds <= oldest || list.length - memory.head > REMEMBERED_MAX)
  ) {
    memory.head += 1;
  }
  if (memory.head > CUT_AT) {
    list.splice(0, memory.head);
    memory.head = 0;
  }
}

/** What a customer usually spends: count, mean and spread of amounts that were not far off what was usual before. */
export interface Usual {
  count: number;
  mean: number;
  /** Sum of squared differences from the mean (Welford). */
  squares: number;
}

export const emptyUsual = (): Usual => ({ count: 0, mean: 0, squares: 0 });

/** What is more times the usual is not learnt from: it is what the fraudster spends, not the customer. */
const ODD = 3;
/** Before so many, nothing is odd. */
const KNOWN_FROM = 4;

export function learnUsual(usual: Usual, amount: number): void {
  if (usual.count >= KNOWN_FROM && amount > ODD * usual.mean) return;
  usual.count += 1;
  const before = amount - usual.mean;
  usual.mean += before / usual.count;
  usual.squares += before * (amount - usual.mean);
}

/** 1 as long as nothing is known. */
export const ratioTo = ({ count, mean }: Usual, amount: number): number =>
  count === 0 || mean <= 0 ? 1 : amount / mean;

/** Deviations from the mean; a spread that is not known yet counts as half the mean. */
export function deviationsFrom({ count, mean, squares }: Usual, amount: number): number {
  if (count === 0) return 0;
  const prior = 5;
  const variance = (squares + prior * (mean / 2) ** 2) / (count + prior);
  return (amount - mean) / Math.sqrt(variance + 1e-6);
}
