/** What a rebuild came to, for a person. Pure. */
import type { Rebuilt } from "../../indexers/kernel/rebuild";
import { counted, durationText } from "../terminal/progress";

export function rebuiltText(projection: string, { index, rows, refused, resumed }: Rebuilt, elapsedMs: number): string {
  const how = resumed ? "went on where an earlier rebuild had stopped, and " : "";
  const lines = [
    `The rebuild of ${projection} ${how}read ${counted(rows)} rows in ${durationText(elapsedMs / 1_000)}; ` +
      `queries are answered from ${index} now.`,
  ];
  if (refused.length > 0) lines.push(`The engine refused ${counted(refused.length)} documents:`);
  return [...lines, ...refused.map(({ id, reason }) => `  - ${id}: ${reason}`)].join("\n");
}
