/**
 * Numbers between round borders, so that ranges can be counted: each number lies in one step of each level, and the
 * steps of a level lie whole within those of the one before. Powers of ten first, then 1, 2 and 5 of each, then 1.2,
 * 1.4 to 2, 3 to 9. Borders hang on no data: what is counted today can be asked for tomorrow. Pure.
 */

export interface Step {
  readonly level: number;
  /** Included. */
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

const MANTISSAS = [["1"], ["1", "2", "5"], ["1", "1.2", "1.4", "1.6", "1.8", "2", "3", "4", "5", "6", "7", "8", "9"]];
const TENS_MAX = 12;

const ascending = (a: number, b: number): number => a - b;

/** Below one each level goes a power of ten deeper, and all that is smaller still lies in one step with nothing. */
function bordersAt(level: number, mantissas: readonly string[]): readonly number[] {
  const tens = Array.from({ length: TENS_MAX + level + 1 }, (_, n) => n - level);
  const above = tens.flatMap((ten) => mantissas.map((mantissa) => Number(`${mantissa}e${ten}`)));
  return [...above.map((border) => -border), 0, ...above].sort(ascending);
}

const BORDERS = MANTISSAS.map((mantissas, level) => bordersAt(level, mantissas));

export const LEVELS = BORDERS.length;

/** The place of the last border that is not greater; -1 below all of them. */
function placeOf(borders: readonly number[], value: number): number {
  let [low, high] = [0, borders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The step of a level in which a number lies; null for one beyond all borders. */
export function stepAt(level: number, value: number): Step | null {
  const borders = BORDERS[level] ?? [];
  const at = placeOf(borders, value);
  const [from, to] = [borders[at], borders[at + 1]];
  return from === undefined || to === undefined ? null : { level, from, to };
}

/** `0:10`, `1:10`, `2:12` for 13: a level, and where its step begins. */
export const stepTerms = (value: number): string[] =>
  BORDERS.flatMap((_, level) => {
    const step = stepAt(level, value);
    return step === null ? [] : [`${level}:${step.from === 0 ? 0 : step.from}`];
  });

const HALF = 1n << 63n;
const ALL = (1n << 64n) - 1n;
const bits = new DataView(new ArrayBuffer(8));

/** Sixteen signs, ordered as the numbers are. */
export function sortable(value: number): string {
  bits.setFloat64(0, value === 0 ? 0 : value);
  const raw = bits.getBigUint64(0);
  return (raw >= HALF ? ~raw & ALL : raw | HALF).toString(16).padStart(16, "0");
}
