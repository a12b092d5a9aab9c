import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { job, type JobCommands, type JobState, type KnownJob } from "../../models/job/job.aggregate";
import { jobContract, type JobId, type JobView } from "../../models/job/job.contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** For the first report to come; from then on every report says how long the run has the job. */
const LEASE_MS = 8_000;
/** A pace is none before so much of it was seen. */
const PACE_MS_MIN = 1_000;

const byCaller = <P extends object>(params: P, { meta }: CallSite) =>
  Promise.resolve({ ...params, requestedBy: meta.principal.id });

const leased = (params: JobId): Promise<JobCommands["job.start"]> =>
  Promise.resolve({ ...params, leaseUntil: new Date(Date.now() + LEASE_MS).toISOString() });

const rounded = (n: number): number => Math.round(n * 10) / 10;

/** How fast this run is, and how long it will still take. */
function paceOf(state: KnownJob, now: number): Pick<JobView, "rowsPerSecond" | "secondsLeft"> {
  const { startedAt, progress, status } = state;
  const untilMs = "endedAt" in state ? Date.parse(state.endedAt) : now;
  const elapsedMs = startedAt === null ? 0 : untilMs - Date.parse(startedAt);
  if (elapsedMs < PACE_MS_MIN || progress.rows === 0) return { rowsPerSecond: null, secondsLeft: null };
  const { rows, fraction } = progress;
  const left = status === "running" && fraction > 0 ? ((1 - fraction) * elapsedMs) / fraction / 1_000 : null;
  return { rowsPerSecond: rounded((rows * 1_000) / elapsedMs), secondsLeft: left === null ? null : rounded(left) };
}

function formOf(asked: KnownJob["asked"]): string {
  if (asked.task === "import") return asked.format;
  if (asked.task === "takeout") return "json";
  if (asked.task !== "export") return asked.projection;
  return asked.of === undefined ? asked.form : `${asked.of}.${asked.form}`;
}

function viewOf(id: string, version: number, state: KnownJob): JobView {
  const { asked, status, runs, progress, startedAt } = state;
  const { task, requestedBy, requestedAt } = asked;
  const found = status === "finished" && task === "export";
  return {
    id,
    version,
    status,
    task,
    form: formOf(asked),
    requestedBy,
    requestedAt,
    startedAt,
    endedAt: "endedAt" in state ? state.endedAt : null,
    runs,
    progress,
    ...paceOf(state, Date.now()),
    reason: status === "failed" ? state.reason : null,
    problems: progress.failed > 0 ? `/v1/jobs/${id}/problems` : null,
    result: found ? `/v1/jobs/${id}/result` : null,
  };
}

export const jobService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "job");
  return aggregateService(node, {
    contract: anyContract(jobContract),
    aggregate: erased(job),
    prepare: {
      "job.import": byCaller,
      "job.export": byCaller,
      "job.rebuild": byCaller,
      "job.takeout": byCaller,
      "job.start": leased,
    },
    queries: {
      "job.get": async ({ id }: JobId): Promise<JobView> => {
        const { version, state } = await newestOrRefuse<JobState>(reader, id, "job");
        return viewOf(id, version, state);
      },
    },
  });
};
