/** What every model has to beat: the items taken most, and what was taken with what, without any order. */
import { constant, type Score } from "./metrics";
import { addNeighbours, type Counted, fading, neighbours, type Weighing } from "./neighbours";

export const HISTORY_MAX = 50;

/** Pairs of one sequence count if no more steps lie between them. */
const WINDOW = 200;

export const COSINE: Weighing = {
  after: fading(WINDOW, 1),
  before: fading(WINDOW, 1),
  ofPower: 0.5,
  toPower: 0.5,
  shrink: 0,
  keep: 300,
};

export const popularity = ({ counts }: Counted): Score => constant(Float32Array.from(counts));

export function itemNeighbours(counted: Counted): Score {
  const lists = neighbours(counted, COSINE, false);
  const alike = fading(HISTORY_MAX, 1);
  return (prefix, sums) => addNeighbours(sums, lists, prefix, alike);
}
