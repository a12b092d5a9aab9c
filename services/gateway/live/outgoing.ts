/**
 * What goes to one connection within a turn of the event loop goes out in one write: a commit changes several widgets,
 * and a write of its own for each of their messages costs more than all that was done to make it. What a connection
 * was given and has not passed on is counted: who takes nothing is slow.
 */
import type { LiveSocket } from "./sockets";

/** Packets that wait for a connection, above which it counts as slow. */
const WAITING_MAX = 100;

/** As a TCP connection has it. */
interface Corked {
  cork(): void;
  uncork(): void;
}

export type Connection = LiveSocket["conn"];

export interface Outgoing {
  /** Counts and gathers what a new connection is given, until it is closed. */
  open(connection: Connection): void;
  packets(connection: Connection): number;
  isCrowded(connection: Connection): boolean;
  /** Who has had too much to pass on since it was last looked; each once. */
  crowded(): ReadonlySet<Connection>;
}

/** @param later does what it is given when no more is to be expected */
export function createGather(later: (work: () => void) => unknown): (connection: Corked) => void {
  let corked = new Set<Corked>();
  const uncork = (): void => {
    const all = corked;
    corked = new Set();
    for (const connection of all) connection.uncork();
  };
  return (connection) => {
    if (corked.has(connection)) return;
    if (corked.size === 0) later(uncork);
    corked.add(connection);
    connection.cork();
  };
}

export function createOutgoing(): Outgoing {
  // the engine gives on the first packet of a turn by itself, and what came after it when that one is through
  const [first, others] = [createGather(setImmediate), createGather((work) => process.nextTick(work))];
  const counts = new WeakMap<Connection, { packets: number }>();
  let crowd = new Set<Connection>();
  const packets = (connection: Connection): number => counts.get(connection)?.packets ?? 0;
  return {
    open(connection) {
      const count = { packets: 0 };
      counts.set(connection, count);
      const { socket: wire } = connection.request;
      // what asked for the connection is kept as long as it by the engine, although nobody asks for it any more
      Object.assign(connection, { request: null });
      connection.on("packetCreate", () => {
        count.packets += 1;
        if (count.packets === WAITING_MAX + 1) crowd.add(connection);
      });
      connection.on("flush", (given: readonly unknown[]) => {
        count.packets = 0;
        (given.length > 1 ? others : first)(wire);
      });
    },
    packets,
    isCrowded: (connection) => packets(connection) > WAITING_MAX,
    crowded() {
      const found = crowd;
      crowd = new Set();
      return found;
    },
  };
}
