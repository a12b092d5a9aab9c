import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { AdjustStock, CountStock, LimitBackorders, ReceiveStock, StockKey } from "./stock.contract";
import { released, reserved, shipped, unreserved, type Counts, type HoldEvent } from "./stock.hold.aggregate";
import type { HoldStock } from "./stock.hold.contract";
import { deliveriesOf, expected, sent, settled, type SentStock, type TransferEvent } from "./stock.transfer.aggregate";
import type { ArriveStock, ExpectTransfer, TransferId, Underway } from "./stock.transfer.contract";

/** Where the stock belongs; set by the first receipt and never changed. The service looks up product and seller. */
export interface StockPlace extends StockKey {
  readonly productId: string;
  readonly sellerId: string;
}

export interface KeptStock extends StockPlace, Counts {
  readonly status: "kept";
  /** Left out where nothing was ever sent from here. */
  readonly underway?: readonly Underway[];
}

export type StockState = { readonly status: "absent" } | KeptStock;

/** The ledger's words: an older one gave its reason in words of its own, and none for a count. */
interface Why {
  readonly reason: string;
  readonly note?: string;
}

export type StockEvent =
  | { readonly type: "stock.opened"; readonly data: StockPlace }
  | { readonly type: "stock.received"; readonly data: { readonly quantity: number } & Partial<Why> }
  | { readonly type: "stock.adjusted"; readonly data: { readonly by: number } & Why }
  | {
      readonly type: "stock.counted";
      readonly data: { readonly counted: number; readonly was: number } & Partial<Why>;
    }
  | { readonly type: "stock.limited"; readonly data: { readonly backorderMax: number } }
  | HoldEvent
  | TransferEvent;

export interface StockCommands {
  "stock.receive": ReceiveStock & StockPlace;
  "stock.adjust": AdjustStock;
  "stock.count": CountStock;
  "stock.limit": LimitBackorders;
  "stock.reserve": HoldStock;
  "stock.annul": HoldStock;
  "stock.release": HoldStock;
  "stock.ship": HoldStock;
  "stock.transfer": SentStock;
  "stock.expect": ExpectTransfer;
  "stock.arrive": ArriveStock;
  "stock.settle": TransferId;
}

function existing(state: StockState): KeptStock {
  if (state.status === "absent")
    return refuse("NOT_FOUND", "Nothing of this offer was ever received at this location.");
  return state;
}

const noted = (note: string | undefined) => (note === undefined ? {} : { note });
const why = (reason: string, note: string | undefined): Why => ({ reason, ...noted(note) });

const kept = (state: StockState): KeptStock => state as KeptStock;

const promise = (state: StockState, more: number): KeptStock => ({
  ...kept(state),
  reserved: (kept(state).reserved ?? 0) + more,
});
const underwayOf = (state: StockState): readonly Underway[] =>
  state.status === "absent" ? [] : (state.underway ?? []);

/** The first receipt says where the stock belongs. */
const opening = (state: StockState, place: StockPlace): StockEvent[] =>
  state.status === "absent" ? [{ type: "stock.opened", data: place }] : [];

export const stock: Aggregate<StockState, StockCommands, StockEvent> = {
  name: "stock",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "stock.receive": (state, { quantity, reason, note, ...place }) => [
      ...opening(state, place),
      { type: "stock.received", data: { quantity, ...(reason !== undefined && { reason }), ...noted(note) } },
    ],
    "stock.adjust": (state, { by, reason, note }) => {
      const { onHand } = existing(state);
      if (onHand + by < 0) {
        refuse("STOCK_NEGATIVE", `There are ${onHand} on hand; ${-by} cannot be taken away.`, { onHand });
      }
      return [{ type: "stock.adjusted", data: { by, ...why(reason, note) } }];
    },
    "stock.count": (state, { counted, reason = "stocktake", note }) => {
      const { onHand: was } = existing(state);
      return [{ type: "stock.counted", data: { counted, was, ...why(reason, note) } }];
    },
    "stock.limit": (state, { backorderMax }) =>
      (existing(state).backorderMax ?? 0) === backorderMax ? [] : [{ type: "stock.limited", data: { backorderMax } }],
    "stock.reserve": (state, params) => reserved(state.status === "absent" ? null : state, params),
    "stock.annul": (_state, { holdId }) => [{ type: "stock.annulled", data: { holdId } }],
    "stock.release": (state, params) => released(existing(state), params),
    "stock.ship": (state, params) => shipped(existing(state), params),
    "stock.transfer": (state, params, now) => sent(unreserved(existing(state)), underwayOf(state), params, now),
    "stock.expect": (state, params, now) => expected(underwayOf(existing(state)), params, now),
    "stock.arrive": (state, { transferId, from, quantity, ...place }) => [
      ...opening(state, place),
      { type: "stock.arrived", data: { transferId, from, quantity } },
    ],
    "stock.settle": (state, { transferId }) => settled(underwayOf(existing(state)), transferId),
  },
  evolve: {
    "stock.opened": (_state, data) => ({ status: "kept", onHand: 0, ...data }),
    "stock.received": (state, { quantity }) => ({ ...kept(state), onHand: kept(state).onHand + quantity }),
    "stock.adjusted": (state, { by }) => ({ ...kept(state), onHand: kept(state).onHand + by }),
    "stock.counted": (state, { counted }) => ({ ...kept(state), onHand: counted }),
    "stock.limited": (state, { backorderMax }) => ({ ...kept(state), backorderMax }),
    "stock.reserved": (state, { quantity }) => promise(state, quantity),
    // the row itself is what counts: its command id is taken
    "stock.annulled": (state) => state,
    "stock.released": (state, { quantity }) => promise(state, -quantity),
    "stock.shipped": (state, { quantity }) => ({
      ...promise(state, -quantity),
      onHand: kept(state).onHand - quantity,
    }),
    "stock.sent": (state, { note: _note, ...one }) => ({
      ...kept(state),
      onHand: kept(state).onHand - one.quantity,
      underway: [...underwayOf(state), one],
    }),
    "stock.expected": (state, { transferId, arrivesAt }) => ({
      ...kept(state),
      underway: underwayOf(state).map((one) => (one.transferId === transferId ? { ...one, arrivesAt } : one)),
    }),
    "stock.arrived": (state, { quantity }) => ({ ...kept(state), onHand: kept(state).onHand + quantity }),
    "stock.settled": (state, { transferId }) => ({
      ...kept(state),
      underway: underwayOf(state).filter((one) => one.transferId !== transferId),
    }),
  },
  due: (state) => deliveriesOf(underwayOf(state)),
};
