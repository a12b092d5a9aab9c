/**
 * The features of a transaction: one function for training and for serving, a fold of what came before it. A label is
 * looked at seven days after its transaction and not earlier, for nobody knows it before.
 */
import { HANDBOOK_FEATURES, OWN_FEATURES } from "../../models/fraud/fraud.features.contract";
import { customerFeatures } from "./customer-features";
import { terminalFeatures } from "./terminal-features";
import { SECONDS_A_DAY, type Transactions } from "./transactions";
import {
  deviationsFrom,
  emptyMemory,
  emptyUsual,
  learnUsual,
  ratioTo,
  remember,
  type Memory,
  type Remembered,
  type Usual,
} from "./window";

/** What is known of a customer, JSON only, so that it can be kept. */
export interface CustomerState {
  readonly memory: Memory;
  readonly usual: Usual;
}

export interface TerminalState {
  readonly memory: Memory;
}

export interface Assessed {
  readonly id: number;
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly amount: number;
}

export const newCustomer = (): CustomerState => ({ memory: emptyMemory(), usual: emptyUsual() });
export const newTerminal = (): TerminalState => ({ memory: emptyMemory() });

export { HANDBOOK_FEATURES, OWN_FEATURES };

export const FEATURES: readonly string[] = [...HANDBOOK_FEATURES, ...OWN_FEATURES];

/** 1970-01-01 was a Thursday; Saturday and Sunday are the weekend. */
const isWeekend = (seconds: number): number => ((Math.floor(seconds / SECONDS_A_DAY) + 3) % 7 >= 5 ? 1 : 0);
/** The Handbook's night lasts until the end of the hour of six. */
const isNight = (seconds: number): number => (seconds % SECONDS_A_DAY < 7 * 3_600 ? 1 : 0);

/** Writes the features of a transaction to `out`, and remembers it. Both states change. @returns what is remembered */
export function foldTransaction(
  one: Assessed,
  customer: CustomerState,
  terminal: TerminalState,
  out: Float64Array,
): Remembered {
  const ratio = ratioTo(customer.usual, one.amount);
  out[0] = one.amount;
  out[1] = isWeekend(one.seconds);
  out[2] = isNight(one.seconds);
  out[15] = ratio;
  out[16] = deviationsFrom(customer.usual, one.amount);
  out[17] = customer.usual.mean;
  out[18] = customer.usual.count;
  const kept = { seconds: one.seconds, amount: one.amount, ratio, label: 0, id: one.id };
  remember(customer.memory, kept);
  // of one object both memories know: a label that comes later is set once
  remember(terminal.memory, kept);
  customerFeatures(customer.memory, kept, out);
  terminalFeatures(terminal.memory, kept, out);
  learnUsual(customer.usual, one.amount);
  return kept;
}

export interface FeatureTable {
  readonly names: readonly string[];
  readonly count: number;
  readonly width: number;
  /** `count × width`, row by row, from row `first` of the transactions on. */
  readonly values: Float32Array;
  readonly first: number;
}

export interface FoldOptions {
  /** The first row whose features are wanted; those before are only remembered. */
  readonly from?: number;
  readonly onRow?: (row: number, features: Float64Array) => void;
  readonly onProgress?: (done: number, of: number) => void;
}

/** What is remembered of everybody, and the features of a row of the market, which is remembered with its label. */
function foldOf(data: Transactions): (row: number, out: Float64Array) => void {
  const customers = Array.from({ length: data.customerCount }, newCustomer);
  const terminals = Array.from({ length: data.terminalCount }, newTerminal);
  return (row, out) => {
    const customer = customers[data.customers[row] as number] as CustomerState;
    const terminal = terminals[data.terminals[row] as number] as TerminalState;
    const [id, seconds, amount] = [data.ids[row] as number, data.seconds[row] as number, data.amounts[row] as number];
    foldTransaction({ id, seconds, amount }, customer, terminal, out).label = data.labels[row] as number;
  };
}

/** Folds a whole market, in the order of time. */
export function foldAll(data: Transactions, { from = 0, onRow, onProgress }: FoldOptions = {}): FeatureTable {
  const fold = foldOf(data);
  const width = FEATURES.length;
  const values = new Float32Array((data.count - from) * width);
  const out = new Float64Array(width);
  for (let row = 0; row < data.count; row++) {
    fold(row, out);
    onRow?.(row, out);
    if (row >= from) values.set(out, (row - from) * width);
    if (row % 100_000 === 0) onProgress?.(row, data.count);
  }
  return { names: FEATURES, count: data.count - from, width, values, first: from };
}
