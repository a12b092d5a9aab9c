/**
 * Runs the jobs that this process has begun: it hears of a `job.started` of its own, does the work, and says every few
 * seconds how far it is, which also keeps the job. When the process goes away, that word fails to come, and a durable
 * timer has the job begun again, here or elsewhere: it goes on where it was, for every step bears being done twice.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Logger } from "pino";
import type { JobState, KnownJob } from "../../models/job/job.aggregate";
import type { JobProgress } from "../../models/job/job.contract";
import type { Histories } from "../../models/kernel/histories";
import type { Commit } from "../../models/kernel/row";
import type { Principal } from "../../services/kernel/call";
import type { Announced } from "../../services/kernel/delivery";
import { MallUnreachable, type Mall, type Outcome } from "../client/mall";
import { folderPaths } from "../folder/folder";
import type { Takeouts } from "../takeout/takeouts";
import { sentenceOf } from "../terminal/sentence";
import { doWork, type Anew } from "./work";

export interface JobsOptions {
  readonly dataDir: string;
  readonly histories: readonly Histories[];
  readonly readSide: Anew;
  readonly takeouts: Takeouts;
  readonly mall: (principal: Principal, trace: string) => Mall;
  readonly log: Logger;
}

export interface Jobs {
  /** What this process has committed. */
  heard(commits: readonly Announced[]): void;
  stop(): Promise<void>;
}

const REPORT_EVERY_MS = 2_000;
const LEASE_MS = 8_000;
/** What an import does, it does in the name of whoever asked for it. */
const IMPORT_PERMISSIONS = ["channel.write", "product.write", "offer.write", "stock.write"];
const RUNNER: Principal = { id: "jobs", permissions: ["job.run"] };

interface Running {
  readonly stopping: AbortController;
  ended: Promise<void>;
}

type Started = KnownJob & { readonly status: "running" };

/** Says how far a job is, as commands to it: each once, and none after it has ended. */
function reporter(mall: Mall, id: string, { runs, progress }: Started, stopping: AbortController) {
  let latest: JobProgress = progress;
  let count = 0;
  const send = async (action: string, params: object): Promise<Outcome> => {
    const idempotencyKey = `${id}/${runs}/${count++}`;
    const outcome = await mall.send({ action, params: { id, ...params }, idempotencyKey });
    // cancelled, or begun by another meanwhile
    if (!outcome.ok) stopping.abort();
    return outcome;
  };
  const report = () =>
    send("job.report", { ...latest, leaseUntil: new Date(Date.now() + LEASE_MS).toISOString() }).catch(() => undefined);
  const timer = setInterval(() => void report(), REPORT_EVERY_MS);
  return {
    update: (found: JobProgress): void => void (latest = found),
    quiet: () => clearInterval(timer),
    finish: () => send("job.finish", latest),
    fail: (reason: string) => send("job.fail", { reason: reason.slice(0, 2_000) }),
  };
}

async function run(options: JobsOptions, id: string, state: Started, stopping: AbortController): Promise<void> {
  const { dataDir, histories, readSide, takeouts, mall, log } = options;
  const { asked } = state;
  const reports = reporter(mall(RUNNER, id), id, state, stopping);
  try {
    const folder = path.resolve(folderPaths(dataDir).jobs);
    await mkdir(folder, { recursive: true });
    const requester = mall({ id: asked.requestedBy, permissions: IMPORT_PERMISSIONS }, id);
    const { signal } = stopping;
    const work = { id, asked, folder, mall: requester, histories, readSide, takeouts, signal };
    await doWork({ ...work, progress: reports.update });
    reports.quiet();
    if (!signal.aborted) await reports.finish();
  } catch (error) {
    reports.quiet();
    // what is not known to be in vain is begun again when its lease has ended
    if (stopping.signal.aborted || error instanceof MallUnreachable) return;
    log.warn({ job: id, err: error }, "A job failed");
    await reports.fail(sentenceOf(error));
  }
}

export function createJobs(options: JobsOptions): Jobs {
  const running = new Map<string, Running>();
  let stopped = false;
  function begin(id: string, state: Started): void {
    // begun again while it still runs here: it was only late to say so
    if (stopped || running.has(id)) return;
    const stopping = new AbortController();
    const one: Running = { stopping, ended: Promise.resolve() };
    running.set(id, one);
    one.ended = run(options, id, state, stopping)
      .catch((error: unknown) => options.log.error({ job: id, err: error }, "How a job ended could not be told"))
      .finally(() => running.delete(id));
  }
  return {
    heard(commits) {
      for (const { aggregate, aggregateId, body } of commits) {
        if (aggregate !== "job") continue;
        const { events, state: job } = JSON.parse(body) as Commit<JobState>;
        const type = events.at(-1)?.type;
        if (type === "job.started" && job.status === "running") begin(aggregateId, job);
        if (type === "job.cancelled") running.get(aggregateId)?.stopping.abort();
      }
    },
    async stop() {
      stopped = true;
      for (const { stopping } of running.values()) stopping.abort();
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}
