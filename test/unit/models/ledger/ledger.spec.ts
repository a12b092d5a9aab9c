/** Whatever is entered in whatever sequence: each book comes to zero, and its state stays small. */
import * as fc from "fast-check";
import { erased, fold } from "../../../../models/kernel/aggregate";
import { isRefusal } from "../../../../models/kernel/refusal";
import {
  ledger,
  type Book,
  type LedgerCommands,
  type LedgerEvent,
  type LedgerState,
} from "../../../../models/ledger/ledger.aggregate";
import { ACCOUNTS, plusDays } from "../../../../models/ledger/ledger.book.contract";
import { given, NOW } from "../../../support/given";

const key = { sellerId: "seller-1", currency: "EUR" };
const history = given(ledger);
const about = { orderId: "order-1", orderNumber: "MAIN-1", step: "c1", commissions: [] };
const amount = fc.integer({ min: 0, max: 100_000 });

type Step = { readonly [N in keyof LedgerCommands]: readonly [N, LedgerCommands[N], number] }[keyof LedgerCommands];

const days = fc.integer({ min: 0, max: 20 });
const posted = (kind: "sale" | "refund") =>
  fc
    .tuple(amount, amount, amount, days)
    .map(([paidMinor, subsidyMinor, commissionMinor, after]): Step => [
      "ledger.post",
      { ...key, ...about, kind, paidMinor, subsidyMinor, commissionMinor },
      after,
    ]);
const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    posted("sale"),
    posted("refund"),
    fc
      .tuple(amount, days)
      .map(([n, after]): Step => [
        "ledger.adjust",
        { ...key, amountMinor: n - 50_000, account: "goodwill", memo: "m" },
        after,
      ]),
    days.map((after): Step => ["ledger.release", key, after]),
    days.map((after): Step => ["ledger.payOut", key, after]),
    fc.tuple(days, amount).map(([holdDays, feeMinor]): Step => ["ledger.terms", { ...key, holdDays, feeMinor }, 0]),
  ),
  { maxLength: 30 },
);

function next(state: LedgerState, [name, params]: Step, at: string): LedgerState {
  const deciders: Readonly<Record<string, unknown>> = ledger.decide;
  const decide = deciders[name] as (state: LedgerState, params: object, now: string) => readonly LedgerEvent[];
  try {
    return fold(erased(ledger), state, decide(state, params, at)) as LedgerState;
  } catch (error) {
    if (isRefusal(error)) return state;
    throw error;
  }
}

test("the trial balance is zero after any sequence", () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      let at = NOW;
      let state: LedgerState = ledger.initial;
      for (const step of sequence) {
        at = plusDays(at, step[2]);
        state = next(state, step, at);
        if (state.status === "absent") continue;
        const { balances, held } = state;
        expect(ACCOUNTS.reduce((sum, account) => sum + balances[account], 0)).toBe(0);
        expect(held.reduce((sum, one) => sum + one.amountMinor, 0) + balances.held).toBe(0);
        expect(held.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test("money is held, becomes payable, and is paid by timers; a refund takes what is held first", () => {
  const sale = { ...key, ...about, kind: "sale", paidMinor: 1_000, subsidyMinor: 0, commissionMinor: 100 } as const;
  let state = next(ledger.initial, ["ledger.post", sale, 0], NOW) as Book;
  expect(state.balances).toMatchObject({ cash: 1_000, held: -900, commission: -100, payable: 0 });
  expect(ledger.due?.(state).map(({ command }) => command)).toEqual(["ledger.release", "ledger.payOut"]);
  const refund = { ...sale, kind: "refund", paidMinor: 500, commissionMinor: 50 } as const;
  state = next(state, ["ledger.post", refund, 0], NOW) as Book;
  expect(state.balances).toMatchObject({ cash: 500, held: -450, payable: 0 });
  state = next(state, ["ledger.release", key, 0], plusDays(NOW, 15)) as Book;
  expect(state.balances).toMatchObject({ held: 0, payable: -450 });
  state = next(state, ["ledger.payOut", key, 0], plusDays(NOW, 15)) as Book;
  expect(state).toMatchObject({ cycle: 1, paying: { amountMinor: 450 }, nextPayoutAt: plusDays(NOW, 22) });
  expect(ledger.due?.(state).at(-1)?.command).toBe("payout.open");
});

test("a payout waits for the record of the last one; what is too little is carried over", () => {
  const sale = { ...key, ...about, kind: "sale", paidMinor: 10, subsidyMinor: 0, commissionMinor: 0 } as const;
  const terms: LedgerEvent = {
    type: "ledger.terms-set",
    data: { ...key, terms: { holdDays: 0, everyDays: 7, minimumMinor: 11, feeBp: 0, feeMinor: 0 } },
  };
  history(terms)
    .when("ledger.payOut", key)
    .then({ type: "ledger.carried", data: { at: NOW } });
  let state = next(ledger.initial, ["ledger.terms", { ...key, holdDays: 0 }, 0], NOW);
  state = next(state, ["ledger.post", sale, 0], NOW);
  state = next(state, ["ledger.payOut", key, 0], NOW);
  const { "ledger.payOut": payAgain } = ledger.decide;
  expect(() => payAgain(state, key, NOW)).toThrow(expect.objectContaining({ type: "PAYOUT_PENDING" }) as Error);
});
