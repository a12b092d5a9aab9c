/**
 * Card transactions as columns: a million and a half of them fit into a few dozen megabytes. Rows are in the order of
 * their time. Customers and terminals are numbered in the order in which they first appear.
 */

export const SECONDS_A_DAY = 86_400;

export interface Transactions {
  readonly count: number;
  /** As the files name them; only whole numbers. */
  readonly ids: Float64Array;
  /** Seconds since 1970. */
  readonly seconds: Float64Array;
  readonly customers: Int32Array;
  readonly terminals: Int32Array;
  readonly amounts: Float64Array;
  /** 1 for fraud. */
  readonly labels: Uint8Array;
  readonly customerCount: number;
  readonly terminalCount: number;
}

/** One transaction as it is written down. */
export interface TransactionRow {
  readonly id: number;
  readonly seconds: number;
  readonly customer: string;
  readonly terminal: string;
  readonly amount: number;
  readonly label: number;
}

/** More are refused: the columns of so many would no longer fit beside the features. */
export const ROWS_MAX = 20_000_000;

class Numbering {
  readonly #known = new Map<string, number>();
  of(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#known.set(name, this.#known.size);
    return this.#known.size - 1;
  }
  get size(): number {
    return this.#known.size;
  }
}

const sorted = (rows: readonly number[], seconds: readonly number[], ids: readonly number[]): readonly number[] =>
  rows.every((i) => i === 0 || (seconds[i - 1] as number) <= (seconds[i] as number))
    ? rows
    : [...rows].sort(
        (a, b) => (seconds[a] as number) - (seconds[b] as number) || (ids[a] as number) - (ids[b] as number),
      );

export interface TransactionsBuilder {
  add(row: TransactionRow): void;
  done(): Transactions;
}

/** @throws RangeError past `ROWS_MAX` */
export function transactionsBuilder(): TransactionsBuilder {
  const customers = new Numbering();
  const terminals = new Numbering();
  const columns = {
    ids: [] as number[],
    seconds: [] as number[],
    customers: [] as number[],
    terminals: [] as number[],
    amounts: [] as number[],
    labels: [] as number[],
  };
  return {
    add(row) {
      if (columns.ids.length >= ROWS_MAX) throw new RangeError(`More than ${ROWS_MAX} transactions are too many.`);
      columns.ids.push(row.id);
      columns.seconds.push(row.seconds);
      columns.customers.push(customers.of(row.customer));
      columns.terminals.push(terminals.of(row.terminal));
      columns.amounts.push(row.amount);
      columns.labels.push(row.label);
    },
    done() {
      const { ids, seconds } = columns;
      const order = sorted([...ids.keys()], seconds, ids);
      const take = (column: readonly number[]): number[] => order.map((i) => column[i] as number);
      return {
        count: ids.length,
        ids: Float64Array.from(take(ids)),
        seconds: Float64Array.from(take(seconds)),
        customers: Int32Array.from(take(columns.customers)),
        terminals: Int32Array.from(take(columns.terminals)),
        amounts: Float64Array.from(take(columns.amounts)),
        labels: Uint8Array.from(take(columns.labels)),
        customerCount: customers.size,
        terminalCount: terminals.size,
      };
    },
  };
}

/** The day of a moment, counted from the day of the first transaction. */
export const dayOf = ({ seconds }: Transactions, row: number): number =>
  Math.floor((seconds[row] as number) / SECONDS_A_DAY) - Math.floor((seconds[0] ?? 0) / SECONDS_A_DAY);

/** The first row at or after a moment. */
export function firstFrom({ seconds, count }: Transactions, moment: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seconds[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
