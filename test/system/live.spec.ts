/** The live proof, small: two gateways, connections cut, one gateway killed; then every client holds the fold. */
import { startBacking, type Backing } from "../support/backing";
import { START_WITHIN_MS } from "../support/elasticsearch";
import { playLive } from "../bench/live/play";

let backing: Backing;
beforeAll(async () => {
  backing = await startBacking();
}, START_WITHIN_MS);
afterAll(() => backing.stop());

test("what clients hold is the fold of the histories, whatever was cut and killed", async () => {
  const played = await playLive(backing, {
    ...{ sockets: 50, sellers: 10, processes: 1, windowMs: 250 },
    ...{ commandsPerSecond: 40, seconds: 4 },
  });
  expect(played).toMatchObject({ sockets: 50, tables: 500, wrong: 0 });
  expect(played.cuts).toBeGreaterThan(0);
  expect(played.messages).toBeGreaterThan(100);
}, 90_000);
