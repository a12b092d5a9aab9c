/** What came of a training, in words. */
import type { ModelView } from "../../models/model/model.contract";

export function trainedText({ id, versions, skipped }: ModelView): string {
  if (skipped !== null) return `${id}: nothing was learnt. ${skipped.why}`;
  const newest = versions.at(-1);
  if (newest === undefined) return `${id}: nothing was learnt yet.`;
  const { number, standing, why, card } = newest;
  const { measure, metrics, baseline, rows, data } = card;
  const figure = (of: Readonly<Record<string, number>>): string => (of[measure] ?? Number.NaN).toFixed(4);
  return [
    `${id} version ${number}: ${standing}${why === null ? "" : `. ${why}`}`,
    `learnt from ${rows} of ${data}; ${measure} ${figure(metrics)}, baseline ${figure(baseline)}`,
  ].join("\n");
}
