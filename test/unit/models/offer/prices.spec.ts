import * as fc from "fast-check";
import {
  joinable,
  joined,
  priceAt,
  reductionAt,
  REDUCTION_DAYS,
  stepped,
  STEPS_MAX,
  timeline,
  type PriceStep,
  type PriceWindow,
} from "../../../../models/offer/offer.prices.contract";

const START_MS = Date.UTC(2026, 0, 1);
const day = (n: number): string => new Date(START_MS + n * 86_400_000).toISOString();
const cost = (n: number, amountMinor: number | null): PriceStep => ({ at: day(n), amountMinor });
const history = (...steps: readonly PriceStep[]): PriceStep[] => steps.reduce<PriceStep[]>(stepped, []);

describe("the price of the 30 days before a reduction", () => {
  it("is the lowest that held in them, also where it began before them", () => {
    const steps = history(cost(0, 1_000), cost(50, 1_200), cost(60, 900));
    expect(reductionAt(steps, [], day(61))).toEqual({ since: day(60), wasMinor: 1_200, lowestMinor: 1_000 });
  });

  it("forgets what ended more than 30 days before", () => {
    const steps = history(cost(0, 500), cost(20, 1_000), cost(60, 900));
    expect(reductionAt(steps, [], day(61))).toEqual({ since: day(60), wasMinor: 1_000, lowestMinor: 1_000 });
  });

  it("counts a price up to the moment at which it ended, and not after", () => {
    const low = (end: number): PriceStep[] => history(cost(0, 2_000), cost(10, 500), cost(end, 1_000), cost(60, 450));
    expect(reductionAt(low(30), [], day(60))?.lowestMinor).toBe(1_000);
    expect(reductionAt(low(31), [], day(60))?.lowestMinor).toBe(500);
  });

  it("is told of no rise, of no first price, and of nothing raised to be lowered again", () => {
    expect(reductionAt(history(cost(0, 1_000)), [], day(1))).toBeNull();
    expect(reductionAt(history(cost(0, 1_000), cost(5, 1_100)), [], day(6))).toBeNull();
    expect(reductionAt(history(cost(0, 1_000), cost(5, 1_500), cost(6, 1_000)), [], day(7))).toBeNull();
  });

  it("is told for 30 days", () => {
    const steps = history(cost(0, 1_000), cost(5, 900));
    expect(reductionAt(steps, [], day(4.9))).toBeNull();
    expect(reductionAt(steps, [], day(5))).not.toBeNull();
    expect(reductionAt(steps, [], day(34.9))).not.toBeNull();
    expect(reductionAt(steps, [], day(35))).toBeNull();
  });

  it("does not count the time in which nobody could buy", () => {
    const steps = history(cost(0, 1_000), cost(5, null), cost(20, 800));
    expect(priceAt(steps, [], day(10))).toBeNull();
    expect(reductionAt(steps, [], day(21))).toBeNull();
  });

  it("counts a scheduled price for everybody, and tells of it while it holds", () => {
    const steps = history(cost(0, 1_000));
    const sale: PriceWindow = { from: day(40), to: day(45), amountMinor: 700 };
    expect(reductionAt(steps, [sale], day(42))).toEqual({ since: day(40), wasMinor: 1_000, lowestMinor: 1_000 });
    expect(reductionAt(steps, [sale], day(46))).toBeNull();
    const again: PriceWindow = { from: day(60), to: day(65), amountMinor: 800 };
    // lower than before it, but not lower than the sale within the 30 days
    expect(reductionAt(steps, [sale, again], day(61))).toBeNull();
    expect(timeline(steps, [sale], day(50)).map(({ amountMinor }) => amountMinor)).toEqual([1_000, 700, 1_000]);
  });
});

/** By looking at every day for itself. */
function byHand(days: readonly number[], now: number): number | null {
  const price = days[now] ?? 0;
  const since = days.findLastIndex((other, n) => n < now && other !== price) + 1;
  const lowest = Math.min(...days.slice(Math.max(0, since - REDUCTION_DAYS), since));
  const isNew = since > 0 && now - since < REDUCTION_DAYS;
  return isNew && price < lowest ? lowest : null;
}

describe("what an offer remembers of its prices", () => {
  it("is enough for every reduction, whatever happened day by day", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 120 }), (days) => {
        const steps = history(...days.map((amountMinor, n) => cost(n, amountMinor)));
        const now = days.length - 1;
        expect(reductionAt(steps, [], day(now))?.lowestMinor ?? null).toBe(byHand(days, now));
      }),
    );
  });

  it("is bounded, and says of the past too little rather than too much", () => {
    const hours = Array.from({ length: 1_000 }, (_, n) => cost(n / 24, 1_000 + ((n * 7) % 13)));
    const steps = history(...hours);
    expect(steps.length).toBeLessThanOrEqual(STEPS_MAX);
    expect(steps[0]?.amountMinor).toBe(1_000);
    const fallen = stepped(steps, cost(42, 500));
    expect(reductionAt(fallen, [], day(42))?.lowestMinor).toBe(1_000);
  });

  it("takes a backdated change no earlier than what is known already", () => {
    expect(stepped([cost(5, 100)], cost(3, 90))).toEqual([cost(5, 90)]);
  });

  const within = (steps: readonly PriceStep[], step: PriceStep): PriceStep[] =>
    stepped(joinable(steps) ? joined(steps) : steps, step);

  it("is a step a minute of a price that changes every second, and the last ones as they were", () => {
    const seconds = Array.from({ length: 1_000 }, (_, n) => cost(n / 86_400, 100 + (n % 7)));
    const steps = seconds.reduce<PriceStep[]>(within, []);
    expect(steps.length).toBeLessThan(30);
    expect(steps.slice(-4)).toEqual(seconds.slice(-4));
    expect(steps[0]).toEqual(cost(0, 100));
  });

  it("never calls a price reduced that was not, nor from too much, however quickly it changes", () => {
    const change = fc.record({
      afterSeconds: fc.integer({ min: 1, max: 100 }),
      amountMinor: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 80 }), (changes) => {
        let seconds = 0;
        const all = changes
          .map(({ afterSeconds, amountMinor }) => cost((seconds += afterSeconds) / 86_400, amountMinor))
          .filter(({ amountMinor }, i, them) => amountMinor !== them[i - 1]?.amountMinor);
        const now = all.at(-1)?.at ?? day(0);
        const told = reductionAt(all.reduce<PriceStep[]>(within, []), [], now);
        const exact = reductionAt(history(...all), [], now);
        if (told === null) return;
        expect(exact).toMatchObject({ since: told.since, wasMinor: told.wasMinor });
        expect(told.lowestMinor).toBeLessThanOrEqual(exact?.lowestMinor ?? 0);
      }),
    );
  });
});
