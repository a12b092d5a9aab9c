import { playRounds } from "./rounds";

it("loses nothing and doubles nothing when node, search engine, broker and store are killed", async () => {
  const rounds = await playRounds({ rounds: 4, seed: 11 });
  expect(rounds.map(({ killed, faults }) => ({ killed, faults }))).toEqual(
    ["a node", "the search engine", "the message broker", "the store"].map((killed) => ({ killed, faults: [] })),
  );
  expect(Math.min(...rounds.map(({ acknowledged }) => acknowledged))).toBeGreaterThan(200);
}, 600_000);
