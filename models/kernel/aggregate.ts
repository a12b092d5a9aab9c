/**
 * An aggregate is the state that one command may change, and the two pure functions that change it: `decide` says
 * what happens (or refuses), `evolve` says what the state is afterwards. No clock, no randomness, no I/O: the same
 * history always folds to the same state, today and in ten years.
 */
import type { DomainEvent, Iso } from "./row";

/** Events of the kernel itself, that may stand in any history and change no state. */
export const CLAIM_FENCED = "claim.fenced";

/** A moment after a given one: the only arithmetic with time that an aggregate does. */
export const momentAfter = (at: Iso, ms: number): Iso => new Date(Date.parse(at) + ms).toISOString();

/** A command that the aggregate wants to receive later; kept durable as a timer. */
export interface Due {
  readonly at: Iso;
  /** Wire name of the action to call, with its params. */
  readonly command: string;
  readonly params: object;
}

/** `Commands` maps wire names to params: `{ "product.publish": PublishProduct }`. */
export interface Aggregate<S, Commands, E extends DomainEvent> {
  readonly name: string;
  /** Version of the shape of state and events; raised together with an upcaster. */
  readonly schema: number;
  /** The state before anything has happened. */
  readonly initial: S;
  /** One function per command. Returns what happened (nothing: the command changes nothing) or throws a refusal. */
  readonly decide: { readonly [N in keyof Commands]: (state: S, params: Commands[N], now: Iso) => readonly E[] };
  /** One function per event. */
  readonly evolve: { readonly [T in E["type"]]: (state: S, data: Extract<E, { type: T }>["data"]) => S };
  /** Unique keys that an aggregate in this state holds: `offer.sku/<seller>/<sku>`. */
  readonly claims?: (state: S) => readonly string[];
  readonly due?: (state: S) => readonly Due[];
}

/** What mechanisms know of an aggregate when they do not care which one it is. */
export interface AnyAggregate {
  readonly name: string;
  readonly schema: number;
  readonly initial: unknown;
  readonly decide: Readonly<Record<string, (state: unknown, params: object, now: Iso) => readonly DomainEvent[]>>;
  readonly evolve: Readonly<Record<string, (state: unknown, data: object) => unknown>>;
  readonly claims?: (state: unknown) => readonly string[];
  readonly due?: (state: unknown) => readonly Due[];
}

/**
 * Forgets the types of an aggregate. Safe because a history only ever holds rows that the same aggregate wrote, and
 * params reach `decide` only through the contract's schema.
 */
export const erased = <S, C, E extends DomainEvent>(aggregate: Aggregate<S, C, E>): AnyAggregate =>
  aggregate as unknown as AnyAggregate;

export function evolveOne(aggregate: AnyAggregate, state: unknown, event: DomainEvent): unknown {
  if (event.type === CLAIM_FENCED) return state;
  const step = aggregate.evolve[event.type];
  if (!step) throw new Error(`${aggregate.name} has no evolve for "${event.type}": add it, or an upcaster`);
  return step(state, event.data);
}

/** The state after `events`. */
export const fold = (aggregate: AnyAggregate, state: unknown, events: readonly DomainEvent[]): unknown =>
  events.reduce((next, event) => evolveOne(aggregate, next, event), state);
