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
  const together = sumOf(account, account.by.keys());
  const none = (question: string, value: number, unit: string) => ({ question, value, unit, goal: { atMost: 0 } });
  return {
    answers: [
      none("units of the file that nothing became of", Math.abs(account.file.units - together.units), "units"),
      none("tenths of a penny that nothing became of", Math.abs(account.file.mills - together.mills), "mills"),
      none("books that disagree with the account, or do not balance", agrees(ended) ? 0 : 1, "books"),
      none("lines that the mall refused", sumOf(account, ["MALL_REFUSED"]).pieces, "lines"),
      { question: "orders replayed", value: counts.orders, unit: "orders" },
      {
        ...{ question: "orders replayed in a second", unit: "orders/s" },
        value: Number((counts.orders / (elapsedMs / 1_000)).toFixed(1)),
        detail: { secondsPerThousandInvoices: pace.map((ms) => Math.round(ms / 1_000)) },
      },
    ],
    /** Lines, units, tenths of a penny. */
    account: { counts, file: account.file, ofThemReturns: account.fileReturns, together, ...Object.fromEntries(kinds) },
    books: { ...books, expected: expectedOf(account) },
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
