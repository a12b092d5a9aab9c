/** How each kind of job is done. Throws what it failed of; a job that was told to stop just ends. */
import { createWriteStream, existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Asked } from "../../models/job/job.aggregate";
import type { JobProgress } from "../../models/job/job.contract";
import type { Histories } from "../../models/kernel/histories";
import { jobPaths } from "../../services/gateway/job-paths";
import { channelIdOf } from "../client/channel";
import type { Mall } from "../client/mall";
import { createTokens, whenSearchable } from "../client/settled";
import type { createReadSide } from "../../indexers";
import { forms } from "../export/forms";
import { exportText, readFor, type ExportJob } from "../export/run-export";
import { formats } from "../import/formats";
import { importFile } from "../import/import-file";
import type { Counts } from "../import/run-import";
import type { Takeouts } from "../takeout/takeouts";
import { doRebuild } from "./rebuild";

/** The read side as far as jobs make it anew, or compare it. */
export type Anew = Pick<ReturnType<typeof createReadSide>, "rebuild" | "drift">;

export interface Work {
  readonly id: string;
  readonly asked: Asked;
  /** Absolute; see services/gateway/job-paths.ts. */
  readonly folder: string;
  /** In the name of whoever asked. */
  readonly mall: Mall;
  readonly histories: readonly Histories[];
  readonly readSide: Anew;
  readonly takeouts: Takeouts;
  readonly signal: AbortSignal;
  readonly progress: (progress: JobProgress) => void;
}

const CONCURRENCY = 32;
const SEARCHABLE_WITHIN_MS = 600_000;

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is nothing called "${name}"`);
  return found;
}

const progressOf = ({ rows, skipped, failed, changed, commands }: Counts, fraction: number): JobProgress => ({
  ...{ rows, skipped, failed, changed, commands },
  fraction: Math.min(1, Math.max(0, fraction)),
});

async function doImport(work: Work, asked: Asked & { task: "import" }): Promise<void> {
  const { id, folder, mall, signal, progress } = work;
  const paths = jobPaths(folder);
  const file = paths.file(asked.file);
  if (!existsSync(file)) throw new Error(`The file ${asked.file} is not here (any more): upload it and ask again.`);
  const channelId = await channelIdOf(mall, asked.channel);
  const tokens = createTokens();
  const counts = await importFile({
    file,
    format: named(formats, asked.format),
    currency: asked.currency,
    mall,
    where: "here",
    principalId: asked.requestedBy,
    channelId,
    tokens,
    concurrency: CONCURRENCY,
    folder,
    reportFile: paths.problems(id),
    // all but everything: it has ended when it can be found
    progress: (found, fraction) => progress(progressOf(found, Math.min(0.99, fraction))),
    signal,
  });
  if (signal.aborted) return;
  await whenSearchable({ mall, tokens, channelId, timeoutMs: SEARCHABLE_WITHIN_MS, now: Date.now });
  progress(progressOf(counts, 1));
}

async function doExport(work: Work, asked: Asked & { task: "export" }): Promise<void> {
  const { id, folder, histories, signal, progress } = work;
  const file = jobPaths(folder).result(id);
  const read = readFor(asked.of ?? "catalogue");
  const of = histories.filter(({ aggregate }) => read.includes(aggregate));
  const counts = await Promise.all(of.map((one) => one.count()));
  const none = { skipped: 0, failed: 0, changed: 0, commands: 0 };
  const job: ExportJob = {
    histories: of,
    form: named(forms, asked.form),
    of: asked.of,
    until: new Date().toISOString(),
    total: counts.reduce((sum, count) => sum + count, 0),
    progress: (fraction, { rows }) => progress({ ...none, rows, fraction: Math.min(1, fraction) }),
  };
  const part = `${file}.part`;
  await pipeline(Readable.from(exportText(job)), createWriteStream(part), { signal });
  await rename(part, path.resolve(file));
}

export function doWork(work: Work): Promise<void> {
  const { asked } = work;
  if (asked.task === "import") return doImport(work, asked);
  if (asked.task === "export") return doExport(work, asked);
  if (asked.task === "takeout") return work.takeouts.write({ ...work, person: asked.requestedBy });
  return doRebuild(work, asked);
}
