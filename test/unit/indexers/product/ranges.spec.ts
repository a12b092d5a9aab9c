import fc from "fast-check";
import { rangesOf, RANGES_MAX, stepOf, type CountedStep } from "../../../../indexers/product/products.ranges.query";
import { LEVELS, sortable, stepAt, stepTerms } from "../../../../indexers/product/products.steps.projection";

/** As the engine counts them. */
function countedOf(numbers: readonly number[]): CountedStep[] {
  const counts = new Map<string, number>();
  for (const term of numbers.flatMap(stepTerms)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return [...counts].flatMap(([term, count]) => stepOf(term, count) ?? []);
}

const bordersOf = (numbers: readonly number[]): string[] =>
  rangesOf(countedOf(numbers)).map(({ from, to }) => `${from}..${to}`);

const number = fc.oneof(
  fc.integer({ min: -1_000, max: 100_000 }),
  fc.double({ min: -50, max: 50, noNaN: true }),
  fc.constantFrom(0, 1, 10, 0.01, 1.2, -1),
);

describe("the steps of a number", () => {
  it.each([
    [13, ["0:10", "1:10", "2:12"]],
    [10, ["0:10", "1:10", "2:10"]],
    [9.99, ["0:1", "1:5", "2:9"]],
    [0, ["0:0", "1:0", "2:0"]],
    [0.15, ["0:0", "1:0.1", "2:0.14"]],
    [-7, ["0:-10", "1:-10", "2:-7"]],
    [1e13, []],
  ])("of %d are %j", (value, terms) => expect(stepTerms(value)).toEqual(terms));

  it("hold it, each whole within the one before, and can be read again", () => {
    fc.assert(
      fc.property(number, (value) => {
        const steps = countedOf([value]);
        expect(steps).toHaveLength(LEVELS);
        steps.forEach(({ from, to }, n) => {
          expect(value >= from && value < to).toBe(true);
          const whole = steps[n - 1] ?? { from: -Infinity, to: Infinity };
          expect(from >= whole.from && to <= whole.to).toBe(true);
          expect(stepAt(n, from)?.from).toBe(from);
        });
      }),
    );
  });

  it("are written in the order of numbers where these are to be found", () => {
    fc.assert(fc.property(number, number, (a, b) => expect(sortable(a) < sortable(b)).toBe(a < b)));
    expect(sortable(-0)).toBe(sortable(0));
  });
});

describe("ranges", () => {
  it("have round borders, closer together where there is more", () => {
    const screens = [11.6, 12.5, 13.3, 13.3, 13.3, 14, 14, 14, 15.6, 15.6, 17.3];
    expect(bordersOf(screens)).toEqual(["10..12", "12..14", "14..16", "16..18"]);
    expect(bordersOf([3, ...Array.from({ length: 40 }, (_, n) => 100 + n * 20)])).toEqual([
      ...["1..10", "100..200", "200..300", "300..400", "400..500", "500..1000"],
    ]);
  });

  it("are none where they leave nothing to choose", () => {
    expect([bordersOf([]), bordersOf([5, 5, 5]), bordersOf([101, 102])]).toEqual([[], [], []]);
  });

  it("are those of the whole step where only some of its parts are told", () => {
    const steps = countedOf([11, 13, 15, 17, 150]).filter(({ level, from }) => level < 2 || from !== 16);
    expect(rangesOf(steps).map(({ from, to }) => `${from}..${to}`)).toEqual(["10..20", "140..160"]);
  });

  it("hold every number once, are few, and stay the same in whatever order numbers come", () => {
    const numbers = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(numbers, (all) => {
        const ranges = rangesOf(countedOf(all));
        expect(ranges.length).toBeLessThanOrEqual(RANGES_MAX);
        for (const { from, to, count } of ranges) {
          expect(all.filter((value) => value >= from && value < to)).toHaveLength(count);
        }
        const held = ranges.reduce((sum, { count }) => sum + count, 0);
        expect(ranges.length === 0 || held === all.length).toBe(true);
        expect(rangesOf(countedOf([...all].reverse()).reverse())).toEqual(ranges);
      }),
    );
  });
});
