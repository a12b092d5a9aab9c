/** Who takes nothing is left out, told all at once when it takes again, and put out when it never does. */
import type { Board } from "../../../../../indexers/kernel/live-board";
import type { Outgoing } from "../../../../../services/gateway/live/outgoing";
import { lookAtSlow, type PushDeps } from "../../../../../services/gateway/live/pushing";
import type { LiveSocket, Watched } from "../../../../../services/gateway/live/sockets";

const LAG_MS_MAX = 30_000;

function opened() {
  const rooms = new Set(["seller/acme/sales"]);
  const told: unknown[] = [];
  const watched = { board: "seller", id: "acme", widgets: ["sales"], reached: new Map(), stream: "", since: "" };
  const socket = {
    ...{
      conn: {},
      connected: true,
      data: { lagging: null as number | null, watched: new Map([["seller/acme", watched]]) },
    },
    join: (room: string) => rooms.add(room),
    leave: (room: string) => rooms.delete(room),
    emit: (event: string, one: { from?: number; to?: number }) => told.push([event, one.from, one.to]),
  };
  let waiting = 0;
  let crowd = new Set<unknown>();
  const outgoing = {
    packets: () => waiting,
    isCrowded: () => waiting > 100,
    crowded: () => {
      const found = crowd;
      crowd = new Set();
      return found;
    },
  };
  let number = 5;
  const board = { frame: { since: "2026" }, after: () => ({ "EUR|1": { orders: 1 } }), cells: () => ({}) };
  const deps = {
    boards: { settled: () => board as unknown as Board },
    position: () => ({ stream: "x", number }),
    spaces: [{ sockets: new Map([["1", socket]]) }],
    figures: { told: () => undefined, lagged: () => told.push("left out") },
    outgoing: outgoing as unknown as Outgoing,
    lagging: new Set<LiveSocket>(),
  } as unknown as PushDeps;
  const give = (packets: number, at: number): void => {
    waiting = packets;
    number = at;
    if (packets > 100) crowd.add(socket.conn);
  };
  const look = (now: number): number => lookAtSlow(deps, now, LAG_MS_MAX).length;
  return { rooms, told, socket, give, look, watched: watched as unknown as Watched };
}

it("is left out of its rooms, and what is kept for it is a number", () => {
  const { rooms, told, socket, give, look, watched } = opened();
  give(100, 6);
  expect([look(0), rooms.size]).toEqual([0, 1]);
  give(101, 7);
  look(1_000);
  expect([[...rooms], socket.data.lagging, told]).toEqual([[], 1_000, ["left out"]]);
  expect([watched.stream, [...watched.reached]]).toEqual(["x", [["sales", 7]]]);
});

it("is told what changed since then when it takes again, and is in its rooms as before", () => {
  const { rooms, told, socket, give, look } = opened();
  give(101, 7);
  look(1_000);
  give(0, 40);
  look(2_000);
  expect(told).toEqual(["left out", ["delta", 7, 40]]);
  expect([[...rooms], socket.data.lagging]).toEqual([["seller/acme/sales"], null]);
});

it("is put out when it has taken nothing for too long", () => {
  const { give, look } = opened();
  give(101, 7);
  look(1_000);
  expect([look(1_000 + LAG_MS_MAX), look(1_001 + LAG_MS_MAX)]).toEqual([0, 1]);
});

it("is let be when it was crowded for a moment only", () => {
  const { rooms, told, give, look } = opened();
  give(101, 7);
  give(3, 8);
  look(1_000);
  expect([rooms.size, told]).toEqual([1, []]);
});
