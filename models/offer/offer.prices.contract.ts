/**
 * What an offer costs over time, and what may be said of a reduction. Pure, for those who keep prices and those who
 * show them. The rule is that of EU directive 98/6/EC, Art. 6a (as of 2019/2161): whoever announces a reduction tells
 * the lowest price that was applied in the 30 days before it.
 */
import Joi from "../kernel/schema";
import type { Iso } from "../kernel/row";

const DAY_MS = 86_400_000;
/** How long before a reduction prices count, and how long a reduction is told of. */
export const REDUCTION_DAYS = 30;
const KEPT_MS = 2 * REDUCTION_DAYS * DAY_MS;
/** Steps that an offer remembers. */
export const STEPS_MAX = 150;

/** From this moment on it costs so much; null while it is not sold. */
export interface PriceStep {
  readonly at: Iso;
  readonly amountMinor: number | null;
}

/** A price for everybody beside the offer's own, from `from` (included) to `to` (excluded; null: for good). */
export interface PriceWindow {
  readonly from: Iso;
  readonly to: Iso | null;
  readonly amountMinor: number;
}

export interface Reduction {
  /** Since when the price is reduced. */
  readonly since: Iso;
  /** What it cost right before. */
  readonly wasMinor: number;
  /** The lowest price in the 30 days before. */
  readonly lowestMinor: number;
}

export const reductionSchema = Joi.object<Reduction, true>({
  since: Joi.string().isoDate().required(),
  wasMinor: Joi.number().integer().min(0).required().description("What it cost right before"),
  lowestMinor: Joi.number()
    .integer()
    .min(0)
    .required()
    .description("The lowest price in the 30 days before the reduction (EU directive 98/6/EC, Art. 6a)"),
});

const after = (at: Iso, ms: number): Iso => new Date(Date.parse(at) + ms).toISOString();

/** The lower of both; null is no price at all. */
function lower(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Two steps become one that says the lower price: what is told of the past may be too low, never too high. */
function shortened(steps: readonly PriceStep[]): PriceStep[] {
  const [first, second, ...rest] = steps;
  if (!first || !second || steps.length <= STEPS_MAX) return [...steps];
  return [{ at: first.at, amountMinor: lower(first.amountMinor, second.amountMinor) }, ...rest];
}

/** The last steps are exact: from them it is told what a reduction was from. */
const EXACT = 4;
const BRIEF_MS = 60_000;

/** Whether, before a further step comes, two that began within a minute may become one. */
export function joinable(steps: readonly PriceStep[]): boolean {
  const [first, second] = [steps.at(-EXACT - 1), steps.at(-EXACT)];
  return first !== undefined && second !== undefined && Date.parse(second.at) - Date.parse(first.at) < BRIEF_MS;
}

/**
 * The steps with those two as one, which says the lower price: whoever changes a price many times a minute does not
 * carry each of them along in every version for sixty days.
 */
export function joined(steps: readonly PriceStep[]): PriceStep[] {
  const [first, second] = [steps.at(-EXACT - 1), steps.at(-EXACT)];
  if (!first || !second) return [...steps];
  const one = { at: first.at, amountMinor: lower(first.amountMinor, second.amountMinor) };
  return [...steps.slice(0, -EXACT - 1), one, ...steps.slice(-EXACT + 1)];
}

/** The steps with a further one, without those that no reduction can refer to any more. */
export function stepped(steps: readonly PriceStep[], { at, amountMinor }: PriceStep): PriceStep[] {
  const last = steps.at(-1);
  // a backdated change of something that changed later takes effect no earlier
  const begins = last && last.at > at ? last.at : at;
  const before = last?.at === begins ? steps.slice(0, -1) : steps;
  const oldest = after(begins, -KEPT_MS);
  const kept = before.filter((_, i) => (before[i + 1]?.at ?? begins) > oldest);
  return shortened([...kept, { at: begins, amountMinor }]);
}

/** The price for everybody at a moment: the lowest of the offer's own and of the windows that hold. */
export function priceAt(steps: readonly PriceStep[], windows: readonly PriceWindow[], at: Iso): number | null {
  const own = steps.findLast((step) => step.at <= at)?.amountMinor ?? null;
  if (own === null) return null;
  const held = windows.filter(({ from, to }) => from <= at && (to === null || at < to));
  return held.reduce((low, { amountMinor }) => Math.min(low, amountMinor), own);
}

/** Every moment up to `now` at which the price may change, with the price from then on; equal neighbours are one. */
export function timeline(steps: readonly PriceStep[], windows: readonly PriceWindow[], now: Iso): PriceStep[] {
  const bounds = windows.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  const moments = [...new Set([...steps.map(({ at }) => at), ...bounds])].filter((at) => at <= now).sort();
  const line: PriceStep[] = [];
  for (const at of moments) {
    const amountMinor = priceAt(steps, windows, at);
    if (line.at(-1)?.amountMinor !== amountMinor) line.push({ at, amountMinor });
  }
  return line;
}

/** The lowest price that held at any time in [from, to). */
function lowestIn(line: readonly PriceStep[], from: Iso, to: Iso): number | null {
  const held = line.filter(({ at }, i) => at < to && (line[i + 1]?.at ?? to) > from);
  return held.reduce<number | null>((low, { amountMinor }) => lower(low, amountMinor), null);
}

interface Fall {
  readonly line: readonly PriceStep[];
  readonly since: Iso;
  readonly wasMinor: number;
  readonly isMinor: number;
}

/** The last change of price, where it was a fall. */
function latestFall(line: readonly PriceStep[]): Fall | null {
  const [was, is] = line.slice(-2);
  if (!was || !is) return null;
  const { amountMinor: wasMinor } = was;
  const { at: since, amountMinor: isMinor } = is;
  const fell = wasMinor !== null && isMinor !== null && isMinor < wasMinor;
  return fell ? { line, since, wasMinor, isMinor } : null;
}

/**
 * What may be said of the price at `now`: null unless it fell less than 30 days ago, below everything that it was in
 * the 30 days before. Who raises a price to lower it again has not reduced it.
 */
export function reductionAt(steps: readonly PriceStep[], windows: readonly PriceWindow[], now: Iso): Reduction | null {
  const fall = latestFall(timeline(steps, windows, now));
  if (!fall || fall.since <= after(now, -REDUCTION_DAYS * DAY_MS)) return null;
  const { line, since, wasMinor, isMinor } = fall;
  const lowestMinor = lowestIn(line, after(since, -REDUCTION_DAYS * DAY_MS), since) ?? wasMinor;
  return isMinor < lowestMinor ? { since, wasMinor, lowestMinor } : null;
}
