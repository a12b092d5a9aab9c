/** What a verification found, for a person. Pure. */
import { describeFinding, FINDINGS_MAX, type Verification } from "../../models/kernel/verify";
import type { Refolded } from "../../models/kernel/refold";
import { counted } from "../terminal/progress";

function headOf({ histories, findings, checkpoint }: Verification): string {
  const many = `${counted(histories)} histories`;
  const against = checkpoint
    ? `checkpoint ${checkpoint.seq} of ${checkpoint.takenAt} (${counted(checkpoint.heads)} histories)`
    : null;
  if (findings.length > 0) return `${many} were read; ${counted(findings.length)} things are NOT as they were written:`;
  if (against) return `${many} are as they were written, row by row; their heads agree with ${against}.`;
  return (
    `${many} are as they were written, row by row. There is no checkpoint yet, so newest rows could have been cut ` +
    "off: write one with `stoa checkpoint`."
  );
}

export function verificationText(found: Verification): string {
  const lines = found.findings.map((finding) => `  - ${describeFinding(finding)}`);
  if (lines.length >= FINDINGS_MAX) lines.push(`  These are the first ${counted(FINDINGS_MAX)}; there may be more.`);
  return [headOf(found), ...lines].join("\n");
}

export function refoldedText({ changes, snapshots, missing }: Refolded): string {
  if (changes === 0) return "No changes were folded again.";
  const percent = ((100 * snapshots) / changes).toFixed(snapshots === changes ? 0 : 3);
  const share = `${counted(changes)} changes of a sample were folded again: ${percent} % carry the state they lead to.`;
  const lines = missing.map((ref) => `  - ${ref} carries another state than its events lead to.`);
  return [share, ...lines].join("\n");
}
