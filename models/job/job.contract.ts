import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import { jobCounts, jobMoment, jobViewSchema, type JobId, type JobProgress, type JobView } from "./job.view.contract";

export type { JobCounts, JobId, JobProgress, JobStatus, JobTask, JobView } from "./job.view.contract";

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

/** Whoever runs a job has it until this moment, and says again and again that it goes on. */
export interface Leased {
  readonly leaseUntil: string;
}

export interface ReportJob extends JobId, JobProgress, Leased {}

export interface FinishJob extends JobId, JobProgress {}

export interface FailJob extends JobId {
  readonly reason: string;
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
const write = { permission: "job.write", owner: "platform" } as const;
/** Only the mall itself, which runs the jobs. */
const inside = { kind: "command", key: "id", permission: "job.run", owner: "platform" } as const;

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
      params: Joi.object<ReportJob, true>({ id, ...jobCounts, leaseUntil: jobMoment.required() }),
    },
    "job.finish": {
      ...inside,
      summary: "A job has done what it should",
      params: Joi.object<FinishJob, true>({ id, ...jobCounts }),
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
      result: jobViewSchema,
      permission: "job.read",
      owner: "platform",
      http: { method: "GET", path: "/v1/jobs/{id}" },
    },
  },
};
