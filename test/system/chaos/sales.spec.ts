import { playSales } from "./sales";

it("sells exactly what there is, whichever nodes are killed while many want it", async () => {
  const [round] = await playSales({ rounds: 1, seed: 7 });
  expect(round).toMatchObject({ units: 10, buyers: 40, killed: 2, faults: [] });
}, 300_000);
