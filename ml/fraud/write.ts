/** Writes transactions in the Handbook's form, a file a day: what the generator makes can be read as real files are. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { dayOf, SECONDS_A_DAY, type Transactions } from "./transactions";

const HEADER = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,TX_TIME_DAYS,TX_FRAUD";

function lineOf(data: Transactions, row: number): string {
  const seconds = data.seconds[row] as number;
  const start = Math.floor((data.seconds[0] as number) / SECONDS_A_DAY) * SECONDS_A_DAY;
  const at = new Date(seconds * 1_000).toISOString().slice(0, 19).replace("T", " ");
  const who = `${data.customers[row] as number},${data.terminals[row] as number}`;
  const when = `${seconds - start},${dayOf(data, row)}`;
  return `${data.ids[row] as number},${at},${who},${data.amounts[row] as number},${when},${data.labels[row] as number}`;
}

/** @returns the number of files */
export async function writeDays(data: Transactions, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  let files = 0;
  for (let from = 0; from < data.count; files++) {
    const day = dayOf(data, from);
    const lines = [HEADER];
    let row = from;
    for (; row < data.count && dayOf(data, row) === day; row++) lines.push(lineOf(data, row));
    const name = new Date((data.seconds[from] as number) * 1_000).toISOString().slice(0, 10);
    await writeFile(path.join(folder, `${name}.csv.gz`), gzipSync(`${lines.join("\n")}\n`));
    from = row;
  }
  return files;
}
