/**
 * How something new may win a place: the oldest part of the lessons teaches, the newest judges; what was learnt, what
 * is in use and what ships are measured on the same part. Who wins is not said here: that is the gate's word.
 */

/** As it stands on a model's card. */
interface Card {
  readonly data: string;
  readonly rows: number;
  readonly features: readonly string[];
  readonly measure: string;
  readonly metrics: Figures;
  readonly baseline: Figures;
  readonly against: { readonly hash: string; readonly metrics: Figures } | null;
  readonly seed: number;
  readonly libraries: Readonly<Record<string, string>>;
}

export interface Contest<L, M> {
  /** Oldest first. */
  readonly lessons: readonly L[];
  /** Name of the figure by which all are measured: more is better. */
  readonly measure: string;
  /** Why there are too few of them, as a sentence; null when there are enough. */
  readonly lacking: (teaching: readonly L[], judging: readonly L[]) => string | null;
  readonly train: (teaching: readonly L[]) => M;
  readonly judge: (model: M, judging: readonly L[]) => number;
  /** The figure of what ships. */
  readonly first: (teaching: readonly L[], judging: readonly L[]) => number;
  /** What is in use; left out: what ships. */
  readonly champion?: M;
}

export type Figures = Readonly<Record<string, number>>;

export interface Contested<M> {
  readonly model: M;
  /** How many lessons taught. */
  readonly rows: number;
  readonly measure: string;
  readonly metrics: Figures;
  readonly baseline: Figures;
  readonly champion: Figures | null;
}

export type Outcome<M> = { readonly skipped: string } | Contested<M>;

const TEACHING_SHARE = 0.7;

export function contested<L, M>(contest: Contest<L, M>): Outcome<M> {
  const { lessons, measure, lacking, train, judge, first, champion } = contest;
  const cut = Math.floor(lessons.length * TEACHING_SHARE);
  const [teaching, judging] = [lessons.slice(0, cut), lessons.slice(cut)];
  const skipped = lacking(teaching, judging);
  if (skipped !== null) return { skipped };
  const model = train(teaching);
  const figure = (value: number): Figures => ({ [measure]: value });
  return {
    ...{ model, rows: teaching.length, measure, metrics: figure(judge(model, judging)) },
    baseline: figure(first(teaching, judging)),
    champion: champion === undefined ? null : figure(judge(champion, judging)),
  };
}

export interface Enough {
  readonly teaching: number;
  readonly judging: number;
}

/** For a yes or no: so many of each are needed. @param of what they are, in the plural */
export function lackingEither<L>(yes: (lesson: L) => boolean, least: Enough, of: string): Contest<L, never>["lacking"] {
  const fewest = (lessons: readonly L[]): number => {
    const count = lessons.filter(yes).length;
    return Math.min(count, lessons.length - count);
  };
  return (teaching, judging) => {
    const [taught, judged] = [fewest(teaching), fewest(judging)];
    if (taught >= least.teaching && judged >= least.judging) return null;
    const told = `There are ${taught} and ${judged} ${of} of the rarer kind to teach and to judge`;
    return `${told}; ${least.teaching} and ${least.judging} of each are needed.`;
  };
}

export interface Keeping {
  readonly put: (bytes: Buffer) => Promise<string>;
  readonly artefact: string;
  /** What taught, in words. */
  readonly data: string;
  readonly features: readonly string[];
  readonly champion: { readonly hash: string };
  readonly seed: number;
  readonly libraries: Readonly<Record<string, string>>;
}

/** Puts what was learnt into the store of files, and writes its card. */
export async function trainedOf(
  learnt: Contested<unknown>,
  kept: Keeping,
): Promise<{ readonly hash: string; readonly card: Card }> {
  const { rows, measure, metrics, baseline } = learnt;
  const { data, features, seed, libraries } = kept;
  const hash = await kept.put(Buffer.from(kept.artefact));
  const against = learnt.champion && { hash: kept.champion.hash, metrics: learnt.champion };
  return { hash, card: { data, rows, features, measure, metrics, baseline, against, seed, libraries } };
}
