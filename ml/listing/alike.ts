/**
 * Where a thing may belong by what is like it: each product that is like it, the likest first, speaks for its place,
 * the first most. Needs no learning: it is what ships, and the baseline of whatever is learnt.
 */
import { learnVocabulary, vectorsOf } from "../kernel/text/vectors";

export interface Placed {
  readonly text: string;
  readonly place: string;
}

export interface Vote {
  readonly place: string;
  /** Of all that was said. */
  readonly share: number;
}

/** What the one at this rank says counts so much. */
export const weightAt = (rank: number): number => 1 / (rank + 1);

/** @param places of what is like it, the likest first */
export function votes(places: readonly string[]): Vote[] {
  const sums = new Map<string, number>();
  places.forEach((place, rank) => sums.set(place, (sums.get(place) ?? 0) + weightAt(rank)));
  const all = places.reduce((sum, _place, rank) => sum + weightAt(rank), 0);
  return [...sums].map(([place, sum]) => ({ place, share: sum / all })).sort((a, b) => b.share - a.share);
}

const WORDS = { words: [1, 1], pieces: [1, 0], textsMin: 1, termsMax: 100_000 } as const;
const ALIKE = 10;

/** What a search for its words finds, as a function of those that are known: rare words count more. */
export function placeByAlike(known: readonly Placed[]): (text: string) => string {
  const vectors = vectorsOf(
    learnVocabulary(
      known.map(({ text }) => text),
      WORDS,
    ),
  );
  const holders = new Map<number, { readonly row: number; readonly value: number }[]>();
  known.forEach(({ text }, row) => {
    const { indices, values } = vectors.of(text);
    indices.forEach((at, i) => {
      const value = values[i] as number;
      const held = holders.get(at);
      if (held) held.push({ row, value });
      else holders.set(at, [{ row, value }]);
    });
  });
  return (text) => {
    const sums = new Map<number, number>();
    const { indices, values } = vectors.of(text);
    indices.forEach((at, i) => {
      for (const { row, value } of holders.get(at) ?? []) {
        sums.set(row, (sums.get(row) ?? 0) + value * (values[i] as number));
      }
    });
    const likest = [...sums].sort(([a, x], [b, y]) => y - x || a - b).slice(0, ALIKE);
    return votes(likest.map(([row]) => known[row]?.place ?? ""))[0]?.place ?? "";
  };
}
