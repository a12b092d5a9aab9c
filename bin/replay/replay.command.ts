/** `stoa replay`: real invoices as purchases in a running mall, in their order, as fast as it takes them. */
import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Argument, type Command } from "commander";
import type { BookView, Trial } from "../../models/ledger/ledger.contract";
import { reasonOf } from "../../services/kernel/wait";
import { inParallel } from "../client/in-parallel";
import { locate } from "../client/locate";
import { openMall, type Command as Sent, type Mall } from "../client/mall";
import { folderPaths } from "../folder/folder";
import { openReport } from "../import/report";
import { openSource } from "../import/source";
import { sizeOf } from "../import/import-file";
import type { Parts } from "../parts";
import { showProgress } from "../terminal/painter";
import { Sentence } from "../terminal/sentence";
import { whole } from "../terminal/whole";
import { openAccount } from "./account";
import { articleOf, CHANNEL, channelIdFor, CURRENCY, SELLER, type Where } from "./commands";
import { invoicesIn, type InvoiceLine } from "./invoice";
import { runReplay, type ReplayCounts } from "./run-replay";
import { expectedOf, PACE_EVERY, resultOf, succeeded, summary, type Books, type Ended } from "./summary";

interface Flags {
  readonly data: string;
  readonly url?: string;
  readonly token?: string;
  readonly concurrency: number;
  readonly limit?: number;
  readonly report?: string;
  readonly result?: string;
}

const SETTLED_WITHIN_MS = 600_000;
const LOOK_EVERY_MS = 500;
/** Ten times as many as the set has. */
const ARTICLES_MAX = 50_000;

async function* firstOf<T>(all: AsyncIterable<T>, max: number): AsyncGenerator<T, void> {
  let left = max;
  for await (const one of all) {
    if (left-- <= 0) return;
    yield one;
  }
}

const openInvoices = async (file: string, { limit = Infinity }: Pick<Flags, "limit">) => {
  const source = await openSource(file, await sizeOf(file));
  return { fraction: () => source.fraction(), invoices: firstOf(invoicesIn(source.chunks), limit) };
};

/** Every article of the whole file once, with the first words that it has for it: the same, whatever is replayed. */
async function articlesOf(file: string): Promise<InvoiceLine[]> {
  const articles = new Map<string, InvoiceLine>();
  for await (const { lines } of (await openInvoices(file, {})).invoices) {
    for (const line of lines) {
      const known = articles.get(line.code);
      if (!known || (known.description === "" && line.description !== "")) articles.set(line.code, line);
      if (articles.size > ARTICLES_MAX) throw new Sentence(`${file} has more than ${ARTICLES_MAX} articles.`);
    }
  }
  return [...articles.values()];
}

async function sendAll(mall: Mall, commands: readonly Sent[]): Promise<void> {
  const outcomes = await mall.sendAll(commands);
  const last = outcomes.at(-1);
  if (last?.ok !== false) return;
  throw new Sentence(`The mall refuses ${commands[outcomes.length - 1]?.action}: ${last.detail}`);
}

async function found(mall: Mall, articles: readonly InvoiceLine[], where: Where, flags: Flags): Promise<void> {
  await sendAll(mall, [CHANNEL]);
  await inParallel(articles, flags.concurrency, (line) => sendAll(mall, articleOf(line, where)));
}

async function booksOf(mall: Mall): Promise<Books> {
  const book = (await mall.query("ledger.get", { sellerId: SELLER, currency: CURRENCY })) as BookView;
  const { balanced } = (await mall.query("ledger.trial", {})) as Trial;
  return { cashMinor: book.balances.cash, goodwillMinor: book.balances.goodwill, balanced };
}

/** Orders are entered into the books by their tasks, a moment after they were recorded. */
/** Before the first order is in the books there are none. */
const NO_BOOKS: Books = { cashMinor: 0, goodwillMinor: 0, balanced: false };

async function soonBooks(mall: Mall): Promise<Books> {
  try {
    return await booksOf(mall);
  } catch (error) {
    if (reasonOf(error).includes("NOT_FOUND")) return NO_BOOKS;
    throw error;
  }
}

async function settledBooks(mall: Mall, cashMinor: number): Promise<Books> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const books = await soonBooks(mall);
    if ((books.cashMinor === cashMinor && books.balanced) || Date.now() > until) return books;
    await pause(LOOK_EVERY_MS);
  }
}

function paceFrom(started: number): { readonly pace: number[]; readonly note: (done: number) => void } {
  const pace: number[] = [];
  let last = started;
  const note = (done: number): void => {
    if (done % PACE_EVERY !== 0) return;
    const now = Date.now();
    pace.push(now - last);
    last = now;
  };
  return { pace, note };
}

async function replayed(file: string, flags: Flags, { mall, where }: { mall: Mall; where: Where }) {
  const reportFile = path.resolve(flags.report ?? path.join(folderPaths(flags.data).imports, "replay.refused.jsonl"));
  const shown = showProgress("replaying", process.stderr);
  const { invoices, fraction } = await openInvoices(file, flags);
  const account = openAccount();
  const report = openReport(reportFile);
  const { concurrency } = flags;
  const started = Date.now();
  const { pace, note } = paceFrom(started);
  const progress = ({ invoices: done, failed }: ReplayCounts): void => {
    note(done);
    shown.update({ done, failed, fraction: fraction() });
  };
  const counts = await runReplay({ invoices, mall, where, concurrency, account, report, progress }).finally(() => {
    shown.end();
    report.close();
  });
  console.error("waiting until every order is in the books …");
  const books = await settledBooks(mall, expectedOf(account).cashMinor);
  return { account, counts, books, elapsedMs: Date.now() - started, reportFile, pace };
}

async function kept({ result }: Flags, ended: Ended & { readonly pace: readonly number[] }): Promise<void> {
  if (result === undefined) return;
  const machine = {
    ...{
      cpu: os.cpus()[0]?.model ?? "unknown",
      cores: os.cpus().length,
      memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    },
    ...{ node: process.version, os: `${os.type()} ${os.release()}` },
  };
  const head = { name: "replay", measuredAt: new Date().toISOString(), machine };
  const text = JSON.stringify({ ...head, ...resultOf(ended, ended.pace) }, null, 2);
  await writeFile(path.resolve(result), `${text}\n`);
}

async function run(file: string, flags: Flags, parts: Parts): Promise<void> {
  await sizeOf(file);
  const { url, token, principalId } = await locate(flags, parts);
  const mall = openMall({ url, token, connections: flags.concurrency });
  const where = { principalId, channelId: channelIdFor(principalId) };
  try {
    console.error("reading the articles …");
    await found(mall, await articlesOf(file), where, flags);
    const ended = await replayed(file, flags, { mall, where });
    console.log(summary(ended));
    await kept(flags, ended);
    if (!succeeded(ended)) process.exitCode = 1;
  } finally {
    await mall.close();
  }
}

export function replayCommand(program: Command, parts: Parts): void {
  program
    .command("replay")
    .description("replay real invoices as purchases in the running mall, and account for every line")
    .addArgument(new Argument("<format>", "what the file holds").choices(["uci-retail"]))
    .argument("<file>", "plain or gzip")
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .option("--url <url>", "of a mall elsewhere")
    .option("--token <token>", "that lets us in; for a mall on this machine one is made")
    .option("--concurrency <n>", "how many invoices are under way at once", whole(1, 512), 32)
    .option("--limit <n>", "only so many invoices", whole(1, 10_000_000))
    .option("--report <file>", "where refused lines are written (else in the data folder)")
    .option("--result <file>", "where what came of it is kept, as JSON")
    .action((_format: string, file: string, flags: Flags) => run(file, flags, parts));
}
