/** Exactly what is there is sold, whoever dies, and whoever comes too late is told so; and a sale would notice. */
import { addTo, noFaults, totalOf } from "../faults";
import { PLANTED_IN_SALES } from "./planted";
import { runSale, type SaleOutcome } from "./sale";

const SEEDS = 40;
const FOUND_WITHIN = 100;

it(`${SEEDS} sales sell each unit once, and refuse everybody else with what there is`, async () => {
  const faults = noFaults();
  const ends = new Map<string, number>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const outcome = await runSale({ seed });
    const { violations, customers, units } = outcome;
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(customers).toBeGreaterThan(units * 3);
    addTo(faults, outcome.faults);
    for (const [end, n] of outcome.ends) ends.set(end, (ends.get(end) ?? 0) + n);
  }
  expect(totalOf(faults)).toBeGreaterThan(SEEDS * 10);
  expect([...ends.keys()].sort()).toEqual([
    ...["CART_CHANGED", "CHECKOUT_BLOCKED", "PAYMENT_DECLINED", "SELLER_CLOSED", "STOCK_SHORT", "TIMED_OUT", "done"],
  ]);
}, 120_000);

it("the same seed is the same sale", async () => {
  const lines = async (): Promise<string[]> => {
    const heard: string[] = [];
    await runSale({ seed: 7, log: (line) => heard.push(line) });
    return heard;
  };
  const first = await lines();
  expect(first.length).toBeGreaterThan(300);
  expect(await lines()).toEqual(first);
});

it.each(Object.entries(PLANTED_IN_SALES))(
  "notices that %s",
  async (_name, sabotage) => {
    let outcome: SaleOutcome | null = null;
    for (let seed = 1; seed <= FOUND_WITHIN && (outcome?.violations.length ?? 0) === 0; seed++) {
      outcome = await runSale({ seed, sabotage });
    }
    expect(outcome?.violations).not.toEqual([]);
  },
  120_000,
);
