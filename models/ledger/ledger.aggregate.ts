/**
 * One seller's book in one currency. An entry comes to zero or is refused, so every book, and all of them together,
 * always balance. The state holds sums only, however many entries there are: they stand in the history, one a commit.
 */
import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import { payoutIdOf, plusDays, type Account, type BookKey, type PayoutTerms } from "./ledger.book.contract";
import type { LedgerCalls, SetTerms } from "./ledger.contract";
import { bookOf, entryOf, kept, refund, released, sale } from "./ledger.entries.aggregate";
import type { Book, LedgerState, Paying, Posted } from "./ledger.entries.aggregate";

export type { Book, LedgerState } from "./ledger.entries.aggregate";

export type LedgerEvent =
  | { readonly type: "ledger.posted"; readonly data: Posted }
  | { readonly type: "ledger.carried"; readonly data: { readonly at: Iso } }
  | { readonly type: "ledger.terms-set"; readonly data: BookKey & { readonly terms: PayoutTerms } }
  | { readonly type: "ledger.payout-settled"; readonly data: { readonly payoutId: string } };

type LedgerQuery = "ledger.get" | "ledger.entries" | "ledger.trial";
export type LedgerCommands = { [N in Exclude<keyof LedgerCalls, LedgerQuery>]: LedgerCalls[N]["params"] };

function payOut(book: Book, at: Iso): LedgerEvent {
  const amountMinor = -book.balances.payable;
  if (amountMinor < book.terms.minimumMinor) return { type: "ledger.carried", data: { at } };
  const { sellerId, currency } = book;
  const cycle = book.cycle + 1;
  const payoutId = payoutIdOf(book, cycle);
  const entry = entryOf(
    book,
    { kind: "payout", at, reference: payoutId },
    { payable: amountMinor, cash: -amountMinor },
  );
  const paying = { payoutId, cycle, amountMinor, after: book.paidUpTo, upTo: entry.n, at };
  return { type: "ledger.posted", data: { sellerId, currency, entry, paying } };
}

function termsOf(book: Book, { sellerId: _seller, currency: _currency, ...changes }: SetTerms): PayoutTerms {
  return { ...book.terms, ...changes };
}

function openParams({ payoutId, cycle, amountMinor, after, upTo }: Paying): object {
  return { id: payoutId, cycle, amountMinor, after, upTo };
}

export const ledger: Aggregate<LedgerState, LedgerCommands, LedgerEvent> = {
  name: "ledger",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "ledger.post": (state, params, at) => {
      const book = bookOf(state, params);
      return [{ type: "ledger.posted", data: (params.kind === "sale" ? sale : refund)(book, params, at) }];
    },
    "ledger.adjust": (state, { sellerId, currency, amountMinor, account, memo }, at) => {
      const book = bookOf(state, { sellerId, currency });
      const said = { kind: "adjustment", at, reference: account, memo } as const;
      const entry = entryOf(book, said, { payable: -amountMinor, [account]: amountMinor });
      return [{ type: "ledger.posted", data: { sellerId, currency, entry } }];
    },
    "ledger.terms": (state, params) => {
      const { sellerId, currency } = params;
      const terms = termsOf(bookOf(state, params), params);
      return [{ type: "ledger.terms-set", data: { sellerId, currency, terms } }];
    },
    "ledger.release": (state, _params, at) => {
      const data = released(kept(state), at);
      return data ? [{ type: "ledger.posted", data }] : [];
    },
    "ledger.payOut": (state, _params, at) => {
      const book = kept(state);
      if (book.paying) refuse("PAYOUT_PENDING", "The last payout is not recorded yet: try again in a moment.");
      return [payOut(book, at)];
    },
    "ledger.settlePayout": (state, { payoutId }) =>
      kept(state).paying?.payoutId === payoutId ? [{ type: "ledger.payout-settled", data: { payoutId } }] : [],
    "ledger.failPayout": (state, { sellerId, currency, payoutId, amountMinor }, at) => {
      const said = { kind: "payout-failed", at, reference: payoutId } as const;
      const entry = entryOf(kept(state), said, { payable: -amountMinor, cash: amountMinor });
      return [{ type: "ledger.posted", data: { sellerId, currency, entry } }];
    },
  },
  evolve: {
    "ledger.posted": (state, { sellerId, currency, entry, held, paying }) => {
      const book = bookOf(state, { sellerId, currency });
      const balances: Record<Account, number> = { ...book.balances };
      for (const { account, amountMinor } of entry.postings) balances[account] += amountMinor;
      const next = { ...book, entries: entry.n, balances, held: held ?? book.held };
      const first = { nextPayoutAt: book.nextPayoutAt ?? plusDays(entry.at, book.terms.everyDays) };
      if (!paying) return { ...next, ...first };
      const nextPayoutAt = plusDays(entry.at, book.terms.everyDays);
      return { ...next, paying, cycle: paying.cycle, paidUpTo: paying.upTo, nextPayoutAt };
    },
    "ledger.carried": (state, { at }) => {
      const book = state as Book;
      return { ...book, nextPayoutAt: plusDays(at, book.terms.everyDays) };
    },
    "ledger.terms-set": (state, { terms, ...key }) => ({ ...bookOf(state, key), terms }),
    "ledger.payout-settled": (state) => ({ ...(state as Book), paying: null }),
  },
  due: (state) => {
    if (state.status === "absent") return [];
    const { sellerId, currency, held, nextPayoutAt, paying } = state;
    const key = { sellerId, currency };
    const [first] = held;
    return [
      ...(first ? [{ at: `${first.on}T00:00:00.000Z`, command: "ledger.release", params: key }] : []),
      ...(nextPayoutAt ? [{ at: nextPayoutAt, command: "ledger.payOut", params: key }] : []),
      ...(paying ? [{ at: paying.at, command: "payout.open", params: { ...key, ...openParams(paying) } }] : []),
    ];
  },
};
