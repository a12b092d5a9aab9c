/** Writes what was asked for, one person after the other: each reads whole histories, and none is in a hurry. */
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { JobProgress } from "../../models/job/job.contract";
import { TAKEOUT_KEPT_MS } from "../../models/account/own-data.contract";
import { sealedLines } from "../../models/kernel/sealed-text";
import { createTurns } from "../../models/kernel/turns";
import { jobPaths } from "../../services/gateway/job-paths";
import { aboutPeople, takeoutText, type TakeoutSources } from "./takeout-text";

export interface Takeouts {
  /** @throws Error with a sentence for a person when it cannot be done */
  write(ask: AskedTakeout): Promise<void>;
}

export interface AskedTakeout {
  /** The job's id. */
  readonly id: string;
  readonly person: string;
  /** Where the files of jobs lie. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly progress: (progress: JobProgress) => void;
}

export interface TakeoutsOptions {
  readonly sources: TakeoutSources;
  /** The person's key. @throws SUBJECT_ERASED */
  key(person: string): Promise<Buffer>;
}

const NONE = { skipped: 0, failed: 0, changed: 0, commands: 0 } as const;
const ALMOST = 0.99;

/** What nobody can fetch any more, also what a process left half written. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found && Date.now() - found.mtimeMs > TAKEOUT_KEPT_MS) await rm(file, { force: true });
  }
}

async function totalOf(sources: TakeoutSources): Promise<number> {
  const kinds = aboutPeople(sources.kept).map(({ aggregate }) => aggregate.name);
  const counts = await Promise.all(kinds.map((kind) => sources.histories(kind).count()));
  return counts.reduce((sum, count) => sum + count, 0);
}

export function createTakeouts(options: TakeoutsOptions): Takeouts {
  const { sources } = options;
  const inTurn = createTurns(1);
  async function written({ id, person, folder, signal, progress }: AskedTakeout): Promise<void> {
    const paths = jobPaths(folder);
    const file = paths.takeout(id);
    await mkdir(paths.takeouts, { recursive: true });
    await sweep(paths.takeouts);
    const total = await totalOf(sources);
    let rows = 0;
    const text = takeoutText({
      sources,
      person,
      until: new Date().toISOString(),
      progress: (looked, found) => {
        rows = found;
        progress({ ...NONE, rows, fraction: Math.min(ALMOST, looked / Math.max(1, total)) });
      },
    });
    const part = `${file}.part`;
    const lines = sealedLines(await options.key(person), id, text);
    await pipeline(Readable.from(lines), createWriteStream(part), { signal });
    await rename(part, file);
    progress({ ...NONE, rows, fraction: 1 });
  }
  return {
    write: (ask) => inTurn(async () => (ask.signal.aborted ? undefined : written(ask))),
  };
}
