/**
 * A definition is what somebody lays down and the mall goes by: a promotion, a way of shipping. It is laid down once,
 * with content that may be revised and a place that never changes; and it is in force or set aside, as often as one
 * likes. It is never deleted: what went by it once still names it.
 */
import type { AnyAggregate } from "./aggregate";
import { refuseKernel } from "./refusal";
import { changesOf, restoredState, type Restored, type Restoring } from "./restoring";
import type { DomainEvent } from "./row";

/** One side of the switch: `{ status: "running", by: "start", event: "started" }`. */
export interface Side<S extends string> {
  readonly status: S;
  /** Verb of the command that brings it there. */
  readonly by: string;
  /** Past of the verb. */
  readonly event: string;
}

export type Defined<D, S extends string> = D & { readonly status: S };
export type DefinitionState<D, S extends string> = { readonly status: "absent" } | Defined<D, S>;

export interface Definition<Create, D, In extends string, Out extends string> {
  /** Of the aggregate. */
  readonly name: string;
  /** As refusals say it: `promotion`. */
  readonly noun: string;
  /** Where a new one stands. */
  readonly inForce: Side<In>;
  readonly setAside: Side<Out>;
  /** What is kept of the params of `<name>.create`: what was left out is filled in. */
  readonly lay: (params: Create) => D;
  /** Refuses what makes no sense, at each change. */
  readonly check?: (data: D) => void;
}

/**
 * Commands `<name>.create`, `<name>.revise` (`id` beside what is to change), `<name>.revert` (what the contract says is
 * content, of an earlier version) and the two verbs of its sides.
 */
export function definition<Create, D extends object, In extends string, Out extends string>(
  words: Definition<Create, D, In, Out>,
): AnyAggregate {
  type Kept = Defined<D, In | Out>;
  const { name, noun, inForce, setAside, lay, check } = words;
  const event = (type: string, data: object = {}): DomainEvent[] => [{ type: `${name}.${type}`, data }];

  function existing(state: unknown): Kept {
    const known = state as DefinitionState<D, In | Out>;
    if (known.status === "absent") return refuseKernel("NOT_FOUND", `There is no such ${noun}.`);
    return known as Kept;
  }
  /** What fits today no more is refused, as a revision to it would be. */
  const reverted = (before: Kept, old: Restoring<Partial<D>>): DomainEvent[] => {
    const changes = changesOf(before, old);
    if (changes !== null) check?.(restoredState(before, changes));
    return changes === null ? [] : event("reverted", changes);
  };
  const turned = (side: Side<In | Out>) => (state: unknown) =>
    existing(state).status === side.status ? [] : event(side.event);
  const stands = (side: Side<In | Out>) => (state: unknown) => ({ ...(state as Kept), status: side.status });

  return {
    name,
    schema: 1,
    initial: { status: "absent" },
    decide: {
      [`${name}.create`]: (state, params) => {
        const { status } = state as DefinitionState<D, In | Out>;
        if (status !== "absent") refuseKernel("ALREADY_EXISTS", `This ${noun} exists already.`);
        const data = lay(params as Create);
        check?.(data);
        return event("created", data);
      },
      [`${name}.revise`]: (state, params) => {
        const before = existing(state);
        const { id: _id, ...changes } = params as { readonly id: string };
        check?.({ ...before, ...changes });
        return event("revised", changes);
      },
      [`${name}.revert`]: (state, old) => reverted(existing(state), old as Restoring<Partial<D>>),
      [`${name}.${inForce.by}`]: turned(inForce),
      [`${name}.${setAside.by}`]: turned(setAside),
    },
    evolve: {
      [`${name}.created`]: (_state, data) => ({ status: inForce.status, ...data }),
      [`${name}.revised`]: (state, changes) => ({ ...(state as Kept), ...changes }),
      [`${name}.reverted`]: (state, data) => restoredState(state as Kept, data as Restored<Partial<D>>),
      [`${name}.${inForce.event}`]: stands(inForce),
      [`${name}.${setAside.event}`]: stands(setAside),
    },
  };
}
