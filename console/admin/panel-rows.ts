/** What a panel says, as people read it, and as a spreadsheet does. */
import type { PanelAnswer, PanelRow, PanelView } from "../../models/analytics/analytics.panels.contract";
import { countOf, dayOf, percentOf, priceOf } from "../parts/format";

const MOMENT = /^\d{4}-\d\d-\d\dT/;
const MEBIBYTE = 1_048_576;

/** A figure in its unit; a dash where there is nothing to compute. */
export function figureText(figure: number | null, unit: PanelView["unit"], currency: string): string {
  if (figure === null) return "–";
  if (unit === "money") return priceOf(figure, currency);
  if (unit === "share") return percentOf(figure, 1);
  if (unit === "bytes") return `${countOf(Math.round(figure / MEBIBYTE))} MiB`;
  return countOf(Math.round(figure * 100) / 100);
}

export function keyText({ key, label }: Pick<PanelRow, "key" | "label">): string {
  if (label !== null) return label;
  return key !== null && MOMENT.test(key) ? dayOf(key) : (key ?? "");
}

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

export function saveCsv(name: string, answer: PanelAnswer): void {
  const address = URL.createObjectURL(new Blob([csvOf(answer)], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: `${name}.csv` });
  link.click();
  URL.revokeObjectURL(address);
}
