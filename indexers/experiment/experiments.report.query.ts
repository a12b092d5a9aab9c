/**
 * What an experiment came to, of what each who took part did. Only who searched takes part; each visitor is one, no
 * matter how much they did. With several arms beside the control each is compared at its part of the level. Pure.
 */
import type { ExperimentView } from "../../models/experiment/experiment.contract";
import type { Guard, GuardMetric, Metric } from "../../models/experiment/experiment.content.contract";
import type {
  ArmComparison,
  ArmFigures,
  ExperimentReport,
  GuardComparison,
  Preference,
} from "../../models/experiment/experiment.report.contract";
import {
  compared,
  LEVEL,
  PARTICIPANTS_MIN,
  preferencePValue,
  type Sample,
  type Verdict,
} from "../../models/experiment/experiment.statistics.contract";
import type { Money } from "../../models/kernel/money";

/** What a visitor did, of the searches of one arm. */
export interface Unit {
  readonly arm: number;
  readonly searches: number;
  readonly zero: number;
  /** Of a search, on average. */
  readonly tookMs: number | null;
  readonly did: Readonly<Record<Metric, number>>;
  /** Clicks on what each of two rankers put into one list. */
  readonly teams: { readonly a: number; readonly b: number };
  readonly revenue: readonly Money[];
}

export interface Units {
  readonly units: readonly Unit[];
  readonly complete: boolean;
}

const DIGITS = 6;
const rounded = (value: number): number => Number(value.toFixed(DIGITS));
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const sampleOf = (values: readonly number[]): Sample => ({
  participants: values.length,
  sum: sumOf(values),
  squares: sumOf(values.map((value) => value ** 2)),
});

/** Amounts of several currencies say nothing together: that of most is compared. */
function currencyOf(units: readonly Unit[]): string | null {
  const totals = new Map<string, number>();
  for (const { currency, amountMinor } of units.flatMap(({ revenue }) => revenue)) {
    totals.set(currency, (totals.get(currency) ?? 0) + amountMinor);
  }
  return [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;
}

const spentIn = ({ revenue }: Unit, currency: string | null): number =>
  sumOf(revenue.flatMap((money) => (money.currency === currency ? [money.amountMinor] : [])));

interface Held {
  readonly units: readonly Unit[];
  readonly currency: string | null;
}

function figuresOf(arm: string, { units, currency }: Held, metric: Metric): ArmFigures {
  const [searches, successes] = [sumOf(units.map((unit) => unit.searches)), doing(units, metric).length];
  const times = units.flatMap(({ tookMs }) => tookMs ?? []);
  return {
    arm,
    participants: units.length,
    searches,
    successes,
    share: rounded(units.length === 0 ? 0 : successes / units.length),
    zeroResults: rounded(searches === 0 ? 0 : sumOf(units.map(({ zero }) => zero)) / searches),
    tookMs: times.length === 0 ? null : rounded(sumOf(times) / times.length),
    revenue: currency === null ? null : { amountMinor: sumOf(units.map((unit) => spentIn(unit, currency))), currency },
  };
}

const doing = (units: readonly Unit[], metric: Metric): Unit[] => units.filter(({ did }) => did[metric] > 0);

/** Of each visitor the figure that is guarded; the more the worse, but for revenue. */
const GUARDED: Readonly<Record<GuardMetric, (held: Held) => number[]>> = {
  "zero-results": ({ units }) => units.map(({ zero, searches }) => zero / searches),
  latency: ({ units }) => units.flatMap(({ tookMs }) => tookMs ?? []),
  revenue: ({ units, currency }) => units.map((unit) => spentIn(unit, currency)),
};

const shown = ({ difference, low, high, pValue }: Verdict): Verdict => ({
  difference: rounded(difference),
  low: rounded(low),
  high: rounded(high),
  pValue: rounded(pValue),
});

const decided = ({ difference, pValue }: Verdict, level: number): ArmComparison["verdict"] => {
  if (pValue > level || difference === 0) return "unclear";
  return difference > 0 ? "better" : "worse";
};

function guarded({ metric, tolerated }: Guard, control: Held, arm: Held, level: number) {
  const [before, after] = [sampleOf(GUARDED[metric](control)), sampleOf(GUARDED[metric](arm))];
  const found = compared(before, after, level);
  const loses = metric === "revenue";
  const bound = loses ? (tolerated * before.sum) / Math.max(1, before.participants) : tolerated;
  const [surely, perhaps] = loses ? [-found.high, -found.low] : [found.low, found.high];
  const told = Math.min(before.participants, after.participants) >= PARTICIPANTS_MIN;
  const verdict: GuardComparison["verdict"] =
    told && surely > bound ? "harmed" : told && perhaps <= bound ? "fine" : "unclear";
  return { guard: metric, ...shown(found), verdict };
}

function preferenceOf(units: readonly Unit[], names: readonly string[]): Preference {
  const by = (better: (teams: Unit["teams"]) => boolean): number => units.filter(({ teams }) => better(teams)).length;
  const [control, other] = [by(({ a, b }) => a > b), by(({ a, b }) => b > a)];
  const pValue = preferencePValue(control, other);
  const preferred = pValue > LEVEL ? null : (names[control > other ? 0 : 1] ?? null);
  return { control, other, ties: units.length - control - other, pValue: rounded(pValue), preferred };
}

export function reportOf({ id, content }: Pick<ExperimentView, "id" | "content">, all: Units): ExperimentReport {
  const { arms, metric, design, guards = [] } = content;
  const units = all.units.filter(({ searches }) => searches > 0);
  const currency = currencyOf(units);
  const interleaved = design === "interleaved";
  const seen = interleaved ? arms.slice(0, 1) : arms;
  const held = seen.map(({ name }, at) => ({ name, units: units.filter(({ arm }) => arm === at), currency }));
  const [control, ...others] = held;
  const level = LEVEL / Math.max(1, others.length);
  const comparisons = others.map((other): ArmComparison => {
    const did = ({ units: of }: Held): Sample => sampleOf(of.map((unit) => (unit.did[metric] > 0 ? 1 : 0)));
    const found = compared(did(control ?? other), did(other), level);
    return { arm: other.name, ...shown(found), verdict: decided(found, level) };
  });
  return {
    id,
    level,
    arms: held.map((one) => figuresOf(one.name, one, metric)),
    comparisons,
    guards: others.flatMap((other) =>
      guards.map((guard) => ({ arm: other.name, ...guarded(guard, control ?? other, other, level) })),
    ),
    preference: interleaved
      ? preferenceOf(
          units,
          arms.map(({ name }) => name),
        )
      : null,
    complete: all.complete,
  };
}
