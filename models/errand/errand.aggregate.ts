import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { CloseErrand, ErrandStatus, OpenErrand } from "./errand.contract";

export interface KeptErrand extends OpenErrand {
  readonly status: ErrandStatus;
  readonly openedAt: Iso;
  readonly closedAt: Iso | null;
  readonly note: string | null;
  /** Whatever went wrong with the thing, also before; as many as a payment has operations. */
  readonly causes: readonly string[];
}

export type ErrandState = { readonly status: "absent" } | KeptErrand;

export type ErrandEvent =
  | { readonly type: "errand.opened"; readonly data: OpenErrand & { readonly at: Iso } }
  | { readonly type: "errand.closed"; readonly data: { readonly note: string; readonly at: Iso } };

export interface ErrandCommands {
  readonly "errand.open": OpenErrand;
  readonly "errand.close": CloseErrand;
}

const causesOf = (state: ErrandState): readonly string[] => (state.status === "absent" ? [] : state.causes);

export const errand: Aggregate<ErrandState, ErrandCommands, ErrandEvent> = {
  name: "errand",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    // a timer tells of it again and again: once is enough, also when it is done
    "errand.open": (state, params, at) =>
      causesOf(state).includes(params.cause) ? [] : [{ type: "errand.opened", data: { ...params, at } }],
    "errand.close": (state, { note }, at) => {
      if (state.status === "absent") return refuse("NOT_FOUND", "Nothing of that kind was left to anybody.");
      if (state.status === "closed") refuse("ERRAND_CLOSED", "Somebody has done it: look at what was done.");
      return [{ type: "errand.closed", data: { note, at } }];
    },
  },
  evolve: {
    "errand.opened": (state, { at, amountMinor, ...data }) => {
      const before = state.status === "open" ? state : null;
      return {
        ...data,
        amountMinor: amountMinor + (before?.amountMinor ?? 0),
        ...{ status: "open", openedAt: before?.openedAt ?? at, closedAt: null, note: null },
        causes: [...causesOf(state), data.cause],
      };
    },
    "errand.closed": (state, { note, at }) => ({ ...(state as KeptErrand), status: "closed", note, closedAt: at }),
  },
};
