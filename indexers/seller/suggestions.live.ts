/**
 * What a seller could do next, most pressing first: order what sells and runs out, in units that last four weeks;
 * answer who was not content.
 */
import type { Commit } from "../../models/kernel/row";
import type { ReviewState } from "../../models/review/review.state.aggregate";
import type { Cell, Contribution, Frame, LiveProjection, Sums } from "../kernel/live";
import { runningOut } from "../stock/running-out.live";

const SHOWN_MAX = 20;
const LASTS_DAYS = 28;
/** So many stars, or fewer. */
const UNHAPPY_MAX = 3;
const ANSWER = "answer|";

function unhappy({ aggregateId, state }: Commit): Contribution | null {
  const review = state as ReviewState;
  if (review.status !== "published" || review.answer !== null || review.rating > UNHAPPY_MAX) return null;
  const { productId, rating, writtenAt: at } = review;
  return { [ANSWER + aggregateId]: { kind: "answer", productId, rating, at } };
}

function restock([key, { productId = null, available, perDay, days }]: [string, Cell]): [string, Cell][] {
  const units = Math.ceil(Number(perDay) * LASTS_DAYS - Number(available));
  const cell = { kind: "restock", productId, units, days: Number(days) };
  return Number(perDay) > 0 && units > 0 ? [[`restock|${key}`, cell]] : [];
}

function shown(sums: Sums, frame: Frame): Sums {
  const answers = [...sums].filter(([key]) => key.startsWith(ANSWER)).sort(([a], [b]) => (a < b ? -1 : 1));
  const running = runningOut.shown?.(sums, frame) ?? new Map<string, Cell>();
  return new Map([...[...running].flatMap(restock), ...answers].slice(0, SHOWN_MAX));
}

export const suggestions: LiveProjection = {
  widget: "suggestions",
  sources: { ...runningOut.sources, review: unhappy },
  shown,
};
