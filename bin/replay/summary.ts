/** What a person is told when a replay has ended: the account of every line, and what the mall's books say. Pure. */
import { counted, durationText } from "../terminal/progress";
import { closes, sumOf, type Account, type Kind, type Sum } from "./account";
import { REASONS, type Reason } from "./plan";
import type { ReplayCounts } from "./run-replay";

/** From the mall: the seller's book, and whether all books together come to zero. */
export interface Books {
  /** What customers paid less what they got back. */
  readonly cashMinor: number;
  readonly goodwillMinor: number;
  readonly balanced: boolean;
}

export interface Ended {
  readonly account: Account;
  readonly counts: ReplayCounts;
  readonly books: Books;
  readonly elapsedMs: number;
  readonly reportFile: string;
}

const MILLS_PER_MINOR = 10;

const pounds = (mills: number): string =>
  (mills / 1_000).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 3 });

const row = (name: string, { pieces, units, mills }: Sum): string =>
  `${name.padEnd(36)}${counted(pieces).padStart(9)} ${counted(units).padStart(11)} ${pounds(mills).padStart(16)}`;

const NAMES: readonly (readonly [Kind, string])[] = [
  ["purchases", "accepted: purchases"],
  ["returns", "accepted: returns of them"],
  ["credits", "goodwill credits: no purchase known"],
];

function table(account: Account): string[] {
  const accepted = NAMES.map(([kind, name]) => row(name, sumOf(account, [kind])));
  const reasons = (Object.keys(REASONS) as Reason[]).filter((reason) => account.by.has(reason));
  const refused = reasons.map((reason) => row(`refused: ${reason}`, sumOf(account, [reason])));
  return [
    `${"".padEnd(36)}${"lines".padStart(9)} ${"units".padStart(11)} ${"pounds".padStart(16)}`,
    ...accepted,
    ...refused,
    row("together", sumOf(account, account.by.keys())),
    row("the file's own sums", account.file),
    row("of them on invoices that take back", account.fileReturns),
  ];
}

/** What the account says that the books must hold. */
export const expectedOf = (account: Account): { readonly cashMinor: number; readonly goodwillMinor: number } => ({
  cashMinor: sumOf(account, ["purchases", "returns"]).mills / MILLS_PER_MINOR,
  goodwillMinor: -sumOf(account, ["credits"]).mills / MILLS_PER_MINOR,
});

export function agrees({ account, books }: Pick<Ended, "account" | "books">): boolean {
  const { cashMinor, goodwillMinor } = expectedOf(account);
  return books.balanced && books.cashMinor === cashMinor && Math.abs(books.goodwillMinor) === goodwillMinor;
}

export const succeeded = (ended: Ended): boolean => closes(ended.account) && agrees(ended) && ended.counts.failed === 0;

/** Every so many invoices the pace is kept: whether the mall slows down as its histories grow. */
export const PACE_EVERY = 1_000;

/** What is kept of a replay, for who compares it with the next one. */
export function resultOf(ended: Ended, pace: readonly number[]) {
  const { account, counts, books, elapsedMs } = ended;
  const kinds = [...account.by.keys()].map((kind) => [kind, sumOf(account, [kind])] as const);
  return {
    ...{ counts, elapsedMs, ordersPerSecond: Number((counts.orders / (elapsedMs / 1_000)).toFixed(1)) },
    /** Milliseconds for each thousand of invoices. */
    pace,
    units: "sums are lines, units, tenths of a penny",
    file: account.file,
    ofThemReturns: account.fileReturns,
    became: Object.fromEntries(kinds),
    together: sumOf(account, account.by.keys()),
    closes: closes(account),
    books: { ...books, expected: expectedOf(account), agree: agrees(ended) },
  };
}

export function summary(ended: Ended): string {
  const { account, counts, books, elapsedMs, reportFile } = ended;
  const rate = (counts.orders / (elapsedMs / 1_000)).toFixed(1);
  const closed = closes(account)
    ? "Every line is accounted for."
    : "THE ACCOUNT DOES NOT CLOSE: some lines are missing.";
  const { cashMinor } = expectedOf(account);
  const held = agrees(ended)
    ? `The ledger is balanced and holds the same: ${pounds(books.cashMinor * MILLS_PER_MINOR)} taken.`
    : `THE LEDGER DISAGREES: it holds ${books.cashMinor} pence, expected were ${cashMinor}` +
      ` (goodwill ${books.goodwillMinor}, ${books.balanced ? "balanced" : "not balanced"}).`;
  return [
    `Replayed ${counted(counts.invoices)} invoices in ${durationText(elapsedMs / 1_000)}: ` +
      `${counted(counts.orders)} orders (${rate} orders/s), ${counted(counts.returns)} returns, ` +
      `${counted(counts.credits)} goodwill credits.`,
    "",
    ...table(account),
    "",
    closed,
    held,
    `What was refused, line by line: ${reportFile}`,
  ].join("\n");
}
