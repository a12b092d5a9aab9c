/**
 * Transactions from files of the Handbook's form: one file, or a folder of days in the order of their names, `.csv` or
 * `.csv.gz`. Columns are found by their names; those that nobody asks for may be missing or stand anywhere.
 */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { transactionsBuilder, type TransactionRow, type Transactions, type TransactionsBuilder } from "./transactions";

const NEEDED = ["TRANSACTION_ID", "TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD"] as const;
const FILE = /\.csv(\.gz)?$/;

/** Splits a line; the form has no commas within values, but some writers quote. */
const cells = (line: string): string[] => (line.includes('"') ? line.replaceAll('"', "") : line).split(",");

/** The text of a file; what is wrong with a packed one is told with its name. */
function textOf(file: string): NodeJS.ReadableStream {
  const raw = createReadStream(file);
  if (!file.endsWith(".gz")) return raw;
  const unpacked = createGunzip();
  unpacked.on("error", (error) => {
    error.message = `${file} is not gzipped, or was cut off (${error.message}): pack it again with gzip.`;
  });
  raw.on("error", (error) => unpacked.destroy(error));
  return raw.pipe(unpacked);
}

/** The lines of a file, without its header, as cells; `columns` says where the header has the wanted names. */
export async function* rowsOfCsv(
  file: string,
  wanted: readonly string[],
): AsyncGenerator<{ readonly values: readonly string[]; readonly columns: readonly number[]; readonly line: number }> {
  const lines = createInterface({ input: textOf(file) });
  let columns: readonly number[] | null = null;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line === "") continue;
    const values = cells(line);
    if (columns === null) {
      const missing = wanted.filter((name) => !values.includes(name));
      if (missing.length > 0)
        throw new Error(`${file} has no column ${missing.join(", ")}; its first line names them.`);
      columns = wanted.map((name) => values.indexOf(name));
      continue;
    }
    yield { values, columns, line: number };
  }
}

/** `2018-04-01 00:00:31`, taken for UTC. */
const secondsOf = (text: string): number => Date.parse(`${text.replace(" ", "T").slice(0, 19)}Z`) / 1_000;

const isTransaction = ({ id, seconds, amount, label }: TransactionRow): boolean =>
  [id, seconds, amount].every(Number.isFinite) && (label === 0 || label === 1);

function transactionOf(texts: readonly string[]): TransactionRow {
  const [id, at, customer, terminal, amount, fraud] = texts as [string, string, string, string, string, string];
  return { id: Number(id), seconds: secondsOf(at), customer, terminal, amount: Number(amount), label: Number(fraud) };
}

async function readFile(file: string, builder: TransactionsBuilder): Promise<void> {
  for await (const { values, columns, line } of rowsOfCsv(file, NEEDED)) {
    const row = transactionOf(columns.map((column) => values[column] ?? ""));
    if (!isTransaction(row)) {
      throw new Error(`Line ${line} of ${file} is no transaction: ${values.join(",").slice(0, 200)}`);
    }
    builder.add(row);
  }
}

/** @param except a file of that folder that is something else */
export async function csvFilesAt(place: string, except?: string): Promise<string[]> {
  if ((await stat(place)).isFile()) return [place];
  const other = except === undefined ? undefined : path.resolve(except);
  const names = (await readdir(place)).filter((name) => FILE.test(name) && path.resolve(place, name) !== other).sort();
  if (names.length === 0) {
    throw new Error(
      `There is no .csv and no .csv.gz in ${place}. Days in .pkl are read once they are written as .csv.`,
    );
  }
  return names.map((name) => path.join(place, name));
}

export interface ReadOptions {
  /** A file in the folder that holds no transactions. */
  readonly except?: string;
  readonly told?: (fraction: number) => void;
}

/** @throws Error that names file and line of what is no transaction */
export async function readTransactions(place: string, { except, told }: ReadOptions = {}): Promise<Transactions> {
  const builder = transactionsBuilder();
  const files = await csvFilesAt(place, except);
  for (const [i, file] of files.entries()) {
    await readFile(file, builder);
    told?.((i + 1) / files.length);
  }
  return builder.done();
}
