/** What is pushed of a seller's board, as the page shows it: sorted, and in the words of the page's language. Pure. */
import type { Cell, Cells } from "../../models/live/live.contract";

export interface Entry {
  readonly key: string;
  readonly cell: Cell;
}

export const numberOf = (cell: Cell | undefined, name: string): number => Number(cell?.[name] ?? 0);
export const wordOf = (cell: Cell | undefined, name: string): string => String(cell?.[name] ?? "");

const entries = (cells: Cells): Entry[] => Object.entries(cells).map(([key, cell]) => ({ key, cell }));

const sorted = (cells: Cells, compare: (a: Cell, b: Cell) => number): Entry[] =>
  entries(cells).sort((a, b) => compare(a.cell, b.cell) || (a.key < b.key ? -1 : 1));

/** Newest first. */
export const alertsIn = (cells: Cells): Entry[] =>
  sorted(cells, (a, b) => (wordOf(a, "at") < wordOf(b, "at") ? 1 : wordOf(a, "at") > wordOf(b, "at") ? -1 : 0));

/** Soonest first. */
export const runningOutIn = (cells: Cells): Entry[] =>
  sorted(cells, (a, b) => numberOf(a, "days") - numberOf(b, "days"));

/** Best first, of one currency; keys are products. */
export const bestIn = (cells: Cells, currency: string): Entry[] =>
  sorted(cells, (a, b) => numberOf(b, "totalMinor") - numberOf(a, "totalMinor"))
    .filter(({ key }) => key.startsWith(`${currency}|`))
    .map(({ key, cell }) => ({ key: key.slice(currency.length + 1), cell }));

/** What presses most first: what runs out, then what waits for an answer. */
export const suggestionsIn = (cells: Cells): Entry[] =>
  sorted(cells, (a, b) => rankOf(a) - rankOf(b) || numberOf(a, "days") - numberOf(b, "days"));

const rankOf = (cell: Cell): number => (wordOf(cell, "kind") === "restock" ? 0 : 1);

export interface Rating {
  readonly reviews: number;
  /** Null while there is none. */
  readonly average: number | null;
  readonly unanswered: number;
}

export function ratingIn(cells: Cells): Rating {
  const cell = cells["rating"];
  const reviews = numberOf(cell, "reviews");
  return {
    reviews,
    average: reviews === 0 ? null : numberOf(cell, "stars") / reviews,
    unanswered: numberOf(cell, "unanswered"),
  };
}

/** Newest first. */
export const reviewsIn = (cells: Cells): Entry[] =>
  alertsIn(Object.fromEntries(Object.entries(cells).filter(([key]) => key.startsWith("review|"))));

export const FUNNEL_STEPS = ["views", "carts", "checkouts", "orders"] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

export interface FunnelBar {
  readonly step: FunnelStep;
  readonly count: number;
  /** Of the step before; null where that was none. */
  readonly share: number | null;
}

/** Since a moment; keys are hours in UTC, `2026-01-31T09`. */
export function funnelIn(cells: Cells, sinceMs: number): FunnelBar[] {
  const from = new Date(sinceMs).toISOString().slice(0, "2026-01-31T09".length);
  const hours = entries(cells).filter(({ key }) => key >= from);
  const counts = FUNNEL_STEPS.map((step) => hours.reduce((sum, { cell }) => sum + numberOf(cell, step), 0));
  return FUNNEL_STEPS.map((step, i): FunnelBar => {
    const [count, before] = [counts[i] ?? 0, counts[i - 1] ?? 0];
    return { step, count, share: i === 0 || before === 0 ? null : count / before };
  });
}
