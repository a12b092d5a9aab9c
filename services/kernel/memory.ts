/**
 * What the actors of this process remember of their aggregates: good for whoever knows which version there is, because
 * that one was just told; everybody else asks the store. Only what is durable is remembered.
 */
import type { Row } from "../../models/kernel/row";

export interface Remembering {
  readonly recent: (id: string) => Row | undefined;
  readonly version: (id: string) => number | undefined;
}

export interface Memory {
  /** The actors of an aggregate tell where they may be asked. */
  add(aggregate: string, actors: Remembering): void;
  /** The newest row that this process knows of, as stored; another process may have overtaken it. */
  recent(aggregate: string, id: string): Row | undefined;
  /** Its version alone, which costs nothing. */
  version(aggregate: string, id: string): number | undefined;
}

export function createMemory(): Memory {
  const all = new Map<string, Remembering>();
  return {
    add: (aggregate, actors) => void all.set(aggregate, actors),
    recent: (aggregate, id) => all.get(aggregate)?.recent(id),
    version: (aggregate, id) => all.get(aggregate)?.version(id),
  };
}
