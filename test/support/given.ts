/**
 * Given a history, when a command, then these events or this refusal. Everything that goes in is frozen to its depth,
 * and everything that comes out must survive JSON, for between nodes it travels as JSON; and the state that the
 * events lead to must be the one that a replay of the whole history gives.
 */
import type { Aggregate } from "../../models/kernel/aggregate";
import type { DomainEvent } from "../../models/kernel/row";
import { refusals, type RefusalType } from "../../models/refusals";

export const NOW = "2026-01-31T12:00:00.000Z";

export function deepFrozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFrozen(member);
  }
  return value;
}

/** The value as the other side of a wire gets it; fails when that is another value. */
export function overTheWire<T>(value: T): T {
  const arrived = JSON.parse(JSON.stringify(value)) as T;
  expect(arrived).toStrictEqual(value);
  return deepFrozen(arrived);
}

interface When<S, E> {
  readonly then: (...events: readonly E[]) => { readonly andState: (state: S) => void };
  /** @param data what the refusal must carry */
  readonly refused: (type: RefusalType, data?: Readonly<Record<string, unknown>>) => void;
}

interface Given<S, C, E> {
  readonly state: S;
  readonly when: <N extends keyof C & string>(command: N, params: C[N], now?: string) => When<S, E>;
}

export const given =
  <S, C extends { readonly [N in keyof C]: object }, E extends DomainEvent>(aggregate: Aggregate<S, C, E>) =>
  (...history: readonly E[]): Given<S, C, E> => {
    const state = folded(aggregate, aggregate.initial, history);
    return {
      state,
      when(command, params, now = NOW) {
        const decide = (): readonly E[] => decider(aggregate, command)(state, overTheWire(params), now);
        return {
          then(...expected) {
            const events = overTheWire(decide());
            expect(events).toStrictEqual(expected);
            const next = folded(aggregate, state, events);
            expect(next).toStrictEqual(folded(aggregate, aggregate.initial, [...history, ...events]));
            return {
              andState(wanted) {
                expect(next).toStrictEqual(wanted);
              },
            };
          },
          refused(type, data) {
            const message = expect.stringMatching(/^[A-Z].*\.$/) as string;
            const wanted = { type, code: refusals[type], message, ...(data && { data }) };
            expect(decide).toThrow(expect.objectContaining(wanted) as Error);
          },
        };
      },
    };
  };

type Decide<S, E> = (state: S, params: object, now: string) => readonly E[];

function decider<S, C, E extends DomainEvent>(aggregate: Aggregate<S, C, E>, command: string): Decide<S, E> {
  const decide = (aggregate.decide as Readonly<Record<string, Decide<S, E>>>)[command];
  if (!decide) throw new Error(`${aggregate.name} does not know the command "${command}"`);
  return decide;
}

function folded<S, C, E extends DomainEvent>(aggregate: Aggregate<S, C, E>, from: S, events: readonly E[]): S {
  const evolve = aggregate.evolve as Readonly<Record<string, (state: S, data: object) => S>>;
  return events.reduce((state, { type, data }) => {
    const step = evolve[type];
    if (!step) throw new Error(`${aggregate.name} does not know the event "${type}"`);
    return overTheWire(step(state, overTheWire(data)));
  }, overTheWire(from));
}
