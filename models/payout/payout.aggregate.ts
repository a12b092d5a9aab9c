import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { ConfirmPayout, FailPayoutAtBank, OpenPayout, PayoutStatus, PayoutView } from "./payout.contract";

export type KeptPayout = Omit<PayoutView, "version">;
export type PayoutState = { readonly status: "absent" } | KeptPayout;

export type PayoutEvent =
  | { readonly type: "payout.opened"; readonly data: OpenPayout & { readonly at: Iso } }
  | { readonly type: "payout.paid"; readonly data: { readonly reference: string; readonly at: Iso } }
  | { readonly type: "payout.failed"; readonly data: { readonly reason: string; readonly at: Iso } };

export interface PayoutCommands {
  readonly "payout.open": OpenPayout;
  readonly "payout.confirm": ConfirmPayout;
  readonly "payout.fail": FailPayoutAtBank;
}

const was = (state: PayoutState): KeptPayout => state as KeptPayout;

function open(state: PayoutState): void {
  if (state.status === "absent") refuse("NOT_FOUND", "There is no such payout.");
  if (state.status !== "open") refuse("PAYOUT_CLOSED", `The payout is ${state.status}: that is final.`);
}

const closed = (state: PayoutState, status: PayoutStatus, closedAt: Iso): KeptPayout => ({
  ...was(state),
  status,
  closedAt,
});

export const payout: Aggregate<PayoutState, PayoutCommands, PayoutEvent> = {
  name: "payout",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "payout.open": (state, params, at) =>
      state.status === "absent" ? [{ type: "payout.opened", data: { ...params, at } }] : [],
    "payout.confirm": (state, { reference }, at) => {
      open(state);
      return [{ type: "payout.paid", data: { reference, at } }];
    },
    "payout.fail": (state, { reason }, at) => {
      open(state);
      return [{ type: "payout.failed", data: { reason, at } }];
    },
  },
  evolve: {
    "payout.opened": (_state, { at, ...data }) => ({
      ...data,
      ...{ status: "open", openedAt: at, closedAt: null, reference: null, reason: null },
    }),
    "payout.paid": (state, { reference, at }) => ({ ...closed(state, "paid", at), reference }),
    "payout.failed": (state, { reason, at }) => ({ ...closed(state, "failed", at), reason }),
  },
  due: (state) => {
    if (state.status === "absent") return [];
    const { id: payoutId, sellerId, currency, amountMinor, openedAt, closedAt } = state;
    const key = { sellerId, currency, payoutId };
    // telling the book twice is telling it once
    const settle = { at: openedAt, command: "ledger.settlePayout", params: key };
    // as is telling the seller: the message's id derives from the payout
    const told = { at: openedAt, command: "message.tellPayout", params: { payoutId } };
    if (state.status !== "failed" || closedAt === null) return [settle, told];
    return [settle, told, { at: closedAt, command: "ledger.failPayout", params: { ...key, amountMinor } }];
  },
};
