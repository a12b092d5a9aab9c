/**
 * A saga is an aggregate that gets others to do something: a row of steps, each of them a commit. What a step sends
 * follows from the state alone, under ids that derive from saga and step, so that whoever drives the saga (the process
 * that began it, or a durable timer when that one died) sends the same commands, and each is done once. When a step
 * fails, it and those before it are taken back, last first. Here are the words; `saga-aggregate.ts` keeps what they say
 * in a history, `services/kernel/saga.ts` drives.
 */
import type { Iso } from "./row";

/** A command to somebody else. */
export interface Sent {
  /** Wire name. */
  readonly action: string;
  readonly params: object;
  /** Left out: derived from saga, step, round and place in the list. */
  readonly commandId?: string;
}

/** Why something did not happen: a refusal as it crosses the wire. */
export interface Failure {
  readonly type: string;
  readonly detail: string;
  readonly data?: object;
}

/** What became of one command. There is no third: whoever does not answer is asked again. */
export type Answer = { readonly result: unknown } | { readonly refused: Failure };

/** What the answers of a step mean. */
export type Verdict<D> =
  /** Go on, with what was learnt. */
  | { readonly next: Partial<D> }
  /** Somebody outside has to do something; asked again when they have, or when the step's time is over. */
  | { readonly wait: Partial<D> }
  /**
   * Take everything back; with `back` only down to that step, which is then tried anew, a few times. `patch`: what has
   * to be known for taking it back.
   */
  | { readonly fail: Failure; readonly back?: string; readonly patch?: Partial<D> }
  /**
   * Refused where nothing can be taken back any more: the saga stays in the step, and its timer asks again, for a day.
   * Then it goes on with `otherwise`, which says in the state what is left for a person to do.
   */
  | { readonly retry: Failure; readonly otherwise: Partial<D> };

/** Which saga it is, and how often it has gone back. */
export interface SagaAt {
  readonly id: string;
  readonly round: number;
}

export interface SagaStep<D> {
  readonly name: string;
  readonly commands: (data: D, at: SagaAt) => readonly Sent[];
  /**
   * Nothing but questions, answered the same way to whoever asks again: asked on the way from the step before, and what
   * is learnt is committed with that one. Only where there is another answer than "go on" does it stand as a step.
   */
  readonly asks?: true;
  /**
   * What is asked on the way from the step before, in the same way as what only asks: where the answer is to go on, as
   * the verdict has it, the step is passed over with a commit less. Opens nothing that would have to be taken back:
   * with any other answer, or none, the step is taken by itself, and sends its commands.
   */
  readonly ahead?: (data: D, at: SagaAt) => readonly Sent[];
  /** True where the step has nothing to do: it is passed over, and needs no commit of its own. */
  readonly idle?: (data: D) => boolean;
  /** Left out: a refusal fails the step, else the saga goes on. */
  readonly verdict?: (answers: readonly Answer[], data: D, at: SagaAt) => Verdict<D>;
  /** Takes back what the step did, may have done, or may still do. Must bear that nothing was done. */
  readonly undo?: (data: D, at: SagaAt) => readonly Sent[];
  /** From its beginning; when it is over, the saga fails. Left out: the saga's own. `null`: only forward. */
  readonly timeoutMs?: number | null;
}

export interface Saga<D extends object> {
  /** Of the aggregate. */
  readonly name: string;
  readonly schema: number;
  readonly steps: readonly SagaStep<D>[];
  readonly timeoutMs: number;
}

export type SagaStatus = "running" | "waiting" | "undoing" | "done" | "failed";

export interface SagaProgress {
  /** To be taken, or to be taken back; null when the saga has ended. */
  readonly step: string | null;
  readonly round: number;
  readonly failure: Failure | null;
  /** The step to begin anew with, once all down to it are taken back; null: the saga ends. */
  readonly back: string | null;
  readonly startedAt: Iso;
  readonly movedAt: Iso;
  /** When the step's time is over; null when it is not limited. */
  readonly until: Iso | null;
}

export type Begun<D> = D & { readonly status: SagaStatus; readonly saga: SagaProgress };
export type SagaState<D> = { readonly status: "absent" } | Begun<D>;

/** Names the step that the message is about, so that one that comes late or twice changes nothing. */
export interface StepRef {
  readonly step: string;
  readonly round: number;
}

/** So long a step that cannot be taken back asks again. */
export const RETRY_FOR_MS = 24 * 60 * 60_000;

/** Longer than who drives it needs for a step: then its timer goes on. */
export const RESUME_AFTER_MS = 10_000;

export const hasEnded = ({ status }: { readonly status: SagaStatus }): boolean =>
  status === "done" || status === "failed";

export function stepNamed<D extends object>(saga: Saga<D>, name: string): SagaStep<D> {
  const found = saga.steps.find((step) => step.name === name);
  if (!found) throw new Error(`The saga ${saga.name} has no step "${name}"`);
  return found;
}

export interface AdvanceSaga<D> extends StepRef {
  readonly patch: Partial<D>;
  /** The last of the steps after it that have been asked on the way. */
  readonly through?: string;
}

/** Whether all that it does may have been done on the way from the step before. */
export const mayPass = <D extends object>({ asks, ahead }: SagaStep<D>): boolean =>
  asks === true || ahead !== undefined;

/** The next step that has something to do; null at the end. */
export function nextStep<D extends object>({ steps }: Saga<D>, name: string, data: D): SagaStep<D> | null {
  const at = steps.findIndex((step) => step.name === name);
  return steps.slice(at + 1).find((step) => step.idle?.(data) !== true) ?? null;
}

export interface FailSaga<D = object> extends StepRef {
  readonly failure: Failure;
  readonly back?: string;
  readonly patch?: Partial<D>;
}

/** Whether the present step's time is over. */
export const overdue = ({ saga }: { readonly saga: SagaProgress }, now: Iso): boolean =>
  saga.until !== null && now > saga.until;
