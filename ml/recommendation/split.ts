/**
 * Cuts sequences into what is learnt from, what the models are chosen on, and what they are judged on. What is judged
 * is seen by nothing before: neither by the models nor by whoever chooses among them.
 */
import { permutation } from "../kernel/random";
import { type Cases, countOf, type Sequences, sequencesOf, type Span, spanOf } from "./sequences";

export interface Problem {
  readonly itemCount: number;
  /** What is learnt from while choosing. */
  readonly train: Sequences;
  readonly validation: Cases;
  /** What is learnt from at the end: all that is older than what is judged. */
  readonly whole: Sequences;
  readonly test: Cases;
}

const without = ({ items, from, to }: Span, last: number): Span => ({ items, from, to: Math.max(from, to - last) });
const lastOf = ({ items, to }: Span, back: number): number => items[to - back] as number;

const casesOf = (spans: readonly Span[], back: number): Cases => ({
  prefixes: sequencesOf(spans.map((span) => without(span, back))),
  targets: Int32Array.from(spans, (span) => lastOf(span, back)),
});

/** The last item of each is judged, the last but one is chosen on. Shorter than three: learnt from alone. */
export function leaveOneOut(sequences: Sequences, itemCount: number): Problem {
  const spans = Array.from({ length: countOf(sequences) }, (_none, n) => spanOf(sequences, n));
  const long = spans.filter(({ from, to }) => to - from >= 3);
  if (long.length === 0) throw new Error("No sequence has three items or more: there is nothing to judge.");
  const short = spans.filter(({ from, to }) => to - from < 3);
  return {
    itemCount,
    train: sequencesOf([...long.map((span) => without(span, 2)), ...short]),
    validation: casesOf(long, 2),
    whole: sequencesOf([...long.map((span) => without(span, 1)), ...short]),
    test: casesOf(long, 1),
  };
}

const HELD_OUT_SHARE = 0.06;

/** Each step of some sessions is a case. */
export function stepsOf(spans: readonly Span[], casesMax: number, seed: number): Cases {
  const steps = spans.flatMap(({ items, from, to }) =>
    Array.from({ length: Math.max(0, to - from - 1) }, (_none, i) => ({ items, from, to: from + i + 2 })),
  );
  const order = permutation(steps.length, seed).subarray(0, casesMax);
  return casesOf(
    Array.from(order, (n) => steps[n] as Span),
    1,
  );
}

/** The last sessions of the file are chosen on: files are in time order, and where they are not it does no harm. */
export function bySession(sessions: Sequences, test: Cases, of: { itemCount: number; seed: number }): Problem {
  const spans = Array.from({ length: countOf(sessions) }, (_none, n) => spanOf(sessions, n));
  const kept = Math.floor(spans.length * (1 - HELD_OUT_SHARE));
  if (kept === spans.length) throw new Error("There are too few sessions to hold some out.");
  return {
    itemCount: of.itemCount,
    train: sequencesOf(spans.slice(0, kept)),
    validation: stepsOf(spans.slice(kept), VALIDATION_MAX, of.seed),
    whole: sessions,
    test,
  };
}

/** As many cases as the choice among models needs. */
export const VALIDATION_MAX = 30_000;
