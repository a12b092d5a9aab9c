/**
 * A projection made anew, or compared with the histories, as a job. Stopped, it leaves its half-filled index: the next
 * rebuild of the same projection goes on from there.
 */
import { writeFile } from "node:fs/promises";
import { projectionNamed } from "../../indexers";
import type { Progress } from "../../indexers/kernel/rebuild";
import { aggregatesOf } from "../../indexers/kernel/projection";
import type { JobProgress } from "../../models/job/job.contract";
import { jobPaths } from "../../services/gateway/job-paths";
import { told } from "../stores/told";
import type { Work } from "./work";

interface AskedRebuild {
  readonly task: "rebuild" | "drift";
  readonly projection: string;
}

class Stopped extends Error {}

const NONE = { skipped: 0, failed: 0, changed: 0, commands: 0 } as const;
/** Filling is most of it; comparing comes after. */
const FILL_SHARE = 0.8;
const ALMOST = 0.99;

const shareOf = ({ phase, done, total }: Progress): number => {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  return Math.min(ALMOST, phase === "fill" ? share * FILL_SHARE : FILL_SHARE + share * (1 - FILL_SHARE));
};

/** Where whoever asks for the problems of a job finds them. */
const tell = ({ id, folder }: Work, findings: readonly object[]): Promise<void> =>
  writeFile(jobPaths(folder).problems(id), findings.map((finding) => `${JSON.stringify(finding)}\n`).join(""));

async function rebuilt(work: Work, projection: string): Promise<JobProgress> {
  const { histories, readSide, signal, progress } = work;
  const onProgress = (told: Progress): void => {
    if (signal.aborted) throw new Stopped();
    progress({ ...NONE, rows: told.done, fraction: shareOf(told) });
  };
  const { rows, refused } = await readSide.rebuild({ projection, histories, onProgress });
  if (refused.length > 0) await tell(work, refused);
  return { ...NONE, rows, failed: refused.length, changed: rows, fraction: 1 };
}

async function compared(work: Work, projection: string): Promise<JobProgress> {
  const { readSide, signal, progress } = work;
  const aggregates = aggregatesOf(projectionNamed(projection));
  const histories = work.histories.filter(({ aggregate }) => aggregates.includes(aggregate));
  const total = (await Promise.all(histories.map((one) => one.count()))).reduce((sum, count) => sum + count, 0);
  let rows = 0;
  const look = (more: number): void => {
    if (signal.aborted) throw new Stopped();
    rows += more;
    progress({ ...NONE, rows, fraction: Math.min(ALMOST, rows / Math.max(1, total)) });
  };
  const { sources, findings } = await readSide.drift({ projection, histories: told(histories, look) });
  if (findings.length > 0) await tell(work, findings);
  return { ...NONE, rows: sources, failed: findings.length, fraction: 1 };
}

export async function doRebuild(work: Work, { task, projection }: AskedRebuild): Promise<void> {
  try {
    work.progress(await (task === "rebuild" ? rebuilt : compared)(work, projection));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}
