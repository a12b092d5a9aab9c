/** One import from the first line to the last: reads, checks, sends, and keeps account. I/O comes in as arguments. */
import { inParallel } from "../client/in-parallel";
import type { Mall } from "../client/mall";
import type { Tokens } from "../client/settled";
import { problemWith } from "./check";
import type { Entry, Format } from "./entry";
import type { PositionFile, Tracker } from "./position";
import type { FormatOptions } from "./record";
import type { Report } from "./report";
import { sendRecord, type Sent } from "./send";
import type { Source } from "./source";
import { stepsOf, type Step, type StepOptions } from "./steps";

export interface Counts {
  /** Rows looked at in this run. */
  rows: number;
  /** Rows that an earlier run had brought in. */
  skipped: number;
  failed: number;
  /** Commands that were accepted. */
  commands: number;
  /** Rows whose content has changed since they were imported. */
  changed: number;
}

export interface ImportJob {
  readonly source: Source;
  readonly format: Format;
  readonly formatOptions: FormatOptions;
  readonly stepOptions: StepOptions;
  /** Null: check only. */
  readonly mall: Mall | null;
  readonly tokens: Tokens;
  readonly concurrency: number;
  readonly tracker: Tracker;
  readonly position: PositionFile;
  readonly report: Report;
  readonly progress: (counts: Counts, fraction: number) => void;
  readonly now: () => number;
  /** Aborted, it begins nothing more. */
  readonly signal?: AbortSignal;
}

const SAVE_EVERY_MS = 1_000;

type Checked = { readonly id: string | null } & (
  { readonly steps: readonly Step[] } | { readonly step: string; readonly problem: string }
);

function faultIn(steps: readonly Step[]): { readonly step: string; readonly problem: string } | null {
  for (const step of steps) {
    const problem = problemWith(step);
    if (problem !== null) return { step: step.name, problem };
  }
  return null;
}

/**
 * A dry run takes every command past its contract's schema. What is sent is not looked at here: the mall does so
 * anyhow, and on one machine both share the processors.
 */
function check(entry: Entry, { stepOptions, mall }: ImportJob): Checked {
  const parsed = entry.parse();
  if (!parsed.ok) return { id: parsed.id, step: "parse", problem: parsed.problem };
  const { id } = parsed.record;
  const steps = stepsOf(parsed.record, stepOptions);
  const fault = mall === null ? faultIn(steps) : null;
  return fault === null ? { id, steps } : { id, ...fault };
}

async function sent(job: ImportJob, steps: readonly Step[]): Promise<Sent> {
  if (job.mall === null) return { ok: true, token: "", changed: false };
  return sendRecord(job.mall, steps);
}

function account(job: ImportJob, counts: Counts, checked: Checked, outcome: Sent | null): boolean {
  counts.rows += 1;
  if (outcome?.ok && "steps" in checked) {
    counts.commands += checked.steps.length;
    if (outcome.changed) counts.changed += 1;
    job.tokens.add(outcome.token);
    return true;
  }
  counts.failed += 1;
  return false;
}

function faultOf(checked: Checked, outcome: Sent | null): { step: string; problem: string } | null {
  if (!("steps" in checked)) return { step: checked.step, problem: checked.problem };
  return outcome === null || outcome.ok ? null : { step: outcome.step, problem: outcome.problem };
}

async function importEntry(job: ImportJob, entry: Entry, counts: Counts): Promise<void> {
  const { tracker, report } = job;
  tracker.begin(entry.number);
  const checked = check(entry, job);
  const outcome = "steps" in checked ? await sent(job, checked.steps) : null;
  const fault = faultOf(checked, outcome);
  if (fault !== null) report.add({ line: entry.line, id: checked.id, ...fault });
  tracker.settle(entry.number, account(job, counts, checked, outcome));
  job.progress(counts, job.source.fraction());
}

/** Leaves out what an earlier run has brought in. */
async function* remaining(job: ImportJob, counts: Counts): AsyncGenerator<Entry, void> {
  const { source, format, formatOptions, tracker, signal } = job;
  for await (const entry of format.read(source.chunks, formatOptions)) {
    if (signal?.aborted === true) return;
    if (tracker.isDone(entry.number)) counts.skipped += 1;
    else yield entry;
  }
}

/** @throws what ends an import as a whole; the position is saved by then */
export async function runImport(job: ImportJob): Promise<Counts> {
  const counts: Counts = { rows: 0, skipped: 0, failed: 0, commands: 0, changed: 0 };
  let saved = job.now();
  let saving: Promise<void> = Promise.resolve();
  const save = (): Promise<void> =>
    job.mall === null ? Promise.resolve() : job.position.write(job.tracker.position());
  try {
    await inParallel(remaining(job, counts), job.concurrency, async (entry) => {
      await importEntry(job, entry, counts);
      if (job.now() - saved < SAVE_EVERY_MS) return;
      saved = job.now();
      // one at a time; a save that fails is told by the next, which is awaited at the end
      saving = saving.then(save);
      saving.catch(() => undefined);
    });
  } finally {
    await saving;
    await save();
    job.report.close();
  }
  return counts;
}
