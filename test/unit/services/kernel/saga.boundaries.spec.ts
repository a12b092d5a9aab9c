/** A saga, with a fault at every boundary of its steps. */
import type { Begun, Saga } from "../../../../models/kernel/saga";
import { atEveryBoundary, SAGA_FAULTS, type Stage } from "../../../support/saga-faults";
import { type Trip, type Outside, tripOf, worldOf, askingTrip } from "./trip";

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
