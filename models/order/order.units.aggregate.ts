/**
 * What a number of a line's units is worth. Units are counted from 0: the first k of n units are worth
 * floor(total × k / n), and a range is worth the difference, so that whatever is captured or refunded in whatever
 * pieces adds up to the line's total and never beyond. All arithmetic is on integers below 2^53.
 */

/** From (included) and to (not included), by line. */
export type Units = Readonly<Record<string, readonly [number, number]>>;

/** Units by line. */
export type Quantities = Readonly<Record<string, number>>;

/** The first `count` of `quantity` units of what is worth `totalMinor` in all. */
export function worthOfFirst(totalMinor: number, quantity: number, count: number): number {
  const rest = totalMinor % quantity;
  return ((totalMinor - rest) / quantity) * count + Math.floor((rest * count) / quantity);
}

interface Priced {
  readonly lineId: string;
  readonly quantity: number;
  readonly totalMinor: number;
  readonly taxMinor: number;
}

export const worthOf = (line: Priced, [from, to]: readonly [number, number], of: "totalMinor" | "taxMinor"): number =>
  worthOfFirst(line[of], line.quantity, to) - worthOfFirst(line[of], line.quantity, from);

export const worthOfUnits = (lines: readonly Priced[], units: Units): number =>
  lines.reduce((sum, line) => {
    const range = units[line.lineId];
    return range ? sum + worthOf(line, range, "totalMinor") : sum;
  }, 0);

export const countOf = (units: Units): number => Object.values(units).reduce((sum, [from, to]) => sum + to - from, 0);
