/**
 * Restoring: a new version with the content of an old one. A contract names the fields that are content; whatever
 * else a state holds (amounts, quantities, where it stands in its life) stays as it is today. Pure, for aggregates.
 */
import { canonical } from "./canonical";

/** What a command that restores is decided on: the params of its caller and the old content. */
export interface Restoring<Content> {
  readonly id: string;
  readonly version: number;
  readonly content: Partial<Content>;
  /** Fields that the old version did not have. */
  readonly gone: readonly (keyof Content & string)[];
}

/** The params of a command that restores. */
export interface ToVersion {
  readonly id: string;
  readonly version: number;
}

/** What a restoring event says: only what differs from the state before it. */
export interface Restored<Content> {
  readonly toVersion: number;
  readonly content: Partial<Content>;
  readonly gone: readonly (keyof Content & string)[];
}

type Fields = Readonly<Record<string, unknown>>;

const same = (one: unknown, other: unknown): boolean => one !== undefined && canonical(one) === canonical(other);

/** What restoring changes of `state`; null when it already is as it was. */
export function changesOf<C>(state: object, { version, content, gone }: Restoring<C>): Restored<C> | null {
  const now = state as Fields;
  const differing = Object.entries(content).filter(([name, value]) => !same(now[name], value));
  const leaving = gone.filter((name) => name in now);
  if (differing.length === 0 && leaving.length === 0) return null;
  return { toVersion: version, content: Object.fromEntries(differing) as Partial<C>, gone: leaving };
}

/** The state with what was restored. */
export function restoredState<S extends object, C>(state: S, { content, gone }: Restored<C>): S {
  const left = Object.entries(state).filter(([name]) => !(gone as readonly string[]).includes(name));
  return { ...(Object.fromEntries(left) as S), ...content };
}
