/**
 * The live proof, small: two gateways, connections cut, one gateway killed; then every client holds the fold. And one
 * that takes nothing, which costs its gateway no memory and nobody else a message.
 */
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
    ...{ commandsPerSecond: 40, seconds: 4, warmSeconds: 4 },
  });
  expect(played).toMatchObject({ sockets: 50, tables: 500, wrong: 0 });
  expect(played.cuts).toBeGreaterThan(0);
  expect(played.messages).toBeGreaterThan(100);
  const { slow } = played;
  // left out once, and holding in the end what the others hold, without having been told all of it
  expect(slow).toMatchObject({ lagged: 1, wrong: 0 });
  expect(slow.slowMessages).toBeLessThan(slow.readersMessages * 0.8);
  expect(slow.keptSinceMb).toBeLessThan(slow.toldMb / 10);
}, 90_000);
