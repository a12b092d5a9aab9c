import { RETRY_FOR_MS } from "../../../../models/kernel/saga";
import { sagaAggregate } from "../../../../models/kernel/saga-aggregate";
import { type Trip, tripOf, worldOf, statusesOf, askingTrip, glancingTrip } from "./trip";

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

it("asks ahead of a step that acts: it is passed over where the answer is to go on, else taken by itself", async () => {
  for (const glance of ["yes", "later", "no"] as const) {
    const world = worldOf(glancingTrip());
    world.outside.glance = glance;
    await world.begin("t1", "attic");
    await expect(world.drive("t1")).resolves.toMatchObject({ status: "done" });
    const byItself = glance === "yes" ? [] : ["running ask"];
    expect(statusesOf(world)).toEqual(["running take", ...byItself, "running leave", "done -"]);
  }
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
