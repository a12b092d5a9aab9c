/**
 * Whether the world is still the one that a model learnt from: how far its scores and features have moved (population
 * stability index), and whether what it says comes true. Pure.
 */
import Joi from "../kernel/schema";
import { plainText } from "../kernel/text";

/** Of one number: 0 for no change; by custom, above 0.1 worth a look, above 0.25 another world. */
export interface Shift {
  readonly name: string;
  readonly psi: number;
}

export interface Calibrated {
  /** Decisions of which it is known what became of them. */
  readonly count: number;
  /** Mean of what was said, and share of what came true. */
  readonly said: number;
  readonly came: number;
}

export interface Window {
  readonly from: string | null;
  readonly to: string | null;
  readonly count: number;
}

export interface ModelDrift {
  readonly id: string;
  readonly reference: Window;
  readonly recent: Window;
  /** Null while there is too little to compare. */
  readonly score: number | null;
  /** Those that moved most, most first. */
  readonly features: readonly Shift[];
  readonly calibration: Calibrated | null;
  /** What is wrong, in words; null while nothing is. On it, the version that decides is rolled back. */
  readonly alarm: string | null;
}

const BINS = 10;
/** A part in which nothing fell counts as half of one: its logarithm would have no end. */
const HALF = 0.5;
export const DRIFT_ROWS_MIN = 50;
const FEATURES_TOLD = 20;
const SCORE_PSI_MAX = 0.25;
const KNOWN_MIN = 50;
const CALIBRATION_GAP_MAX = 0.1;

/** Borders of parts that hold about equally many; equal ones fall together. */
function bordersOf(reference: readonly number[]): number[] {
  const sorted = [...reference].sort((a, b) => a - b);
  const borders = Array.from({ length: BINS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)] ?? 0);
  return [...new Set(borders)];
}

function shares(values: readonly number[], borders: readonly number[]): number[] {
  const counts = new Array<number>(borders.length + 1).fill(0);
  for (const value of values) {
    const part = borders.findIndex((border) => value < border);
    const at = part < 0 ? borders.length : part;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((count) => Math.max(count, HALF) / values.length);
}

/** Population stability index of `recent` against `reference`; null where either is too small. */
export function psiOf(reference: readonly number[], recent: readonly number[]): number | null {
  if (Math.min(reference.length, recent.length) < DRIFT_ROWS_MIN) return null;
  const borders = bordersOf(reference);
  const [was, is] = [shares(reference, borders), shares(recent, borders)];
  return was.reduce((sum, share, i) => sum + ((is[i] ?? 0) - share) * Math.log((is[i] ?? 0) / share), 0);
}

/** What a decision says, as far as drift is looked for. */
export interface Seen {
  readonly score: number;
  readonly features: Readonly<Record<string, unknown>>;
}

export function shiftsOf(reference: readonly Seen[], recent: readonly Seen[]): Shift[] {
  const numbers = (seen: readonly Seen[], name: string): number[] =>
    seen.flatMap(({ features }) => (typeof features[name] === "number" ? [features[name]] : []));
  const names = Object.keys(reference[0]?.features ?? {});
  return names
    .flatMap((name) => {
      const psi = psiOf(numbers(reference, name), numbers(recent, name));
      return psi === null ? [] : [{ name, psi }];
    })
    .sort((a, b) => b.psi - a.psi)
    .slice(0, FEATURES_TOLD);
}

/** Why the version that decides should not go on; null while it may. */
export function alarmOf(score: number | null, calibration: Calibrated | null): string | null {
  if (score !== null && score > SCORE_PSI_MAX) {
    return `Its scores have moved (stability index ${score.toFixed(2)}, ${SCORE_PSI_MAX} is borne).`;
  }
  if (calibration === null || calibration.count < KNOWN_MIN) return null;
  const { said, came } = calibration;
  if (Math.abs(said - came) <= CALIBRATION_GAP_MAX) return null;
  return `It says ${said.toFixed(3)} where ${came.toFixed(3)} comes true (a gap of ${CALIBRATION_GAP_MAX} is borne).`;
}

const count = Joi.number().integer().min(0).required();
const share = Joi.number().min(0).max(1).required();
const moment = Joi.string().isoDate().allow(null).required();
const window = Joi.object<Window, true>({ from: moment, to: moment, count }).required();
const psi = Joi.number().unsafe();

// not strict: Joi has no word for read-only lists
export const modelDriftSchema = Joi.object<ModelDrift>({
  id: plainText(32).required(),
  reference: window,
  recent: window,
  score: psi.allow(null).required(),
  features: Joi.array()
    .items(Joi.object<Shift, true>({ name: plainText(64).required(), psi: psi.required() }))
    .max(FEATURES_TOLD)
    .required(),
  calibration: Joi.object<Calibrated, true>({ count, said: share, came: share }).allow(null).required(),
  alarm: plainText(500).allow(null).required(),
});
