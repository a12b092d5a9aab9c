/** The kernel in memory, in every kind of weather; and the proof that the simulator would notice. */
import { addTo, FAULTS, noFaults, totalOf } from "./faults";
import { PLANTED } from "./planted";
import { runSeed, type Outcome } from "./run";

const SEEDS = 100;
const FOUND_WITHIN = 200;

it(`${SEEDS} seeds lose nothing, double nothing, and end with a read side that is the fold`, async () => {
  const sum = noFaults();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violations, commands, actors, faults } = await runSeed({ seed });
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(commands).toBeGreaterThanOrEqual(50);
    expect(actors).toBeGreaterThanOrEqual(3);
    expect(totalOf(faults)).toBeGreaterThanOrEqual(10);
    addTo(sum, faults);
  }
  const rare = FAULTS.filter((fault) => (sum.get(fault) ?? 0) / totalOf(sum) < 0.01);
  expect(rare).toEqual([]);
}, 120_000);

it("the same seed is the same run", async () => {
  const lines = async (): Promise<string[]> => {
    const heard: string[] = [];
    await runSeed({ seed: 7, log: (line) => heard.push(line) });
    return heard;
  };
  const first = await lines();
  expect(first.length).toBeGreaterThan(300);
  expect(await lines()).toEqual(first);
});

it.each(Object.entries(PLANTED))(
  "notices that %s",
  async (_name, sabotage) => {
    let outcome: Outcome | null = null;
    for (let seed = 1; seed <= FOUND_WITHIN && (outcome?.violations.length ?? 0) === 0; seed++) {
      outcome = await runSeed({ seed, sabotage });
    }
    expect(outcome?.violations).not.toEqual([]);
  },
  120_000,
);
