/** How entries of a book are made: each comes to zero. Pure parts of ledger.aggregate.ts. */
import { basisPoints } from "../kernel/money";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import {
  ACCOUNTS,
  dayOf,
  DEFAULT_TERMS,
  plusDays,
  type Account,
  type Balances,
  type BookKey,
  type Entry,
  type PayoutTerms,
  type PostEntry,
  type Posting,
} from "./ledger.book.contract";

/** Money of sales that becomes payable on a day. */
interface Held {
  readonly on: string;
  readonly amountMinor: number;
}

/** A payout whose own record is not confirmed yet. */
export interface Paying {
  readonly payoutId: string;
  readonly cycle: number;
  readonly amountMinor: number;
  /** Entries of this payout: after the one, up to the other. */
  readonly after: number;
  readonly upTo: number;
  readonly at: Iso;
}

export interface Book extends BookKey {
  readonly status: "open";
  readonly entries: number;
  readonly balances: Balances;
  /** By day, the earliest first; no more than the days that money is held. */
  readonly held: readonly Held[];
  readonly terms: PayoutTerms;
  readonly nextPayoutAt: Iso | null;
  readonly cycle: number;
  /** The last entry that a payout covered. */
  readonly paidUpTo: number;
  readonly paying: Paying | null;
}

export type LedgerState = { readonly status: "absent" } | Book;

/** What an entry changes beside the balances. */
export interface Posted extends BookKey {
  readonly entry: Entry;
  readonly held?: readonly Held[];
  readonly paying?: Paying;
}

const ZERO = Object.fromEntries(ACCOUNTS.map((account) => [account, 0])) as Balances;

export const bookOf = (state: LedgerState, { sellerId, currency }: BookKey): Book =>
  state.status === "open"
    ? state
    : {
        ...{ status: "open", sellerId, currency, entries: 0, balances: ZERO, held: [], terms: DEFAULT_TERMS },
        ...{ nextPayoutAt: null, cycle: 0, paidUpTo: 0, paying: null },
      };

type Said = Pick<Entry, "kind" | "at" | "reference"> & Partial<Pick<Entry, "memo" | "commissions">>;

/** @throws LEDGER_UNBALANCED */
export function entryOf(book: Book, said: Said, amounts: Partial<Record<Account, number>>): Entry {
  const postings = ACCOUNTS.flatMap((account): Posting[] => {
    const amountMinor = amounts[account] ?? 0;
    return amountMinor === 0 ? [] : [{ account, amountMinor }];
  });
  const sumMinor = postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (sumMinor !== 0) refuse("LEDGER_UNBALANCED", `The entry comes to ${sumMinor} instead of nothing.`, { sumMinor });
  return { n: book.entries + 1, memo: "", commissions: [], ...said, postings };
}

const addHeld = (held: readonly Held[], more: Held): readonly Held[] => {
  const found = held.find(({ on }) => on === more.on);
  if (!found) return [...held, more].sort((a, b) => (a.on < b.on ? -1 : 1));
  return held.map((one) => (one === found ? { ...one, amountMinor: one.amountMinor + more.amountMinor } : one));
};

/** Takes from what is held, the latest first. */
function takeHeld(
  held: readonly Held[],
  amountMinor: number,
): { readonly held: readonly Held[]; readonly taken: number } {
  let left = amountMinor;
  const after = [...held].reverse().flatMap((one) => {
    const taken = Math.min(left, one.amountMinor);
    left -= taken;
    return taken === one.amountMinor ? [] : [{ ...one, amountMinor: one.amountMinor - taken }];
  });
  return { held: after.reverse(), taken: amountMinor - left };
}

/** What an entry says of the step of an order that it is about. */
const saidOf = (kind: "sale" | "refund", { orderId, orderNumber, step, commissions }: PostEntry, at: Iso) => ({
  ...{ kind, at, reference: `${orderId}/${step}` },
  ...{ memo: orderNumber, commissions },
});

export function sale(book: Book, params: PostEntry, at: Iso): Posted {
  const { sellerId, currency, paidMinor, subsidyMinor, commissionMinor, exchangedMinor = 0 } = params;
  const { holdDays, feeBp, feeMinor } = book.terms;
  const chargedMinor = Math.max(0, paidMinor - exchangedMinor);
  const feesMinor = chargedMinor === 0 ? 0 : Math.min(chargedMinor, basisPoints(chargedMinor, feeBp) + feeMinor);
  const owedMinor = paidMinor + subsidyMinor - commissionMinor - feesMinor;
  const waits = holdDays > 0 && owedMinor > 0;
  const entry = entryOf(book, saidOf("sale", params, at), {
    cash: paidMinor,
    subsidy: subsidyMinor,
    commission: -commissionMinor,
    fees: -feesMinor,
    [waits ? "held" : "payable"]: -owedMinor,
  });
  const on = dayOf(plusDays(at, holdDays + 1));
  return { sellerId, currency, entry, ...(waits && { held: addHeld(book.held, { on, amountMinor: owedMinor }) }) };
}

export function refund(book: Book, params: PostEntry, at: Iso): Posted {
  const { sellerId, currency, paidMinor, subsidyMinor, commissionMinor } = params;
  const backMinor = paidMinor + subsidyMinor - commissionMinor;
  const { held, taken } = takeHeld(book.held, Math.max(0, backMinor));
  const entry = entryOf(book, saidOf("refund", params, at), {
    cash: -paidMinor,
    subsidy: -subsidyMinor,
    commission: commissionMinor,
    held: taken,
    // what was paid out already the next payout takes
    payable: backMinor - taken,
  });
  return { sellerId, currency, entry, held };
}

export function released(book: Book, at: Iso): Posted | null {
  const today = dayOf(at);
  const ripe = book.held.filter(({ on }) => on <= today);
  const amountMinor = ripe.reduce((sum, one) => sum + one.amountMinor, 0);
  if (amountMinor === 0) return null;
  const said = { kind: "release", at, reference: today } as const;
  const entry = entryOf(book, said, { held: amountMinor, payable: -amountMinor });
  const { sellerId, currency } = book;
  return { sellerId, currency, entry, held: book.held.filter(({ on }) => on > today) };
}

export const kept = (state: LedgerState): Book =>
  state.status === "open" ? state : refuse("NOT_FOUND", "There is no such book: nothing was sold in this currency.");
