import { searchingIn, searchUnderTest, START_WITHIN_MS } from "../../support/elasticsearch";
import { playSales } from "./sales";

it(
  "sells exactly what there is, whichever nodes are killed while many want it",
  async () => {
    const search = await searchUnderTest();
    try {
      const [round] = await playSales({ rounds: 1, seed: 7, env: searchingIn(search) });
      expect(round).toMatchObject({ units: 10, buyers: 40, killed: 2, faults: [] });
    } finally {
      await search.stop();
    }
  },
  300_000 + START_WITHIN_MS,
);
