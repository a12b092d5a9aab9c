/** What a panel says, as a spreadsheet reads it. */
import type { PanelAnswer, PanelRow } from "../../models/analytics/analytics.panels.contract";

/** All rows of one key added up: a day whose parts are told one by one. */
export function summed(rows: readonly PanelRow[]): readonly { readonly key: string; readonly figure: number }[] {
  const sums = new Map<string, number>();
  for (const { key, figure } of rows) sums.set(key ?? "", (sums.get(key ?? "") ?? 0) + (figure ?? 0));
  return [...sums].map(([key, figure]) => ({ key, figure }));
}

/** A cell that a spreadsheet would calculate is text, as is one that has a comma in it. */
function cellOf(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Money in minor units, as the mall counts it. */
export function csvOf({ rows }: Pick<PanelAnswer, "rows">): string {
  const head = ["key", "label", "part", "figure", "records"] as const;
  const lines = rows.map((row) => head.map((name) => cellOf(row[name])).join(","));
  return [head.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}
