/**
 * Early warning: sellers, products and regions whose payments of the last day are riskier than the mall's usual ones,
 * long before a chargeback tells. Pure.
 */
import type { RiskWarning, WarnedOf } from "../../models/fraud/fraud.warnings.contract";
import { SECONDS_A_DAY } from "./transactions";

export interface WatchedAttempt {
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly seller: string;
  readonly region: string | null;
  readonly products: readonly string[];
  /** Of fraud, as it was judged. */
  readonly probability: number;
  readonly stopped: boolean;
}

/** Fewer say nothing. */
const ATTEMPTS_MIN = 5;
const DEVIATIONS_MIN = 3;
/** Twice nothing is nothing. */
const RISK_MIN = 0.05;
const USUAL_MIN = 0.005;
const WARNINGS_MAX = 50;

const mean = (values: readonly number[], none: number): number =>
  values.length === 0 ? none : values.reduce((sum, one) => sum + one, 0) / values.length;

type Groups = ReadonlyMap<string, { readonly of: WarnedOf; readonly id: string; readonly list: WatchedAttempt[] }>;

function grouped(attempts: readonly WatchedAttempt[]): Groups {
  const groups = new Map<string, { of: WarnedOf; id: string; list: WatchedAttempt[] }>();
  const put = (of: WarnedOf, id: string, attempt: WatchedAttempt): void => {
    const key = `${of}:${id}`;
    const group = groups.get(key) ?? { of, id, list: [] };
    groups.set(key, group);
    group.list.push(attempt);
  };
  for (const attempt of attempts) {
    put("seller", attempt.seller, attempt);
    if (attempt.region !== null) put("region", attempt.region, attempt);
    for (const product of new Set(attempt.products)) put("product", product, attempt);
  }
  return groups;
}

/** @param now seconds since 1970; what is usual is what came before the last day */
export function warningsOf(attempts: readonly WatchedAttempt[], now: number): readonly RiskWarning[] {
  const since = now - SECONDS_A_DAY;
  const earlier = attempts.filter(({ seconds }) => seconds < since);
  const usual = Math.max(
    USUAL_MIN,
    mean(
      earlier.map(({ probability }) => probability),
      0,
    ),
  );
  const found = [...grouped(attempts.filter(({ seconds }) => seconds >= since)).values()].flatMap(
    ({ of, id, list }) => {
      const risk = mean(
        list.map(({ probability }) => probability),
        0,
      );
      const deviations = (risk - usual) / Math.sqrt((usual * (1 - usual)) / list.length);
      if (list.length < ATTEMPTS_MIN || risk < RISK_MIN || deviations < DEVIATIONS_MIN) return [];
      const stopped = list.filter((one) => one.stopped).length;
      return [{ of, id, attempts: list.length, stopped, risk, usual, deviations }];
    },
  );
  return found.sort((a, b) => b.deviations - a.deviations).slice(0, WARNINGS_MAX);
}
