/** What a panel says, as people read it. */
import type { PanelAnswer, PanelRow, PanelView } from "../../models/analytics/analytics.panels.contract";
import { countOf, dayOf, percentOf, priceOf } from "../parts/format";
import { csvOf } from "./panel-csv";

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

export function saveCsv(name: string, answer: PanelAnswer): void {
  const address = URL.createObjectURL(new Blob([csvOf(answer)], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: `${name}.csv` });
  link.click();
  URL.revokeObjectURL(address);
}
