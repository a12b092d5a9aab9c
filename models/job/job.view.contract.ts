/** What is told of a job: how far it is, how fast, and what came of it. */
import Joi from "../kernel/schema";
import { idSchema, plainText, versionSchema } from "../kernel/text";

export interface JobId {
  readonly id: string;
}

/**
 * What has been done so far; for an export, rows are products (or things) and `changed`, `failed` and `skipped` stay 0.
 * For a rebuild rows are sources, and failed are those that the index refused, or that differ.
 */
export interface JobCounts {
  readonly rows: number;
  /** Rows that an earlier run of the job had brought in. */
  readonly skipped: number;
  readonly failed: number;
  readonly changed: number;
  readonly commands: number;
}

export interface JobProgress extends JobCounts {
  /** 0 to 1. */
  readonly fraction: number;
}

export type JobStatus = "requested" | "running" | "finished" | "failed" | "cancelled";

/** `takeout`: all that is kept about whoever asked; `drift`: a rebuild that only compares. */
export type JobTask = "import" | "export" | "takeout" | "rebuild" | "drift";

export interface JobView extends JobId {
  readonly version: number;
  readonly status: JobStatus;
  readonly task: JobTask;
  /** Format of an import, form of an export (`csv`, `location.csv`), projection of a rebuild; of a takeout `json`. */
  readonly form: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** How often it was begun: more than once when who ran it went away. */
  readonly runs: number;
  readonly progress: JobProgress;
  /** Rows per second in this run; null before there is a pace. */
  readonly rowsPerSecond: number | null;
  /** Seconds that it will still take at this pace; null when nobody knows. */
  readonly secondsLeft: number | null;
  /** Why it failed, for a person. */
  readonly reason: string | null;
  /** Where rows that failed are told, one JSON object per line; null when there are none. */
  readonly problems: string | null;
  /** Where a finished export is found. */
  readonly result: string | null;
}

const count = Joi.number().integer().min(0).required();
export const jobCounts = {
  rows: count,
  skipped: count,
  failed: count,
  changed: count,
  commands: count,
  fraction: Joi.number().min(0).max(1).required(),
};
export const jobMoment = Joi.string().isoDate().max(30);
const perhaps = jobMoment.allow(null).required();
const number = Joi.number().min(0).allow(null).required();
const link = plainText(300).allow(null).required();

export const jobViewSchema = Joi.object<JobView, true>({
  id: idSchema.required(),
  version: versionSchema.required(),
  status: Joi.string().valid("requested", "running", "finished", "failed", "cancelled").required(),
  task: Joi.string().valid("import", "export", "takeout", "rebuild", "drift").required(),
  form: plainText(32).required(),
  requestedBy: plainText(200).required(),
  requestedAt: jobMoment.required(),
  startedAt: perhaps,
  endedAt: perhaps,
  runs: count,
  progress: Joi.object<JobProgress, true>(jobCounts).required(),
  rowsPerSecond: number,
  secondsLeft: number,
  reason: plainText(2_000).allow(null).required(),
  problems: link,
  result: link,
});
