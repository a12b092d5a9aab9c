/** A saga for its tests: a trip that takes the keys of rooms, asks outside, and leaves a note. */
import { erased, type Aggregate } from "../../../../models/kernel/aggregate";
import { Refusal } from "../../../../models/kernel/refusal";
import type { Row } from "../../../../models/kernel/row";
import type { Begun, Saga } from "../../../../models/kernel/saga";
import { sagaAggregate } from "../../../../models/kernel/saga-aggregate";
import type { Caller } from "../../../../services/kernel/call";
import { createDrive } from "../../../../services/kernel/saga";
import { newestIn, openActors, readerOf } from "../../../support/memory-actors";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";

/** A key cupboard: who goes on a trip takes the keys of two rooms, and leaves a note. */
interface Room {
  readonly taken: string | null;
  readonly times: number;
}
interface RoomCommands {
  "room.take": { id: string; by: string };
  "room.give": { id: string; by: string };
}
type RoomEvent = { type: "room.taken"; data: { by: string } } | { type: "room.given"; data: object };

const room: Aggregate<Room, RoomCommands, RoomEvent> = {
  name: "room",
  schema: 1,
  initial: { taken: null, times: 0 },
  decide: {
    "room.take": ({ taken }, { by }) => {
      if (taken !== null) throw new Refusal("ROOM_TAKEN", 409, "Somebody else has the key.");
      return [{ type: "room.taken", data: { by } }];
    },
    "room.give": ({ taken, times }, { by }) => {
      if (times === 0) throw new Refusal("NOT_FOUND", 404, "Nobody ever took the key.");
      return taken === by ? [{ type: "room.given", data: {} }] : [];
    },
  },
  evolve: {
    "room.taken": ({ times }, { by }) => ({ taken: by, times: times + 1 }),
    "room.given": (state) => ({ ...state, taken: null }),
  },
};

export interface Trip {
  readonly rooms: readonly string[];
  readonly asked?: boolean;
  readonly tries?: number;
}

export interface Outside {
  answer: "later" | "yes" | "no";
  /** To whoever asks ahead. */
  glance?: "later" | "yes" | "no";
}

export const tripOf = (more: Partial<Saga<Trip>["steps"][number]> = {}): Saga<Trip> => ({
  name: "trip",
  schema: 1,
  timeoutMs: 60_000,
  steps: [
    {
      name: "take",
      commands: ({ rooms }, { id }) => rooms.map((one) => ({ action: "room.take", params: { id: one, by: id } })),
      undo: ({ rooms }, { id }) => rooms.map((one) => ({ action: "room.give", params: { id: one, by: id } })),
    },
    {
      name: "ask",
      timeoutMs: 1_000,
      commands: () => [{ action: "outside.ask", params: {} }],
      verdict: ([answer]) => {
        const said = answer && "result" in answer ? answer.result : "no";
        if (said === "later") return { wait: { asked: true } };
        return said === "yes" ? { next: {} } : { fail: { type: "SAID_NO", detail: "They said no." } };
      },
    },
    { name: "leave", commands: () => [{ action: "room.take", params: { id: "note", by: "anybody" } }], ...more },
  ],
});

interface World {
  readonly rooms: MemoryHistories;
  readonly trips: MemoryHistories;
  readonly outside: Outside;
  readonly caller: Caller;
  now: string;
  drive(id: string, caller?: Caller): Promise<Begun<Trip>>;
  begin(id: string, ...rooms: string[]): Promise<void>;
  readonly holder: (id: string) => Promise<Room>;
}

export function worldOf(saga: Saga<Trip> = tripOf()): World {
  const [rooms, trips] = [memoryHistories("room"), memoryHistories("trip")];
  const outside: Outside = { answer: "yes" };
  const caller = openActors({
    served: [
      { aggregate: erased(room), histories: rooms },
      { aggregate: sagaAggregate(saga), histories: trips },
    ],
    procedures: {
      "outside.ask": () => Promise.resolve(outside.answer),
      "outside.glance": () => Promise.resolve(outside.glance ?? "later"),
    },
  });
  const reader = readerOf(trips, caller);
  const world: World = {
    ...{ rooms, trips, outside, caller, now: new Date().toISOString() },
    async drive(id, by = caller) {
      const drive = createDrive(saga, { reader, now: () => world.now, pause: () => Promise.resolve() });
      return (await drive(id, { caller: by, meta: { trace: "test" } })).state;
    },
    async begin(id, ...names) {
      const meta = { principal: { id: "tester", permissions: [] }, trace: "test", commandId: `begin ${id}` };
      await caller.call("trip.begin", { id, rooms: names }, { meta });
    },
    holder: async (id) => ((await newestIn(rooms)(id))?.state as Room | undefined) ?? { taken: null, times: 0 },
  };
  return world;
}

export const statusesOf = ({ trips }: World): string[] =>
  [...trips.rows.values()].map(({ state }: Row) => {
    const { status, saga } = state as Begun<Trip>;
    return `${status} ${saga.step ?? "-"}`;
  });
/** The same trip, where the outside is only asked, and changes nothing. */
export function askingTrip(): Saga<Trip> {
  const trip = tripOf();
  return { ...trip, steps: trip.steps.map((step) => (step.name === "ask" ? { ...step, asks: true as const } : step)) };
}

/** The same trip, where the outside may be asked on the way whether there is anything to ask. */
export function glancingTrip(): Saga<Trip> {
  const trip = tripOf();
  const ahead = () => [{ action: "outside.glance", params: {} }];
  return { ...trip, steps: trip.steps.map((step) => (step.name === "ask" ? { ...step, ahead } : step)) };
}
