/** A saga as an aggregate: what its steps have come to, kept in a history like everything else. Pure. */
import { momentAfter, type AnyAggregate, type Due } from "./aggregate";
import { refuseKernel } from "./refusal";
import type { DomainEvent, Iso } from "./row";
import {
  hasEnded,
  mayPass,
  nextStep,
  overdue,
  RESUME_AFTER_MS,
  type AdvanceSaga,
  type Begun,
  type Failure,
  type FailSaga,
  type Saga,
  type SagaProgress,
  type SagaState,
  type SagaStatus,
  type SagaStep,
  type StepRef,
} from "./saga";

/** How often a saga goes back before it fails. */
const ROUNDS_MAX = 3;
const TIMED_OUT: Failure = { type: "TIMED_OUT", detail: "It took too long, and was taken back." };

const indexOf = <D extends object>({ steps }: Saga<D>, name: string | null): number =>
  steps.findIndex((step) => step.name === name);

/** The last step at or before `index` that has something to be taken back. */
function undoable<D extends object>({ steps }: Saga<D>, index: number): string | null {
  for (let i = index; i >= 0; i--) if (steps[i]?.undo) return (steps[i] as SagaStep<D>).name;
  return null;
}

/** Where it goes after a step, and after those asked on the way. @throws Error where one of these does more */
function nextOf<D extends object>(saga: Saga<D>, { step, through = step }: AdvanceSaga<D>, data: D): string | null {
  const passed = saga.steps.slice(indexOf(saga, step) + 1, indexOf(saga, through) + 1);
  const acts = passed.find((one) => !mayPass(one) && one.idle?.(data) !== true);
  if (acts) throw new Error(`The ${saga.name} cannot pass over its step "${acts.name}"`);
  return nextStep(saga, through, data)?.name ?? null;
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

function existing<D>(state: unknown, name: string): Begun<D> {
  const known = state as SagaState<D>;
  if (known.status === "absent") return refuseKernel("NOT_FOUND", `There is no such ${name}.`);
  return known;
}

const stands = (state: { readonly saga: SagaProgress }, { step, round }: StepRef): boolean =>
  state.saga.step === step && state.saga.round === round;

const forward = ({ status }: { readonly status: SagaStatus }): boolean => status === "running" || status === "waiting";

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
      const told = params as AdvanceSaga<D>;
      const { step, round, patch } = told;
      if (!forward(known) || !stands(known, { step, round })) return [];
      if (overdue(known, at)) return late({ step, round }, at);
      // where it goes is said by the event: what a step finds idle may change, and old histories must not
      return event("advanced", { step, round, patch, to: nextOf(saga, told, { ...known, ...patch }), at });
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

/** `to` is left out by histories from before steps could be passed over: they went on to the next one. */
type Advanced<D> = AdvanceSaga<D> & { readonly to?: string | null; readonly at: Iso };

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
      const { step, round, patch, to = next(step), at } = data as Advanced<D>;
      return entered(saga, { ...was(state), ...patch }, { step: to, round, at });
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
