import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { AssessmentCalls, AssessmentStatus, OpenAssessment } from "./assessment.contract";

export interface KnownAssessment extends Omit<OpenAssessment, "id"> {
  readonly status: AssessmentStatus;
  readonly openedAt: Iso;
  readonly decidedAt: Iso | null;
  readonly note: string | null;
}

export type AssessmentState = { readonly status: "absent" } | KnownAssessment;

export type AssessmentEvent =
  | { readonly type: "assessment.opened"; readonly data: Omit<OpenAssessment, "id"> & { readonly at: Iso } }
  | {
      readonly type: "assessment.decided";
      readonly data: { readonly status: AssessmentStatus; readonly note: string | null; readonly at: Iso };
    };

type Commands = "open" | "release" | "releaseTogether" | "reject" | "lapse";
export type AssessmentCommands = { [N in `assessment.${Commands}`]: AssessmentCalls[N]["params"] };

function existing(state: AssessmentState): KnownAssessment {
  if (state.status === "absent") return refuse("NOT_FOUND", "No payment of this checkout is held for a look.");
  return state;
}

interface Wanted {
  readonly to: AssessmentStatus;
  readonly note?: string | undefined;
  readonly at: Iso;
}

/** Saying the same again changes nothing. */
function decided(state: KnownAssessment, { to, note, at }: Wanted): readonly AssessmentEvent[] {
  if (state.status === to) return [];
  if (state.status !== "waiting") {
    refuse("ASSESSMENT_STATUS", `Somebody was faster: the payment is ${state.status}.`, { status: state.status });
  }
  return [{ type: "assessment.decided", data: { status: to, note: note ?? null, at } }];
}

export const assessment: Aggregate<AssessmentState, AssessmentCommands, AssessmentEvent> = {
  name: "assessment",
  schema: 2,
  initial: { status: "absent" },
  decide: {
    "assessment.open": (state, { id: _id, ...opened }, at) =>
      state.status === "absent" ? [{ type: "assessment.opened", data: { ...opened, at } }] : [],
    "assessment.release": (state, { note }, at) => {
      const known = existing(state);
      const { amountMinor, releaseAloneMaxMinor: limitMinor } = known;
      if (amountMinor > limitMinor) {
        refuse("ASSESSMENT_LARGE", "Above the limit two people release a payment: ask for that.", { limitMinor });
      }
      return decided(known, { to: "released", note, at });
    },
    "assessment.releaseTogether": (state, { note }, at) => decided(existing(state), { to: "released", note, at }),
    "assessment.reject": (state, { note }, at) => decided(existing(state), { to: "rejected", note, at }),
    "assessment.lapse": (state, _params, at) =>
      state.status === "waiting" ? decided(state, { to: "lapsed", at }) : [],
  },
  evolve: {
    "assessment.opened": (_state, { at, ...opened }) => ({
      ...opened,
      ...{ status: "waiting", openedAt: at, decidedAt: null, note: null },
    }),
    "assessment.decided": (state, { status, note, at }) => ({
      ...(state as KnownAssessment),
      ...{ status, note, decidedAt: at },
    }),
  },
  // whoever decides, the checkout or the supplement hears of it: it has the same id
  due: (state) =>
    (state.status === "released" || state.status === "rejected") && state.decidedAt !== null
      ? [{ at: state.decidedAt, command: `${state.listener ?? "checkout"}.resume`, params: {} }]
      : [],
};
