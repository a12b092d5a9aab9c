/**
 * Ranges of a number, chosen from the data: the widest steps in which anything was found, and of these again and again
 * the fullest one is taken apart, as long as they stay few. Steps have round borders that are the same for every
 * question, so that what is offered changes by whole ranges only, and each is counted by the engine itself. Pure.
 */
import type { FacetValue } from "../../models/product/product.search.contract";
import { LEVELS, stepAt, type Step } from "./products.steps.projection";

/** More to choose from is no help. */
export const RANGES_MAX = 6;

export interface CountedStep extends Step {
  readonly count: number;
}

/** `1:20` and how many are in it; null for what is no step. */
export function stepOf(term: string, count: number): CountedStep | null {
  const [, level, from] = /^(\d):(-?[\d.]+)$/.exec(term) ?? [];
  const step = from === undefined ? null : stepAt(Number(level), Number(from));
  return step === null ? null : { ...step, count };
}

const sumOf = (steps: readonly CountedStep[]): number => steps.reduce((sum, { count }) => sum + count, 0);

const within = (whole: Step, { level, from, to }: Step): boolean =>
  level === whole.level + 1 && from >= whole.from && to <= whole.to;

type Parts = (whole: CountedStep) => readonly CountedStep[];

/** The steps of which a step is made; none where the engine told only some of them. Each is looked for once. */
function partsAmong(all: readonly CountedStep[]): Parts {
  const known = new Map<CountedStep, readonly CountedStep[]>();
  return (whole) => {
    const before = known.get(whole);
    if (before) return before;
    const parts = all.filter((one) => within(whole, one));
    const told = sumOf(parts) >= whole.count ? parts : [];
    known.set(whole, told);
    return told;
  };
}

const fullestFirst = (a: CountedStep, b: CountedStep): number => b.count - a.count || a.from - b.from;

/** What holds less than its share is left whole. */
const isWorth = (one: CountedStep, parts: readonly CountedStep[], ranges: readonly CountedStep[]): boolean =>
  parts.length > 0 && one.count * RANGES_MAX >= sumOf(ranges);

/** One of them taken apart; null where none can be any more. */
function finer(ranges: readonly CountedStep[], partsOf: Parts): CountedStep[] | null {
  for (const one of [...ranges].sort(fullestFirst)) {
    const parts = partsOf(one);
    if (isWorth(one, parts, ranges) && ranges.length - 1 + parts.length <= RANGES_MAX) {
      return [...ranges.filter((other) => other !== one), ...parts];
    }
  }
  return null;
}

/** How many have a number at all, of one that each has once. */
export const havingOne = (steps: readonly CountedStep[]): number => sumOf(steps.filter(({ level }) => level === 0));

/** From the lowest; none where they leave nothing to choose. */
export function rangesOf(steps: readonly CountedStep[]): CountedStep[] {
  let ranges = steps.filter(({ level, count }) => level === 0 && count > 0);
  const partsOf = partsAmong(steps);
  for (let turn = 0; turn < RANGES_MAX * LEVELS; turn++) {
    const next = finer(ranges, partsOf);
    if (next === null) break;
    ranges = next;
  }
  return ranges.length < 2 || ranges.length > RANGES_MAX ? [] : ranges.sort((a, b) => a.from - b.from);
}

/** `12..14`, as the filter `range` takes it: the lower border is in it, the upper one is not. */
export const numberRange = ({ from, to, count }: CountedStep): FacetValue => ({
  ...{ value: `${from}..${to}`, from, to, count },
});

/** In whole minor units, both borders in it, as `priceMin` and `priceMax` take them. */
export function priceRange({ from, to, count }: CountedStep): FacetValue {
  const [low, high] = [Math.ceil(from), Math.ceil(to) - 1];
  return { value: `${low}-${high}`, from: low, to: high, count };
}
