import type { Aggregate, Due } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type { ExperimentContent } from "./experiment.content.contract";
import type { ExperimentCalls, ReviseExperiment, ScheduleExperiment } from "./experiment.contract";

interface Drawn {
  readonly content: ExperimentContent;
  /** When it begins and ends by itself. */
  readonly from: Iso | null;
  readonly until: Iso | null;
}

interface Begun extends Drawn {
  readonly startedAt: Iso;
}

export type ExperimentState =
  | { readonly status: "absent" }
  | (Drawn & { readonly status: "draft" })
  | (Begun & { readonly status: "running" })
  | (Begun & { readonly status: "stopped"; readonly stoppedAt: Iso; readonly winner: string | null });

type Known = Exclude<ExperimentState, { readonly status: "absent" }>;
type Changes = Omit<ReviseExperiment, "id">;
type Schedule = Pick<Drawn, "from" | "until">;

export type ExperimentEvent =
  | { readonly type: "experiment.created"; readonly data: ExperimentContent }
  | { readonly type: "experiment.revised"; readonly data: Changes }
  | { readonly type: "experiment.scheduled"; readonly data: Schedule }
  | { readonly type: "experiment.started"; readonly data: { readonly at: Iso } }
  | {
      readonly type: "experiment.stopped";
      readonly data: { readonly at: Iso; readonly winner: string | null; readonly why?: string };
    };

type Name = "create" | "revise" | "schedule" | "start" | "stop";

export type ExperimentCommands = {
  [N in `experiment.${Name}`]: ExperimentCalls[N]["params"];
};

/** A little more than everybody is somebody's rounding. */
const EVERYBODY = 1 + 1e-9;
const PAIR = 2;

function checked(content: ExperimentContent): ExperimentContent {
  const shares = content.arms.reduce((sum, { share }) => sum + share, 0);
  if (shares > EVERYBODY) {
    refuse("EXPERIMENT_ARMS", "The arms take more than everybody: their shares come to more than 1.", { shares });
  }
  if (content.design === "interleaved" && (content.arms.length !== PAIR || content.metric !== "click")) {
    refuse(
      "EXPERIMENT_ARMS",
      "In one list two arms take turns, and clicks tell which is preferred: give two, by click.",
    );
  }
  return content;
}

function existing(state: ExperimentState): Known {
  return state.status === "absent" ? refuse("NOT_FOUND", "There is no such experiment.") : state;
}

function draftOf(state: ExperimentState): Known {
  const known = existing(state);
  if (known.status !== "draft")
    refuse("EXPERIMENT_STATUS", "What was begun stays as it is: draw up another experiment.");
  return known;
}

/** When it begins: what runs has begun. */
function beginsAt(known: Known, from: Iso | undefined): Iso | null {
  if (known.status === "stopped") return refuse("EXPERIMENT_STATUS", "This experiment was ended already.");
  if (known.status === "running" && from !== undefined) {
    return refuse("EXPERIMENT_STATUS", "This experiment runs: only when it ends can be said.");
  }
  return from ?? known.from;
}

function scheduled(state: ExperimentState, { from, until }: ScheduleExperiment, now: Iso): Schedule {
  const begins = beginsAt(existing(state), from);
  const earliest = begins !== null && begins > now ? begins : now;
  if (until !== undefined && until <= earliest) {
    refuse("EXPERIMENT_TIMES", "The experiment would end before it begins, or is over.");
  }
  return { from: begins, until: until ?? null };
}

/** The state to which an event applies: `decide` has seen to it that there is one. */
const kept = (state: ExperimentState): Known => state as Known;

export const experiment: Aggregate<ExperimentState, ExperimentCommands, ExperimentEvent> = {
  name: "experiment",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "experiment.create": (state, content) => {
      if (state.status !== "absent") refuse("ALREADY_EXISTS", "This experiment is drawn up already.");
      return [{ type: "experiment.created", data: checked(content) }];
    },
    "experiment.revise": (state, { id: _id, ...changes }) => {
      checked({ ...draftOf(state).content, ...changes });
      return [{ type: "experiment.revised", data: changes }];
    },
    "experiment.schedule": (state, params, now) => [
      { type: "experiment.scheduled", data: scheduled(state, params, now) },
    ],
    "experiment.start": (state, _params, now) => {
      if (existing(state).status === "running") return [];
      draftOf(state);
      return [{ type: "experiment.started", data: { at: now } }];
    },
    "experiment.stop": (state, { winner = null, why }, now) => {
      const { status, content } = existing(state);
      if (status === "stopped") return [];
      if (status === "draft") return refuse("EXPERIMENT_STATUS", "This experiment was not begun yet.");
      if (winner !== null && !content.arms.some(({ name }) => name === winner)) {
        return refuse("EXPERIMENT_ARMS", `"${winner}" is no arm of this experiment.`, { winner });
      }
      return [{ type: "experiment.stopped", data: { at: now, winner, ...(why !== undefined && { why }) } }];
    },
  },
  evolve: {
    "experiment.created": (_state, content) => ({ status: "draft", content, from: null, until: null }),
    "experiment.revised": (state, changes) => {
      const known = kept(state);
      return { ...known, content: { ...known.content, ...changes } };
    },
    "experiment.scheduled": (state, schedule) => ({ ...kept(state), ...schedule }),
    "experiment.started": (state, { at }) => ({ ...kept(state), status: "running", startedAt: at }),
    "experiment.stopped": (state, { at, winner }) => ({
      ...(kept(state) as Known & Begun),
      status: "stopped",
      stoppedAt: at,
      winner,
    }),
  },
  due: (state): Due[] => {
    if (state.status === "draft" && state.from !== null) {
      return [{ at: state.from, command: "experiment.start", params: {} }];
    }
    const ends = state.status === "running" ? state.until : null;
    return ends === null ? [] : [{ at: ends, command: "experiment.stop", params: {} }];
  },
};
