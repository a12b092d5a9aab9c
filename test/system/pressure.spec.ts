import { playPressure } from "../bench/pressure";

it("commands go on while the search engine is dead, and everything is found when it is back", async () => {
  const found = await playPressure({ offers: 40, seconds: 3, inFlight: 32 });
  // killing it also frees its share of the processor: that commands become faster is no fault
  expect(found.withoutEngine.perSecond).toBeGreaterThan(0.6 * found.withEngine.perSecond);
  expect(found.withoutEngine.calls).toBeGreaterThan(100);
  expect(found.heldMb).toBeLessThan(50);
  // what is not collected yet counts here, and this process has no limit of its own as a mall's has
  expect(found.grownMb).toBeLessThan(320);
  expect(found.exact).toBe(true);
}, 300_000);
