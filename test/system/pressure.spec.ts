import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Pressure } from "../bench/pressure";

const ALONE = path.join(process.cwd(), "dist", "test", "bench", "pressure-alone.js");
/** What `npm start` gives to a mall. */
const HEAP = ["--max-old-space-size=320", "--max-semi-space-size=16"];

it("commands go on while the search engine is dead, and everything is found when it is back", async () => {
  const options = JSON.stringify({ offers: 40, seconds: 3, inFlight: 32 });
  const { stdout } = await promisify(execFile)(process.execPath, [...HEAP, ALONE, options]);
  const found = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Pressure;
  // killing it also frees its share of the processor: that commands become faster is no fault
  expect(found.withoutEngine.perSecond).toBeGreaterThan(0.6 * found.withEngine.perSecond);
  expect(found.withoutEngine.calls).toBeGreaterThan(100);
  expect(found.heldMb).toBeLessThan(50);
  expect(found.grownMb).toBeLessThan(100);
  expect(found.exact).toBe(true);
}, 300_000);
