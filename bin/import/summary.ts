/** What a person is told when an import has ended. Pure. */
import type { Found } from "../client/settled";
import { counted, durationText } from "../terminal/progress";
import type { Counts } from "./run-import";

export interface Ended {
  readonly counts: Counts;
  readonly elapsedMs: number;
  readonly dryRun: boolean;
  /** Null when nothing was sent. */
  readonly found: Found | null;
  readonly reportFile: string;
}

export function summary({ counts, elapsedMs, dryRun, found, reportFile }: Ended): string {
  const good = counts.rows - counts.failed;
  const lines = dryRun
    ? [`Checked ${counted(counts.rows)} rows in ${durationText(elapsedMs / 1_000)}; nothing was sent.`]
    : [`Imported ${counted(good)} rows (${counted(counts.commands)} commands) in ${durationText(elapsedMs / 1_000)}.`];
  if (counts.skipped > 0) lines.push(`${counted(counts.skipped)} rows had been brought in by an earlier run.`);
  if (counts.changed > 0) lines.push(`${counted(counts.changed)} rows had changed and were revised.`);
  if (found !== null) {
    const total = `${found.totalRelation === "exact" ? "" : "at least "}${counted(found.total)}`;
    lines.push(`Everything is searchable: the channel shows ${total} products.`);
  }
  if (counts.failed > 0) lines.push(`${counted(counts.failed)} rows failed; what and why: ${reportFile}`);
  return lines.join("\n");
}
