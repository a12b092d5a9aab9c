/** Answers experiment.*, and makes the directory by which searches know whether an experiment runs. */
import { refuseKernel } from "../../models/kernel/refusal";
import type {
  ExperimentId,
  ExperimentList,
  ExperimentView,
  ListExperiments,
} from "../../models/experiment/experiment.contract";
import type { ExperimentReport } from "../../models/experiment/experiment.report.contract";
import { createDirectory, type Directory } from "../kernel/directory";
import type { QueryContext, QueryDeps } from "../kernel/query";
import { reportOf } from "./experiments.report.query";
import { unitsOf } from "./experiments.units.query";

export interface ExperimentBook {
  /** By name. */
  readonly all: readonly ExperimentView[];
  /** Those that run, the oldest first. */
  readonly running: readonly ExperimentView[];
  readonly get: (id: string) => ExperimentView | undefined;
}

export type Experiments = Directory<ExperimentBook>;

const FIELDS = ["id", "version", "status", "content", "from", "until", "startedAt", "stoppedAt", "winner"];
const DOCUMENTS_MAX = 5_000;
/** A search that does not know of an experiment yet is a plain one: nobody waits for this. */
const AGE_MS_MAX = 2_000;

const byName = (a: ExperimentView, b: ExperimentView): number =>
  a.content.name < b.content.name || (a.content.name === b.content.name && a.id < b.id) ? -1 : 1;
const oldest = (a: ExperimentView, b: ExperimentView): number =>
  (a.startedAt ?? "") < (b.startedAt ?? "") || (a.startedAt === b.startedAt && a.id < b.id) ? -1 : 1;

export const experimentBookOf = (known: ReadonlyMap<string, ExperimentView>): ExperimentBook => ({
  all: [...known.values()].sort(byName),
  running: [...known.values()].filter(({ status }) => status === "running").sort(oldest),
  get: (id) => known.get(id),
});

export const createExperiments = (deps: QueryDeps): Experiments =>
  createDirectory<ExperimentView, ExperimentBook>({
    ...{ deps, projection: "experiments", fields: FIELDS, documentsMax: DOCUMENTS_MAX, ageMsMax: AGE_MS_MAX },
    make: (all) => experimentBookOf(new Map(all)),
  });

export function experimentQueries(deps: QueryDeps, experiments: Experiments) {
  const get = async ({ id }: ExperimentId, context: QueryContext): Promise<ExperimentView> =>
    (await experiments(context)).get(id) ?? refuseKernel("NOT_FOUND", "There is no such experiment.", { id });
  return {
    "experiment.get": get,
    "experiment.list": async ({ status, limit }: ListExperiments, context: QueryContext): Promise<ExperimentList> => {
      const { all } = await experiments(context);
      return { items: all.filter((one) => status === undefined || one.status === status).slice(0, limit) };
    },
    "experiment.report": async (params: ExperimentId, context: QueryContext): Promise<ExperimentReport> =>
      reportOf(await get(params, context), await unitsOf(deps, params.id)),
  };
}
