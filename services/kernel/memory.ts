/**
 * What the actors of this process remember of their aggregates: good for whoever knows which version there is, because
 * that one was just told; everybody else asks the store. Only what is durable is remembered.
 */
import type { Row } from "../../models/kernel/row";
import { createIdleRoom, type Idle } from "./idle";

export interface Remembering {
  readonly recent: (id: string) => Row | undefined;
  readonly version: (id: string) => number | undefined;
}

export interface Memory {
  /** Where the actors of an aggregate are kept while they have no work: in one bounded room with all others. */
  idle(aggregate: string): Idle;
  /** The actors of an aggregate tell where they may be asked. */
  add(aggregate: string, actors: Remembering): void;
  /** The newest row that this process knows of, as stored; another process may have overtaken it. */
  recent(aggregate: string, id: string): Row | undefined;
  /** Its version alone, which costs nothing. */
  version(aggregate: string, id: string): number | undefined;
}

/** Of a process. About nine thousand products, offers or stocks. */
const IDLE_BYTES_MAX = 12 * 1024 ** 2;

export function createMemory(bytesMax = IDLE_BYTES_MAX): Memory {
  const room = createIdleRoom(bytesMax);
  const all = new Map<string, Remembering>();
  return {
    idle: (aggregate) => room.of(aggregate),
    add: (aggregate, actors) => void all.set(aggregate, actors),
    recent: (aggregate, id) => all.get(aggregate)?.recent(id),
    version: (aggregate, id) => all.get(aggregate)?.version(id),
  };
}
