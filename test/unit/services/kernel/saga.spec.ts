import { erased, type Aggregate } from "../../../../models/kernel/aggregate";
import { Refusal } from "../../../../models/kernel/refusal";
import type { Row } from "../../../../models/kernel/row";
import { RETRY_FOR_MS, type Begun, type Saga } from "../../../../models/kernel/saga";
import { sagaAggregate } from "../../../../models/kernel/saga-aggregate";
import type { Caller } from "../../../../services/kernel/call";
import { createDrive } from "../../../../services/kernel/saga";
import { newestIn, openActors, readerOf } from "../../../support/memory-actors";
import { memoryHistories, type MemoryHistories } from "../../../support/memory-histories";
import { atEveryBoundary, SAGA_FAULTS, type Stage } from "../../../support/saga-faults";

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

interface Trip {
  readonly rooms: readonly string[];
  readonly asked?: boolean;
  readonly tries?: number;
}

interface Outside {
  answer: "later" | "yes" | "no";
}

const tripOf = (more: Partial<Saga<Trip>["steps"][number]> = {}): Saga<Trip> => ({
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

function worldOf(saga: Saga<Trip> = tripOf()): World {
  const [rooms, trips] = [memoryHistories("room"), memoryHistories("trip")];
  const outside: Outside = { answer: "yes" };
  const caller = openActors({
    served: [
      { aggregate: erased(room), histories: rooms },
      { aggregate: sagaAggregate(saga), histories: trips },
    ],
    procedures: { "outside.ask": () => Promise.resolve(outside.answer) },
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

const statusesOf = ({ trips }: World): string[] =>
  [...trips.rows.values()].map(({ state }: Row) => {
    const { status, saga } = state as Begun<Trip>;
    return `${status} ${saga.step ?? "-"}`;
  });

it("takes its steps in order, each a commit, and sends only on what is committed", async () => {
  const world = worldOf();
  await world.begin("t1", "attic", "cellar");
  await expect(world.drive("t1")).resolves.toMatchObject({ status: "done", saga: { step: null, failure: null } });
  expect(statusesOf(world)).toEqual(["running take", "running ask", "running leave", "done -"]);
  const causes = [...world.rooms.rows.values()].map(({ causedBy }) => causedBy);
  expect(causes).toEqual(["trip/t1@1", "trip/t1@1", "trip/t1@3"]);
});

it("asks the store once where it stands, and then goes by what it was told of its own commits", async () => {
  const world = worldOf();
  await world.begin("t1", "attic");
  const asked = jest.spyOn(world.trips, "newest");
  await world.drive("t1");
  // once by the driver; the actor, which began the trip, has its state in memory
  expect(asked).toHaveBeenCalledTimes(1);
});

it("passes over what has nothing to do, without a commit; an old history went on to the next", async () => {
  const idle = tripOf();
  const [take, ask, leave] = idle.steps;
  if (!take || !ask || !leave) throw new Error("three steps");
  const saga = { ...idle, steps: [take, { ...ask, idle: ({ rooms }: Trip) => rooms.length === 1 }, leave] };
  const world = worldOf(saga);
  await world.begin("t1", "attic");
  await expect(world.drive("t1")).resolves.toMatchObject({ status: "done" });
  expect(statusesOf(world)).toEqual(["running take", "running leave", "done -"]);
  const { evolve } = sagaAggregate(saga);
  const at = "2026-01-31T12:00:00.000Z";
  const begun = evolve["trip.begun"]?.(null, { rooms: ["attic"], at });
  const old = { step: "take", round: 1, patch: {}, at };
  expect(evolve["trip.advanced"]?.(begun, old)).toMatchObject({ saga: { step: "ask" } });
  expect(evolve["trip.advanced"]?.(begun, { ...old, to: null })).toMatchObject({ status: "done" });
});

/** The same trip, where the outside is only asked, and changes nothing. */
function askingTrip(): Saga<Trip> {
  const trip = tripOf();
  return { ...trip, steps: trip.steps.map((step) => (step.name === "ask" ? { ...step, asks: true as const } : step)) };
}

it("asks on the way what only has to be asked, without a commit; other answers make a step of it", async () => {
  const world = worldOf(askingTrip());
  await world.begin("t1", "attic");
  await expect(world.drive("t1")).resolves.toMatchObject({ status: "done" });
  expect(statusesOf(world)).toEqual(["running take", "running leave", "done -"]);
  world.outside.answer = "later";
  await world.begin("t2", "cellar");
  await expect(world.drive("t2")).resolves.toMatchObject({ status: "waiting", asked: true });
  world.outside.answer = "no";
  await expect(world.drive("t2")).resolves.toMatchObject({ status: "failed", saga: { failure: { type: "SAID_NO" } } });
  expect(await world.holder("cellar")).toEqual({ taken: null, times: 1 });
  expect(statusesOf(world).slice(3)).toEqual([
    "running take",
    "running ask",
    "waiting ask",
    "undoing take",
    "failed -",
  ]);
});

it("never passes over a step that does more than ask", () => {
  const { decide, evolve } = sagaAggregate(tripOf());
  const at = "2026-01-31T12:00:00.000Z";
  const begun = evolve["trip.begun"]?.(null, { rooms: [], at });
  const through = { step: "take", round: 1, patch: {}, through: "ask" };
  expect(() => decide["trip.advance"]?.(begun, through, at)).toThrow(/cannot pass over its step "ask"/);
});

it("takes back what a failed step did, and what those before it did", async () => {
  const world = worldOf();
  await world.begin("t1", "attic");
  await world.drive("t1");
  await world.begin("t2", "cellar", "attic");
  const ended = await world.drive("t2");
  expect(ended).toMatchObject({ status: "failed", saga: { failure: { type: "ROOM_TAKEN" } } });
  expect(await world.holder("cellar")).toEqual({ taken: null, times: 1 });
  expect(await world.holder("attic")).toEqual({ taken: "t1", times: 1 });
});

it("waits for somebody outside, goes on when they have answered, and gives up when they have not", async () => {
  const world = worldOf();
  world.outside.answer = "later";
  await world.begin("t1", "attic");
  await world.begin("t2", "cellar");
  await expect(world.drive("t1")).resolves.toMatchObject({ status: "waiting", asked: true });
  await expect(world.drive("t1")).resolves.toMatchObject({ status: "waiting" });
  await world.drive("t2");
  const versions = world.trips.rows.size;
  await world.drive("t2");
  expect(world.trips.rows.size).toBe(versions);
  world.outside.answer = "yes";
  await expect(world.drive("t1")).resolves.toMatchObject({ status: "done" });
});

const patient = () =>
  tripOf({
    timeoutMs: null,
    verdict: ([answer]) =>
      answer && "refused" in answer ? { retry: answer.refused, otherwise: { asked: true } } : { next: {} },
  });

it("asks again, and takes nothing back, where a refusal is not the last word", async () => {
  const world = worldOf(patient());
  await world.begin("t1", "attic");
  await world.begin("t2", "cellar");
  await world.drive("t1");
  await expect(world.drive("t2")).rejects.toThrow("trip/t2: leave: Somebody else has the key.");
  expect(statusesOf(world).at(-1)).toBe("running leave");
  const give = { principal: { id: "tester", permissions: [] }, trace: "test", commandId: "give" };
  await world.caller.call("room.give", { id: "note", by: "anybody" }, { meta: give });
  await expect(world.drive("t2")).resolves.toMatchObject({ status: "done" });
  expect(await world.holder("cellar")).toEqual({ taken: "t2", times: 1 });
});

it("asks again for a day, and then goes on, saying in its state what is left to do", async () => {
  const world = worldOf(patient());
  await world.begin("t1", "attic");
  await world.begin("t2", "cellar");
  await world.drive("t1");
  await expect(world.drive("t2")).rejects.toThrow("Somebody else has the key.");
  world.now = new Date(Date.parse(world.now) + RETRY_FOR_MS - 60_000).toISOString();
  await expect(world.drive("t2")).rejects.toThrow("Somebody else has the key.");
  world.now = new Date(Date.parse(world.now) + 120_000).toISOString();
  await expect(world.drive("t2")).resolves.toMatchObject({ status: "done", asked: true });
  expect(await world.holder("cellar")).toMatchObject({ taken: "t2" });
});

it("tells its timer when to come: soon while it runs, at the end of the time while it waits, never at its end", () => {
  const { due = () => [], evolve: steps } = sagaAggregate(tripOf());
  const step = (name: string, state: unknown, data: object): unknown => steps[`trip.${name}`]?.(state, data);
  const at = "2026-01-31T12:00:00.000Z";
  const begun = step("begun", null, { rooms: [], at });
  expect(due(begun)).toEqual([{ at: "2026-01-31T12:00:10.000Z", command: "trip.resume", params: {} }]);
  const asking = step("advanced", begun, { step: "take", round: 1, patch: {}, at });
  const waiting = step("waiting", asking, { step: "ask", round: 1, patch: {}, at });
  expect(due(waiting)).toEqual([{ at: "2026-01-31T12:00:01.001Z", command: "trip.resume", params: {} }]);
  const failed = step("failed", waiting, { step: "ask", round: 1, failure: { type: "X", detail: "" }, at });
  const undone = step("undone", failed, { step: "take", round: 1, at });
  expect(undone).toMatchObject({ status: "failed", saga: { step: null } });
  expect(due(undone)).toEqual([]);
});

it("fails, and takes back, what comes too late; a word that comes late or twice changes nothing", () => {
  const { decide, evolve } = sagaAggregate(tripOf());
  const at = "2026-01-31T12:00:00.000Z";
  const begun = evolve["trip.begun"]?.(null, { rooms: [], at });
  const ref = { step: "take", round: 1 };
  const late = "2026-01-31T12:01:00.001Z";
  expect(decide["trip.advance"]?.(begun, { ...ref, patch: {} }, late)).toMatchObject([
    { type: "trip.failed", data: { failure: { type: "TIMED_OUT" } } },
  ]);
  expect(decide["trip.advance"]?.(begun, { step: "ask", round: 1, patch: {} }, at)).toEqual([]);
  expect(decide["trip.fail"]?.(begun, { step: "take", round: 2, failure: {} }, at)).toEqual([]);
  expect(decide["trip.undone"]?.(begun, ref, at)).toEqual([]);
});

it("goes back to an earlier step and tries anew, a few times, under other ids", async () => {
  const back = { fail: { type: "AGAIN", detail: "Once more." }, back: "take" };
  const world = worldOf(tripOf({ verdict: () => back }));
  await world.begin("t1", "attic");
  const ended = await world.drive("t1");
  expect(ended).toMatchObject({ status: "failed", saga: { round: 3, failure: { type: "AGAIN" } } });
  expect(await world.holder("attic")).toEqual({ taken: null, times: 3 });
});

async function stageOf(answer: Outside["answer"], saga: Saga<Trip> = tripOf()): Promise<Stage> {
  const world = worldOf(saga);
  world.outside.answer = answer;
  await world.begin("t1", "attic", "cellar");
  return {
    caller: world.caller,
    drive: (caller) => world.drive("t1", caller),
    async judge() {
      const newest = [...world.trips.rows.values()].at(-1)?.state as Begun<Trip>;
      const held = await Promise.all(["attic", "cellar"].map(world.holder));
      const wanted = newest.status === "done" ? "t1" : null;
      const ended = ["done", "failed"].includes(newest.status) ? [] : [`it is ${newest.status}`];
      const wrong = held.filter(({ taken, times }) => taken !== wanted || times > 1);
      return [...ended, ...wrong.map((one) => `${newest.status}, and ${JSON.stringify(one)}`)];
    },
  };
}

describe.each(["yes", "no"] as const)("when the outside says %s, a fault at any boundary", (answer) => {
  it("ends with all or with nothing", async () => {
    const boundaries = await atEveryBoundary("trip", () => stageOf(answer));
    expect(new Set(boundaries.map(({ fault }) => fault)).size).toBe(SAGA_FAULTS.length);
    expect(boundaries.length).toBeGreaterThan(20);
    expect(boundaries.filter(({ faults }) => faults.length > 0)).toEqual([]);
  }, 60_000);

  it("… and where the outside is asked on the way", async () => {
    const boundaries = await atEveryBoundary("trip", () => stageOf(answer, askingTrip()));
    expect(boundaries.length).toBeGreaterThan(15);
    expect(boundaries.filter(({ faults }) => faults.length > 0)).toEqual([]);
  }, 60_000);
});

it("would notice a step that takes nothing back", async () => {
  const forgetful = tripOf();
  const steps = forgetful.steps.map(({ undo: _undo, ...step }) => step);
  const world = worldOf({ ...forgetful, steps });
  world.outside.answer = "no";
  await world.begin("t1", "attic");
  await expect(world.drive("t1")).resolves.toMatchObject({ status: "failed" });
  expect(await world.holder("attic")).toMatchObject({ taken: "t1" });
});
