import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import { refuse } from "../refusals";
import type {
  JobCalls,
  JobId,
  JobProgress,
  Leased,
  RequestExport,
  RequestImport,
  RequestRebuild,
} from "./job.contract";

/** What the job is to do. */
export type Task =
  | ({ readonly task: "import" } & Required<RequestImport>)
  | ({ readonly task: "export" } & RequestExport)
  | { readonly task: "takeout" }
  | { readonly task: "rebuild" | "drift"; readonly projection: string };

export type Asked = Task & { readonly requestedBy: string; readonly requestedAt: Iso };

interface Known {
  readonly asked: Asked;
  /** How often it was begun. */
  readonly runs: number;
  readonly progress: JobProgress;
  readonly startedAt: Iso | null;
}

export type KnownJob =
  | (Known & { readonly status: "requested" })
  | (Known & { readonly status: "running"; readonly startedAt: Iso; readonly leaseUntil: Iso })
  | (Known & { readonly status: "finished" | "cancelled"; readonly endedAt: Iso })
  | (Known & { readonly status: "failed"; readonly endedAt: Iso; readonly reason: string });

export type JobState = { readonly status: "absent" } | KnownJob;

export type JobEvent =
  | { readonly type: "job.requested"; readonly data: Asked }
  | { readonly type: "job.started"; readonly data: Leased & { readonly at: Iso } }
  | { readonly type: "job.requeued"; readonly data: object }
  | { readonly type: "job.reported"; readonly data: JobProgress & Leased }
  | { readonly type: "job.finished"; readonly data: JobProgress & { readonly at: Iso } }
  | { readonly type: "job.failed"; readonly data: { readonly reason: string; readonly at: Iso } }
  | { readonly type: "job.cancelled"; readonly data: { readonly at: Iso } };

type Params = { [N in Exclude<keyof JobCalls, "job.get">]: JobCalls[N]["params"] };

type JobAsks = "job.import" | "job.export" | "job.rebuild" | "job.takeout";

/** The service says who asks and until when a run has the job. */
export interface JobCommands extends Omit<Params, JobAsks | "job.start"> {
  "job.import": RequestImport & { readonly requestedBy: string };
  "job.export": RequestExport & { readonly requestedBy: string };
  "job.rebuild": RequestRebuild & { readonly requestedBy: string };
  "job.takeout": { readonly requestedBy: string };
  "job.start": JobId & Leased;
}

const NOTHING: JobProgress = { rows: 0, skipped: 0, failed: 0, changed: 0, commands: 0, fraction: 0 };
const CHANNEL = "main";
const CURRENCY = "USD";
/** A job whose runner goes away so often is at fault itself. */
const RUNS_MAX = 20;

function absent(state: JobState): void {
  if (state.status !== "absent") refuse("ALREADY_EXISTS", "This job exists already.");
}

function existing(state: JobState): KnownJob {
  if (state.status === "absent") return refuse("NOT_FOUND", "There is no such job.");
  return state;
}

function running(state: JobState): KnownJob & { status: "running" } {
  const job = existing(state);
  if (job.status !== "running") return refuse("JOB_NOT_RUNNING", `The job is ${job.status}: nobody may run it now.`);
  return job;
}

const known = (state: JobState): KnownJob => state as KnownJob;

function kept(state: JobState): Known {
  const { asked, runs, progress, startedAt } = known(state);
  return { asked, runs, progress, startedAt };
}

export const job: Aggregate<JobState, JobCommands, JobEvent> = {
  name: "job",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "job.import": (state, params, now) => {
      absent(state);
      const asked = { channel: CHANNEL, currency: CURRENCY, ...params, task: "import" as const, requestedAt: now };
      return [{ type: "job.requested", data: asked }];
    },
    "job.export": (state, params, now) => {
      absent(state);
      return [{ type: "job.requested", data: { ...params, task: "export", requestedAt: now } }];
    },
    "job.rebuild": (state, { projection, dryRun = false, requestedBy }, now) => {
      absent(state);
      const task = dryRun ? "drift" : "rebuild";
      return [{ type: "job.requested", data: { task, projection, requestedBy, requestedAt: now } }];
    },
    "job.takeout": (state, { requestedBy }, now) => {
      absent(state);
      return [{ type: "job.requested", data: { task: "takeout", requestedBy, requestedAt: now } }];
    },
    "job.cancel": (state, _params, now) => {
      const { status } = existing(state);
      if (status === "cancelled") return [];
      if (status !== "requested" && status !== "running") refuse("JOB_ENDED", `The job is ${status} already.`);
      return [{ type: "job.cancelled", data: { at: now } }];
    },
    "job.start": (state, { leaseUntil }, now) => {
      const { status, runs } = existing(state);
      if (status !== "requested") refuse("JOB_NOT_REQUESTED", `The job is ${status}: it does not wait to be begun.`);
      if (runs < RUNS_MAX) return [{ type: "job.started", data: { leaseUntil, at: now } }];
      return [{ type: "job.failed", data: { reason: `Whoever ran it went away ${RUNS_MAX} times.`, at: now } }];
    },
    "job.requeue": (state, _params, now) => {
      const { leaseUntil } = running(state);
      if (now < leaseUntil) refuse("JOB_LEASED", `Somebody runs the job, and has it until ${leaseUntil}.`);
      return [{ type: "job.requeued", data: {} }];
    },
    "job.report": (state, { id: _id, ...progress }) => {
      running(state);
      return [{ type: "job.reported", data: progress }];
    },
    "job.finish": (state, { id: _id, ...progress }, now) => {
      running(state);
      return [{ type: "job.finished", data: { ...progress, at: now } }];
    },
    "job.fail": (state, { reason }, now) => {
      running(state);
      return [{ type: "job.failed", data: { reason, at: now } }];
    },
  },
  evolve: {
    "job.requested": (_state, asked) => ({ status: "requested", asked, runs: 0, progress: NOTHING, startedAt: null }),
    "job.started": (state, { leaseUntil, at }) => ({
      ...kept(state),
      status: "running",
      runs: known(state).runs + 1,
      startedAt: at,
      leaseUntil,
    }),
    "job.requeued": (state) => ({ ...kept(state), status: "requested" }),
    "job.reported": (state, { leaseUntil, ...progress }) => ({
      ...(state as KnownJob & { status: "running" }),
      progress,
      leaseUntil,
    }),
    "job.finished": (state, { at, ...progress }) => ({ ...kept(state), status: "finished", progress, endedAt: at }),
    "job.failed": (state, { reason, at }) => ({ ...kept(state), status: "failed", reason, endedAt: at }),
    "job.cancelled": (state, { at }) => ({ ...kept(state), status: "cancelled", endedAt: at }),
  },
  due: (state) => {
    if (state.status === "requested") return [{ at: state.asked.requestedAt, command: "job.start", params: {} }];
    return state.status === "running" ? [{ at: state.leaseUntil, command: "job.requeue", params: {} }] : [];
  },
};
