import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";

export const IMPORT_FORMATS = ["jsonl", "icecat", "bestbuy", "pricerunner", "saleor"] as const;
export const EXPORT_FORMS = ["jsonl", "csv"] as const;
/** Kinds of things that can be exported by themselves, each as its history shows it to everybody who may look. */
export const EXPORTED_KINDS = [
  ...(["channel", "category", "collection", "asset", "product", "offer", "stock", "location", "pricelist"] as const),
  ...(["seller", "membership", "role", "account"] as const),
] as const;
/** `catalogue`: every product with its offers and stock, as `jsonl` imports them. */
export const EXPORTABLE = ["catalogue", ...EXPORTED_KINDS] as const;
export type ExportedKind = (typeof EXPORTED_KINDS)[number];
export type Exportable = (typeof EXPORTABLE)[number];

/** Brings an uploaded file into the mall, as `stoa import` does. */
export interface RequestImport {
  readonly format: (typeof IMPORT_FORMATS)[number];
  /** What `POST /v1/jobs/files` answered. */
  readonly file: string;
  /** Code of the channel in which products are listed; `main` when not said. */
  readonly channel?: string;
  /** Of prices, where the file names none; `USD` when not said. */
  readonly currency?: string;
}

/** Writes the catalogue, or all things of one kind, as `stoa export` does. */
export interface RequestExport {
  readonly form: (typeof EXPORT_FORMS)[number];
  /** The catalogue, when not said. */
  readonly of?: Exportable;
}

/** Makes a projection anew from the histories while the old one serves, or only compares the two. */
export interface RequestRebuild {
  readonly projection: string;
  /** Nothing is written: what differs from the histories is told. */
  readonly dryRun?: boolean;
}

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

/** Whoever runs a job has it until this moment, and says again and again that it goes on. */
export interface Leased {
  readonly leaseUntil: string;
}

export interface ReportJob extends JobId, JobProgress, Leased {}

export interface FinishJob extends JobId, JobProgress {}

export interface FailJob extends JobId {
  readonly reason: string;
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

export interface JobCalls {
  "job.import": { params: RequestImport; result: Receipt };
  "job.export": { params: RequestExport; result: Receipt };
  "job.rebuild": { params: RequestRebuild; result: Receipt };
  "job.takeout": { params: object; result: Receipt };
  "job.cancel": { params: JobId; result: Receipt };
  "job.start": { params: JobId; result: Receipt };
  "job.requeue": { params: JobId; result: Receipt };
  "job.report": { params: ReportJob; result: Receipt };
  "job.finish": { params: FinishJob; result: Receipt };
  "job.fail": { params: FailJob; result: Receipt };
  "job.get": { params: JobId; result: JobView };
}

const id = idSchema.required();
const byId = Joi.object<JobId, true>({ id });
const count = Joi.number().integer().min(0).required();
const counts = {
  rows: count,
  skipped: count,
  failed: count,
  changed: count,
  commands: count,
  fraction: Joi.number().min(0).max(1).required(),
};
const moment = Joi.string().isoDate().max(30);
const perhaps = moment.allow(null).required();
const number = Joi.number().min(0).allow(null).required();
const link = plainText(300).allow(null).required();
const write = { permission: "job.write", owner: "platform" } as const;
/** Only the mall itself, which runs the jobs. */
const inside = { kind: "command", key: "id", permission: "job.run", owner: "platform" } as const;

const view = Joi.object<JobView, true>({
  id,
  version: versionSchema.required(),
  status: Joi.string().valid("requested", "running", "finished", "failed", "cancelled").required(),
  task: Joi.string().valid("import", "export", "takeout", "rebuild", "drift").required(),
  form: plainText(32).required(),
  requestedBy: plainText(200).required(),
  requestedAt: moment.required(),
  startedAt: perhaps,
  endedAt: perhaps,
  runs: count,
  progress: Joi.object<JobProgress, true>(counts).required(),
  rowsPerSecond: number,
  secondsLeft: number,
  reason: plainText(2_000).allow(null).required(),
  problems: link,
  result: link,
});

export const jobContract: Contract<JobCalls> = {
  aggregate: "job",
  actions: {
    "job.import": {
      kind: "create",
      summary: "Import an uploaded file: products, their offers and stock",
      params: Joi.object<RequestImport, true>({
        format: Joi.string()
          .valid(...IMPORT_FORMATS)
          .required(),
        file: id,
        channel: idSchema,
        currency: currencySchema,
      }),
      ...write,
      http: { method: "POST", path: "/v1/jobs/imports" },
    },
    "job.export": {
      kind: "create",
      summary: "Export every product with its offers and stock, or all things of one kind",
      params: Joi.object<RequestExport, true>({
        form: Joi.string()
          .valid(...EXPORT_FORMS)
          .required(),
        of: Joi.string().valid(...EXPORTABLE),
      }),
      ...write,
      http: { method: "POST", path: "/v1/jobs/exports" },
    },
    "job.rebuild": {
      kind: "create",
      summary: "Make a projection anew from the histories while the old one serves, or only compare the two",
      params: Joi.object<RequestRebuild, true>({
        projection: Joi.string()
          .pattern(/^[a-z][a-z-]{1,40}$/, "projection")
          .required(),
        dryRun: Joi.boolean(),
      }),
      ...write,
      http: { method: "POST", path: "/v1/jobs/rebuilds" },
    },
    // asked for over `me.takeData`, by nobody but the person
    "job.takeout": {
      kind: "create",
      summary: "Write down all that the mall keeps about whoever asks",
      params: Joi.object<object, true>({}),
      permission: "job.run",
      owner: "platform",
    },
    "job.cancel": {
      kind: "command",
      key: "id",
      summary: "End a job: what it has done stays, and nothing more is done",
      params: byId,
      ...write,
      http: { method: "POST", path: "/v1/jobs/{id}/cancel" },
    },
    "job.start": { ...inside, summary: "Begin a job, or go on with it", params: byId },
    "job.requeue": { ...inside, summary: "Let another begin a job whose runner went away", params: byId },
    "job.report": {
      ...inside,
      summary: "Say how far a job is, and that somebody runs it",
      params: Joi.object<ReportJob, true>({ id, ...counts, leaseUntil: moment.required() }),
    },
    "job.finish": {
      ...inside,
      summary: "A job has done what it should",
      params: Joi.object<FinishJob, true>({ id, ...counts }),
    },
    "job.fail": {
      ...inside,
      summary: "A job could not be done",
      params: Joi.object<FailJob, true>({ id, reason: plainText(2_000).min(1).required() }),
    },
    "job.get": {
      kind: "query",
      key: "id",
      summary: "How far a job is, how fast, and what came of it",
      params: byId,
      result: view,
      permission: "job.read",
      owner: "platform",
      http: { method: "GET", path: "/v1/jobs/{id}" },
    },
  },
};
