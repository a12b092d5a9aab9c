import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { AdvanceAlert, AlertCause, StirAlert } from "./alert.contract";

export interface KeptAlert {
  /** `sweeping`: those who wait are being told. */
  readonly status: "sweeping" | "done";
  readonly id: string;
  /** Raised with each time that all who wait are gone through. */
  readonly round: number;
  readonly cause: AlertCause;
  /** Before the first: empty. */
  readonly after: string;
  /** What happened meanwhile: they are gone through once more, from the beginning. */
  readonly next: AlertCause | null;
  /** In this round, and ever. */
  readonly told: number;
  readonly toldEver: number;
  readonly at: Iso;
}

export type AlertState = { readonly status: "absent" } | KeptAlert;

interface At {
  readonly at: Iso;
}

export type AlertEvent =
  | { readonly type: "alert.begun"; readonly data: StirAlert & At }
  | { readonly type: "alert.stirred"; readonly data: AlertCause & At }
  | { readonly type: "alert.advanced"; readonly data: { readonly after: string; readonly told: number } & At }
  | { readonly type: "alert.swept"; readonly data: { readonly told: number } & At };

export interface AlertCommands {
  "alert.stir": StirAlert;
  "alert.advance": AdvanceAlert;
}

const kept = (state: AlertState): KeptAlert => state as KeptAlert;

const begun = (state: AlertState, { id, source, version, at }: StirAlert & At): KeptAlert => {
  const [round, toldEver] = state.status === "absent" ? [0, 0] : [state.round, state.toldEver];
  return {
    ...{ status: "sweeping", id, round: round + 1, cause: { source, version }, after: "" },
    ...{ next: null, told: 0, toldEver, at },
  };
};

function swept(state: KeptAlert, { told, at }: { readonly told: number } & At): KeptAlert {
  const done = { ...state, told: state.told + told, toldEver: state.toldEver + told, at };
  return state.next === null ? { ...done, status: "done" } : begun(done, { id: state.id, ...state.next, at });
}

export const alert: Aggregate<AlertState, AlertCommands, AlertEvent> = {
  name: "alert",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "alert.stir": (state, params, at) => {
      if (state.status !== "sweeping") return [{ type: "alert.begun", data: { ...params, at } }];
      const { source, version } = params;
      // a round begins with what is known by then, so one more is enough for whatever happens meanwhile
      const known = state.next?.source === source && state.next.version >= version;
      return known ? [] : [{ type: "alert.stirred", data: { source, version, at } }];
    },
    "alert.advance": (state, { round, after, told }, at) => {
      if (state.status === "absent") return refuse("NOT_FOUND", "Nobody was told of this product.");
      // of another round, or of a page that was gone through by somebody else
      if (state.status === "done" || state.round !== round || (after !== null && after <= state.after)) return [];
      return after === null
        ? [{ type: "alert.swept", data: { told, at } }]
        : [{ type: "alert.advanced", data: { after, told, at } }];
    },
  },
  evolve: {
    "alert.begun": begun,
    "alert.stirred": (state, { source, version }) => ({ ...kept(state), next: { source, version } }),
    "alert.advanced": (state, { after, told, at }) => ({
      ...kept(state),
      ...{ after, at, told: kept(state).told + told, toldEver: kept(state).toldEver + told },
    }),
    "alert.swept": (state, data) => swept(kept(state), data),
  },
  due: (state) =>
    state.status === "sweeping"
      ? [{ at: state.at, command: "alert.sweep", params: { id: state.id, round: state.round, after: state.after } }]
      : [],
};
