/**
 * Experiments on ranking: who searches sees one of several arms, always the same; what comes of it is counted, and
 * compared by a test that may be looked at whenever one likes. A guard says what must not suffer.
 */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { verbsOn } from "../kernel/verbs";
import { armName, contentKeys, revisable, type ExperimentContent } from "./experiment.content.contract";
import { reportSchema, type ExperimentReport } from "./experiment.report.contract";

export interface ExperimentId {
  readonly id: string;
}

export type ReviseExperiment = ExperimentId &
  Partial<Pick<ExperimentContent, "name" | "question" | "arms" | "metric" | "guards">>;

export interface ScheduleExperiment extends ExperimentId {
  /** When it begins; left out for one that runs. */
  readonly from?: string;
  /** When it ends; left out: when it is told to. */
  readonly until?: string;
}

export interface StopExperiment extends ExperimentId {
  /** The arm that is kept; left out where none was better. */
  readonly winner?: string;
  readonly why?: string;
}

export type ExperimentStatus = "draft" | "running" | "stopped";

export interface ExperimentView extends ExperimentId {
  readonly version: number;
  readonly status: ExperimentStatus;
  readonly content: ExperimentContent;
  /** Of its schedule, where it has one. */
  readonly from: string | null;
  readonly until: string | null;
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  readonly winner: string | null;
}

export interface ListExperiments {
  readonly status?: ExperimentStatus;
  readonly limit: number;
}

export interface ExperimentList {
  readonly items: readonly ExperimentView[];
}

export interface ExperimentCalls {
  "experiment.create": { params: ExperimentContent; result: Receipt };
  "experiment.revise": { params: ReviseExperiment; result: Receipt };
  "experiment.schedule": { params: ScheduleExperiment; result: Receipt };
  "experiment.start": { params: ExperimentId; result: Receipt };
  "experiment.stop": { params: StopExperiment; result: Receipt };
  "experiment.get": { params: ExperimentId; result: ExperimentView };
  "experiment.list": { params: ListExperiments; result: ExperimentList };
  "experiment.report": { params: ExperimentId; result: ExperimentReport };
}

export const EXPERIMENTS_MAX = 500;

const id = idSchema.required();
const byId = Joi.object<ExperimentId, true>({ id });
const moment = Joi.string().isoDate().max(30);
const known = moment.allow(null).required();
const status = Joi.string().valid("draft", "running", "stopped");

// not strict: Joi has no word for read-only lists
const viewSchema = Joi.object<ExperimentView>({
  id,
  version: versionSchema.required(),
  status: status.required(),
  content: Joi.object<ExperimentContent>(contentKeys).required(),
  ...{ from: known, until: known, startedAt: known, stoppedAt: known },
  winner: armName.allow(null).required(),
});

const ofChannel = { owner: "platform", channel: { field: "channel" } } as const;
const write = { permission: "experiment.write", ...ofChannel } as const;
const read = { kind: "query", permission: "experiment.read", owner: "platform" } as const;
const command = (summary: string) => ({ kind: "command", key: "id", summary, ...write }) as const;
const verb = verbsOn({ path: "/v1/experiments", ...write });

export const experimentContract: Contract<ExperimentCalls> = {
  aggregate: "experiment",
  actions: {
    "experiment.create": {
      ...write,
      kind: "create",
      summary: "Draw up an experiment on ranking",
      params: Joi.object<ExperimentContent>(contentKeys),
      http: { method: "POST", path: "/v1/experiments" },
    },
    "experiment.revise": {
      ...command("Change an experiment that was not begun; fields left out stay as they are"),
      params: Joi.object<ReviseExperiment>({ id, ...revisable }).min(2),
      http: { method: "PATCH", path: "/v1/experiments/{id}" },
    },
    "experiment.schedule": {
      ...command("Say when an experiment begins by itself, and when it ends; for one that runs, when it ends"),
      params: Joi.object<ScheduleExperiment, true>({ id, from: moment, until: moment }).or("from", "until"),
      http: { method: "POST", path: "/v1/experiments/{id}/schedule" },
    },
    "experiment.start": { ...verb("start", "Begin an experiment: who searches takes part from now on"), ...write },
    "experiment.stop": {
      ...command("End an experiment, with the arm that is kept"),
      params: Joi.object<StopExperiment, true>({ id, winner: armName, why: plainText(1_000) }),
      http: { method: "POST", path: "/v1/experiments/{id}/stop" },
    },
    "experiment.get": {
      ...read,
      summary: "An experiment as it stands; what it was is in its history",
      params: byId,
      result: viewSchema,
      http: { method: "GET", path: "/v1/experiments/{id}" },
    },
    "experiment.list": {
      ...read,
      summary: "The experiments on ranking, by name",
      params: Joi.object<ListExperiments, true>({
        status,
        limit: Joi.number().integer().min(1).max(EXPERIMENTS_MAX).default(50),
      }),
      result: Joi.object<ExperimentList>({ items: Joi.array().items(viewSchema).max(EXPERIMENTS_MAX).required() }),
      http: { method: "GET", path: "/v1/experiments" },
    },
    "experiment.report": {
      ...read,
      summary: "What came of an experiment so far, arm by arm; it may be looked at whenever one likes",
      params: byId,
      result: reportSchema,
      http: { method: "GET", path: "/v1/experiments/{id}/report" },
    },
  },
};
