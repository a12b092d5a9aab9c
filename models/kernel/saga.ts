/**
 * A saga is an aggregate that gets others to do something: a row of steps, each of them a commit. What a step sends
 * follows from the state alone, under ids that derive from saga and step, so that whoever drives the saga (the process
 * that began it, or a durable timer when that one died) sends the same commands, and each is done once. When a step
 * fails, it and those before it are taken back, last first. Pure: the driver is `services/kernel/saga.ts`.
 */
import { momentAfter, type AnyAggregate, type Due } from "./aggregate";
import { refuseKernel } from "./refusal";
import type { DomainEvent, Iso } from "./row";

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
  | { readonly fail: Failure; readonly back?: string; readonly patch?: Partial<D> };

/** Which saga it is, and how often it has gone back. */
export interface SagaAt {
  readonly id: string;
  readonly round: number;
}

export interface SagaStep<D> {
  readonly name: string;
  readonly commands: (data: D, at: SagaAt) => readonly Sent[];
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

/** How often a saga goes back before it fails. */
const ROUNDS_MAX = 3;
/** Longer than who drives it needs for a step: then its timer goes on. */
export const RESUME_AFTER_MS = 10_000;

export const hasEnded = ({ status }: { readonly status: SagaStatus }): boolean =>
  status === "done" || status === "failed";

const TIMED_OUT: Failure = { type: "TIMED_OUT", detail: "It took too long, and was taken back." };

const indexOf = <D extends object>({ steps }: Saga<D>, name: string | null): number =>
  steps.findIndex((step) => step.name === name);

/** The last step at or before `index` that has something to be taken back. */
function undoable<D extends object>({ steps }: Saga<D>, index: number): string | null {
  for (let i = index; i >= 0; i--) if (steps[i]?.undo) return (steps[i] as SagaStep<D>).name;
  return null;
}

export function stepNamed<D extends object>(saga: Saga<D>, name: string): SagaStep<D> {
  const found = saga.steps.find((step) => step.name === name);
  if (!found) throw new Error(`The saga ${saga.name} has no step "${name}"`);
  return found;
}

type Any = Readonly<Record<string, unknown>>;
type Moved = Pick<SagaProgress, "step" | "round"> & { readonly at: Iso };

/** The saga at the beginning of a step; at its end when there is none. */
function entered<D extends object>(saga: Saga<D>, state: Begun<D>, { step, round, at }: Moved): Begun<D> {
  const limit = saga.steps.find(({ name }) => name === step)?.timeoutMs;
  const limitMs = limit === undefined ? saga.timeoutMs : limit;
  const until = step === null || limitMs === null ? null : momentAfter(at, limitMs);
  const progress: SagaProgress = { ...state.saga, step, round, until, movedAt: at, back: null };
  return { ...state, status: step === null ? "done" : "running", saga: progress };
}

/** On the way back: the next step to be taken back, the step to begin anew with, or the end. */
function retreated<D extends object>(saga: Saga<D>, state: Begun<D>, from: number, at: Iso): Begun<D> {
  const { back, round } = state.saga;
  const floor = indexOf(saga, back);
  const next = undoable(saga, from);
  if (next !== null && indexOf(saga, next) >= Math.max(floor, 0)) {
    return { ...state, status: "undoing", saga: { ...state.saga, step: next, movedAt: at, until: null } };
  }
  if (back !== null) {
    const anew = { ...state, saga: { ...state.saga, failure: null } };
    return entered(saga, anew, { step: back, round: round + 1, at });
  }
  return { ...state, status: "failed", saga: { ...state.saga, step: null, movedAt: at, until: null } };
}

export interface AdvanceSaga<D> extends StepRef {
  readonly patch: Partial<D>;
}
export interface FailSaga<D = object> extends StepRef {
  readonly failure: Failure;
  readonly back?: string;
  readonly patch?: Partial<D>;
}

function existing<D>(state: unknown, name: string): Begun<D> {
  const known = state as SagaState<D>;
  if (known.status === "absent") return refuseKernel("NOT_FOUND", `There is no such ${name}.`);
  return known;
}

const stands = (state: { readonly saga: SagaProgress }, { step, round }: StepRef): boolean =>
  state.saga.step === step && state.saga.round === round;

const forward = ({ status }: { readonly status: SagaStatus }): boolean => status === "running" || status === "waiting";

/** Whether the present step's time is over. */
export const overdue = ({ saga }: { readonly saga: SagaProgress }, now: Iso): boolean =>
  saga.until !== null && now > saga.until;

function decisions<D extends object>(saga: Saga<D>): AnyAggregate["decide"] {
  const { name } = saga;
  const event = (type: string, data: object): DomainEvent[] => [{ type: `${name}.${type}`, data }];
  const late = (ref: StepRef, at: Iso): DomainEvent[] => event("failed", { ...ref, failure: TIMED_OUT, at });
  return {
    [`${name}.begin`]: (state, params, at) => {
      if ((state as SagaState<D>).status !== "absent") return [];
      const { id: _id, ...data } = params as { readonly id: string };
      return event("begun", { ...data, at });
    },
    [`${name}.advance`]: (state, params, at) => {
      const known = existing<D>(state, name);
      const { step, round, patch } = params as AdvanceSaga<D>;
      if (!forward(known) || !stands(known, { step, round })) return [];
      return overdue(known, at) ? late({ step, round }, at) : event("advanced", { step, round, patch, at });
    },
    [`${name}.wait`]: (state, params, at) => {
      const known = existing<D>(state, name);
      const { step, round, patch } = params as AdvanceSaga<D>;
      if (!forward(known) || !stands(known, { step, round })) return [];
      if (overdue(known, at)) return late({ step, round }, at);
      return known.status === "waiting" ? [] : event("waiting", { step, round, patch, at });
    },
    [`${name}.fail`]: (state, params, at) => {
      const known = existing<D>(state, name);
      const { step, round, failure, back, patch } = params as FailSaga<D>;
      if (!forward(known) || !stands(known, { step, round })) return [];
      const again = back !== undefined && round < ROUNDS_MAX && { back };
      return event("failed", { step, round, failure, ...again, ...(patch && { patch }), at });
    },
    [`${name}.undone`]: (state, params, at) => {
      const known = existing<D>(state, name);
      const { step, round } = params as StepRef;
      if (known.status !== "undoing" || !stands(known, { step, round })) return [];
      return event("undone", { step, round, at });
    },
  };
}

function changes<D extends object>(saga: Saga<D>): AnyAggregate["evolve"] {
  const { name, steps } = saga;
  const was = (state: unknown): Begun<D> => state as Begun<D>;
  const next = (step: string): string | null => steps[indexOf(saga, step) + 1]?.name ?? null;
  return {
    [`${name}.begun`]: (_state, data) => {
      const { at, ...rest } = data as Any & { readonly at: Iso };
      const progress = { step: null, round: 1, failure: null, back: null, startedAt: at, movedAt: at, until: null };
      const begun = { ...rest, status: "running", saga: progress } as unknown as Begun<D>;
      return entered(saga, begun, { step: steps[0]?.name ?? null, round: 1, at });
    },
    [`${name}.advanced`]: (state, data) => {
      const { step, round, patch, at } = data as AdvanceSaga<D> & { readonly at: Iso };
      return entered(saga, { ...was(state), ...patch }, { step: next(step), round, at });
    },
    [`${name}.waiting`]: (state, data) => {
      const { patch, at } = data as AdvanceSaga<D> & { readonly at: Iso };
      const { saga: progress, ...rest } = was(state);
      return { ...rest, ...patch, status: "waiting", saga: { ...progress, movedAt: at } };
    },
    [`${name}.failed`]: (state, data) => {
      const { step, failure, back = null, patch, at } = data as FailSaga<D> & { readonly at: Iso };
      const failed = { ...was(state), ...patch, saga: { ...was(state).saga, failure, back } };
      return retreated(saga, failed, indexOf(saga, step), at);
    },
    [`${name}.undone`]: (state, data) => {
      const { step, at } = data as StepRef & { readonly at: Iso };
      return retreated(saga, was(state), indexOf(saga, step) - 1, at);
    },
  };
}

/** When somebody else goes on with it: soon when who drives it may have died, in the end when nobody has answered. */
function due(name: string, state: unknown): readonly Due[] {
  const known = state as SagaState<object>;
  if (known.status === "absent" || hasEnded(known)) return [];
  const { movedAt, until } = known.saga;
  const at =
    known.status === "waiting" && until !== null ? momentAfter(until, 1) : momentAfter(movedAt, RESUME_AFTER_MS);
  return [{ at, command: `${name}.resume`, params: {} }];
}

export const sagaAggregate = <D extends object>(saga: Saga<D>): AnyAggregate => ({
  name: saga.name,
  schema: saga.schema,
  initial: { status: "absent" },
  decide: decisions(saga),
  evolve: changes(saga),
  due: (state) => due(saga.name, state),
});
