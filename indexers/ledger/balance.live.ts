/** What a seller will be paid, and when: its books by currency, and the payouts that are on their way. */
import type { Commit } from "../../models/kernel/row";
import type { LedgerState } from "../../models/ledger/ledger.aggregate";
import type { PayoutState } from "../../models/payout/payout.aggregate";
import type { Contribution, LiveProjection } from "../kernel/live";

function book({ state }: Commit): Contribution | null {
  const kept = state as LedgerState;
  if (kept.status === "absent") return null;
  const { currency, balances, nextPayoutAt } = kept;
  return {
    [currency]: {
      payableMinor: 0 - balances.payable,
      heldMinor: 0 - balances.held,
      nextPayoutAt: nextPayoutAt ?? null,
    },
  };
}

function underway({ aggregateId, state }: Commit): Contribution | null {
  const payout = state as PayoutState;
  if (payout.status !== "open") return null;
  const { currency, amountMinor, openedAt } = payout;
  return { [`payout|${aggregateId}`]: { currency, amountMinor, openedAt } };
}

export const balance: LiveProjection = { widget: "balance", sources: { ledger: book, payout: underway } };
