/**
 * What the actors of this process remember of their aggregates: good for whoever knows which version there is, because
 * that one was just told; everybody else asks the store. Only what is durable is remembered.
 */
import type { Row } from "../../models/kernel/row";

export type RecentRow = (id: string) => Row | undefined;

export interface Memory {
  /** The actors of an aggregate tell where they may be asked. */
  add(aggregate: string, recent: RecentRow): void;
  /** The newest row that this process knows of, as stored; another process may have overtaken it. */
  recent(aggregate: string, id: string): Row | undefined;
}

export function createMemory(): Memory {
  const all = new Map<string, RecentRow>();
  return {
    add: (aggregate, recent) => void all.set(aggregate, recent),
    recent: (aggregate, id) => all.get(aggregate)?.(id),
  };
}
