/**
 * Learns from the mall's own payments: every attempt gets the features it had at its moment, by the same function that
 * serves, and the label that is known by now. The oldest part teaches, the newest judges; the model in use and the
 * baseline are judged on the same part. Runs in a thread of its own; seeded.
 */
import { CHECKOUT_FEATURES } from "../../models/fraud/fraud.features.contract";
import { useBackend } from "../kernel/backends";
import { areaUnderRoc, averagePrecision } from "../kernel/metrics";
import type { Matrix } from "../kernel/trees/bins";
import { WHO } from "./attempt-lists";
import type { Finding } from "./attempts";
import { checkoutFeatures, LOOKED_AT_MAX, type Attempt, type Before, type KnownFraud } from "./checkout-features";
import { FIRST_MODEL } from "./first";
import { blendScore, type FraudModel } from "./model";
import { CHECKOUT_MODEL_FEATURES, CHECKOUT_TASTE, trainFraud, type Labelled } from "./train";
import { SECONDS_A_DAY } from "./transactions";

export interface LearnOrder {
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  /** Oldest first. */
  readonly findings: readonly Finding[];
  /** Seconds since 1970. */
  readonly now: number;
  readonly seed: number;
  /** The model in use; left out: what ships. */
  readonly champion?: FraudModel;
}

export type Figures = Readonly<Record<"AP" | "AUC", number>>;

export type Learnt =
  | { readonly skipped: string }
  | {
      readonly model: FraudModel;
      readonly rows: number;
      readonly metrics: Figures;
      readonly baseline: Figures;
      readonly champion: Figures | null;
    };

/** By then a fraud would have been heard of. */
const RIPE_DAYS = 7;
const TEACHING_SHARE = 0.7;
const FRAUDS_MIN = { teaching: 20, judging: 10 };

export interface Row {
  readonly id: string;
  readonly values: Float32Array;
  /** Null: nobody knows yet. */
  readonly label: 0 | 1 | null;
}

function knownBy(findings: readonly Finding[]): KnownFraud {
  const found = new Map(findings.map((finding) => [finding.id, finding]));
  return (id, bySeconds) => {
    const finding = found.get(id);
    return finding !== undefined && finding.fraud && finding.seconds <= bySeconds;
  };
}

/** Each attempt with the features of its moment. @param attempts oldest first */
export function foldAttempts({ attempts, findings, now }: Pick<LearnOrder, "attempts" | "findings" | "now">): Row[] {
  const known = knownBy(findings);
  const said = new Map(findings.map(({ id, fraud }) => [id, fraud]));
  const lists = new Map<string, Attempt[]>();
  const listOf = (key: string | null): Attempt[] => (key === null ? [] : (lists.get(key) ?? []));
  const keyOf = (who: (typeof WHO)[number], attempt: Attempt): string | null => {
    const code = attempt[who];
    return code === null ? null : `${who}:${code}`;
  };
  return attempts.map((attempt) => {
    const earlier = WHO.map((who) => listOf(keyOf(who, attempt)).filter(({ seconds }) => seconds < attempt.seconds));
    const before = Object.fromEntries(WHO.map((who, w) => [who, earlier[w] ?? []])) as unknown as Before;
    const { values } = checkoutFeatures(attempt, before, known);
    for (const who of WHO) {
      const key = keyOf(who, attempt);
      if (key === null) continue;
      const list = lists.get(key) ?? [];
      list.push(attempt);
      if (list.length > LOOKED_AT_MAX) list.shift();
      lists.set(key, list);
    }
    const ripe = attempt.seconds <= now - RIPE_DAYS * SECONDS_A_DAY;
    const fraud = said.get(attempt.id);
    return { id: attempt.id, values, label: fraud === undefined ? (ripe ? 0 : null) : fraud ? 1 : 0 };
  });
}

function labelled(rows: readonly Row[], features: readonly string[]): Labelled {
  const columns = features.map((name) => (CHECKOUT_FEATURES as readonly string[]).indexOf(name));
  const values = new Float32Array(rows.length * columns.length);
  rows.forEach((row, i) => {
    columns.forEach((column, c) => (values[i * columns.length + c] = row.values[column] as number));
  });
  const data: Matrix = { count: rows.length, width: columns.length, values };
  return { data, labels: Uint8Array.from(rows, ({ label }) => label ?? 0) };
}

function judgedBy(model: FraudModel, rows: readonly Row[]): Figures {
  const { data, labels } = labelled(rows, model.features);
  const scores = Float64Array.from(rows, (_row, i) => blendScore(model, data.values, i * data.width));
  return { AP: averagePrecision(labels, scores), AUC: areaUnderRoc(labels, scores) };
}

const frauds = (rows: readonly Row[]): number => rows.filter(({ label }) => label === 1).length;

export async function run(order: LearnOrder): Promise<Learnt> {
  const rows = foldAttempts(order).filter(({ label }) => label !== null);
  const cut = Math.floor(rows.length * TEACHING_SHARE);
  const [teaching, judging] = [rows.slice(0, cut), rows.slice(cut)];
  const known = { teaching: frauds(teaching), judging: frauds(judging) };
  if (known.teaching < FRAUDS_MIN.teaching || known.judging < FRAUDS_MIN.judging) {
    const told = `${known.teaching} and ${known.judging} known frauds`;
    return {
      skipped: `There are ${told} to teach and to judge; ${FRAUDS_MIN.teaching} and ${FRAUDS_MIN.judging} are needed.`,
    };
  }
  await useBackend();
  const model = await trainFraud(labelled(teaching, CHECKOUT_MODEL_FEATURES), order.seed, CHECKOUT_TASTE);
  return {
    model,
    rows: teaching.length,
    metrics: judgedBy(model, judging),
    baseline: judgedBy(FIRST_MODEL, judging),
    champion: order.champion ? judgedBy(order.champion, judging) : null,
  };
}
