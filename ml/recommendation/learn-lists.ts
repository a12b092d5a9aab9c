/** From sequences of names to the lists that are served. */
import { modelHash } from "../kernel/hash";
import { fading, type Lists, neighbours } from "./neighbours";
import type { LearntLists } from "./recommender";
import { countsOf, occurrencesOf, type Sequences } from "./sequences";
import { TRANSITION, transitionLists, type TransitionSettings } from "./transition";

/** Things within so many steps were taken in one go. */
const BASKET = fading(10, 1);
const WHOLE = fading(50, 1);

const bitsOf = ({ buffer, byteOffset, length }: Int32Array): Float32Array =>
  new Float32Array(buffer, byteOffset, length);
const hashOf = (lists: readonly Lists[]): string =>
  lists.reduce((so, { items, weights }) => modelHash([so, modelHash("items", bitsOf(items))], weights), "");

/** @param settings how what comes next is weighed */
export function learnLists(
  sequences: Sequences,
  names: readonly string[],
  settings: TransitionSettings = TRANSITION,
): LearntLists {
  const itemCount = names.length;
  const counted = {
    sequences,
    occurrences: occurrencesOf(sequences, itemCount),
    counts: countsOf(sequences, itemCount),
  };
  const cosine = { ofPower: 0.5, toPower: 0.5, shrink: 2, keep: 100 };
  const next = transitionLists(counted, settings, false);
  const similar = neighbours(counted, { ...cosine, after: WHOLE, before: WHOLE }, false);
  const together = neighbours(counted, { ...cosine, after: BASKET, before: BASKET }, false);
  return { hash: hashOf([next, similar, together]), names, next, similar, together };
}
