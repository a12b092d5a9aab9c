/**
 * The messages that wait to be read, by the aggregate that they are about. Of an aggregate the newest version is read,
 * and the one before it is kept in case that one is bad; what both have overtaken needs no reading any more, so that
 * what waits is bounded by the number of aggregates and not by how often they change.
 */
import type { JsMsg } from "nats";
import { aggregateOf } from "./decode-batch";

export interface Held {
  /** The newest delivery: only that one can be acknowledged. */
  message: JsMsg;
}

interface Waiting {
  readonly held: Held;
  /** Text that compares as the version does. */
  readonly rowId: string;
}

export interface WaitingRoom {
  /** Gives what need not be read any more because of it. */
  add(held: Held): readonly Held[];
  /** Different aggregates that wait. */
  aggregates(): number;
  /** What waits of the first aggregates, in the order in which they came; it waits no more. */
  take(aggregatesMax: number): readonly Held[];
  clear(): void;
}

const KEPT = 2;

function waitingOf(held: Held, heads: boolean): { readonly key: string; readonly one: Waiting } {
  const known = heads ? aggregateOf(held.message) : null;
  const { key, rowId } = known ?? { key: `#${held.message.seq}`, rowId: "" };
  return { key, one: { held, rowId } };
}

/** @param heads false for a reader that needs every version */
export function createWaitingRoom(heads: boolean): WaitingRoom {
  const byAggregate = new Map<string, Waiting[]>();
  return {
    add(held) {
      const { key, one } = waitingOf(held, heads);
      const waiting = byAggregate.get(key) ?? [];
      if (waiting.length === 0) byAggregate.set(key, waiting);
      waiting.push(one);
      if (waiting.length <= KEPT) return [];
      waiting.sort((a, b) => (a.rowId < b.rowId ? 1 : -1));
      return waiting.splice(KEPT).map((one) => one.held);
    },
    aggregates: () => byAggregate.size,
    take(aggregatesMax) {
      const taken = [...byAggregate].slice(0, aggregatesMax);
      for (const [key] of taken) byAggregate.delete(key);
      return taken.flatMap(([, waiting]) => waiting.map(({ held }) => held));
    },
    clear: () => byAggregate.clear(),
  };
}
