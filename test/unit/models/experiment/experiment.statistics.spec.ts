/** The test that may be looked at whenever one likes: how often it is wrong, and how soon it sees what is there. */
import {
  compared,
  countOf,
  LEVEL,
  PARTICIPANTS_MIN,
  preferencePValue,
  type Sample,
} from "../../../../models/experiment/experiment.statistics.contract";
import { mulberry } from "../../../../models/kernel/mulberry";

const { floor } = Math;

type Draw = (random: () => number) => number;
const did =
  (share: number): Draw =>
  (random) =>
    random() < share ? 1 : 0;
/** What is spent: mostly nothing, now and then much. */
const spent: Draw = (random) => (random() < 0.05 ? -2_000 * Math.log(1 - random()) : 0);

const NOBODY: Sample = { participants: 0, sum: 0, squares: 0 };

type Batch = Pick<Sample, "sum" | "squares">;
const POOL = 2_000;

/** Batches of so many participants each, drawn once: a look adds one of them at random. */
function poolOf(draw: Draw, size: number): readonly Batch[] {
  const random = mulberry(size);
  return Array.from({ length: POOL }, () => {
    const values = Array.from({ length: size }, () => draw(random));
    return values.reduce<Batch>(({ sum, squares }, value) => ({ sum: sum + value, squares: squares + value ** 2 }), {
      sum: 0,
      squares: 0,
    });
  });
}

function grown({ participants, sum, squares }: Sample, { sum: more, squares: too }: Batch, size: number): Sample {
  return { participants: participants + size, sum: sum + more, squares: squares + too };
}

interface Trial {
  readonly arms: readonly [Draw, Draw];
  readonly looks: number;
  readonly perLook: number;
  readonly sees?: (a: Sample, b: Sample) => boolean;
}

const atLevel = (a: Sample, b: Sample): boolean => compared(a, b).pValue <= LEVEL;

/** Of each run: at how many participants a look first found a difference; left out where none did. */
function found(runs: number, { arms, looks, perLook, sees = atLevel }: Trial): number[] {
  const pools = arms.map((draw) => poolOf(draw, perLook));
  const foundAt = (random: () => number): number[] => {
    const batch = (arm: number): Batch => pools[arm]?.[floor(random() * POOL)] ?? NOBODY;
    let [a, b] = [NOBODY, NOBODY];
    for (let look = 0; look < looks; look++) {
      [a, b] = [grown(a, batch(0), perLook), grown(b, batch(1), perLook)];
      if (sees(a, b)) return [a.participants];
    }
    return [];
  };
  return Array.from({ length: runs }, (_none, run) => foundAt(mulberry(run * 7_919 + 1))).flat();
}

const SAME = { looks: 100, perLook: 50 } as const;

describe("two arms that are the same, looked at a hundred times", () => {
  it.each<[string, number, Draw]>([
    ["one in ten clicks", 1_000, did(0.1)],
    ["half of them do", 1_000, did(0.5)],
    ["few buy", 1_000, did(0.02)],
    ["few spend, some of them much", 1_000, spent],
  ])("are told apart in no more than one of twenty: %s", (_what, runs, draw) => {
    const wrong = found(runs, { ...SAME, arms: [draw, draw] }).length;
    expect(wrong / runs).toBeLessThanOrEqual(LEVEL);
  });

  it("would be far more often by a test that is made for one look", () => {
    const fixed = (a: Sample, b: Sample): boolean => {
      const share = (a.sum + b.sum) / (a.participants + b.participants);
      const variance = share * (1 - share) * (1 / a.participants + 1 / b.participants);
      return Math.abs(b.sum / b.participants - a.sum / a.participants) > 1.96 * Math.sqrt(variance);
    };
    const wrong = found(200, { ...SAME, arms: [did(0.1), did(0.1)], sees: fixed }).length;
    expect(wrong / 200).toBeGreaterThan(4 * LEVEL);
  });

  it("would be more often, were searches counted and not those who search", () => {
    // each searches ten times, and either always clicks or never
    const searches = ({ participants, sum }: Sample): Sample => countOf(participants * 10, sum * 10);
    const bySearch = (a: Sample, b: Sample): boolean => atLevel(searches(a), searches(b));
    const wrong = found(200, { ...SAME, arms: [did(0.1), did(0.1)], sees: bySearch }).length;
    expect(wrong / 200).toBeGreaterThan(4 * LEVEL);
  });
});

it("sees three points more in nearly all, and ten much sooner", () => {
  const small = found(100, { arms: [did(0.1), did(0.13)], looks: 100, perLook: 100 });
  const large = found(100, { arms: [did(0.1), did(0.2)], looks: 100, perLook: 100 });
  expect(small.length).toBeGreaterThanOrEqual(95);
  expect(large).toHaveLength(100);
  const mean = (all: readonly number[]): number => all.reduce((sum, at) => sum + at, 0) / all.length;
  expect(mean(large)).toBeLessThan(mean(small) / 3);
});

it("holds the true difference within its bounds at every look, in nineteen of twenty", () => {
  const arms = [did(0.1), did(0.14)] as const;
  const outside = (a: Sample, b: Sample): boolean => {
    const { low, high } = compared(a, b);
    return a.participants >= PARTICIPANTS_MIN && (low > 0.04 || high < 0.04);
  };
  expect(found(400, { ...SAME, arms, sees: outside }).length / 400).toBeLessThanOrEqual(LEVEL);
});

describe("a preference", () => {
  const prefers = (share: number): Trial => ({
    ...{ arms: [did(share), did(0)], looks: 200, perLook: 1 },
    sees: ({ participants, sum }) => preferencePValue(sum, participants - sum) <= LEVEL,
  });

  it("is seen in no more than one of twenty where there is none, looked at after each visitor", () => {
    expect(found(1_000, prefers(0.5)).length / 1_000).toBeLessThanOrEqual(LEVEL);
  });

  it("of two thirds is seen in nearly all", () => {
    expect(found(300, prefers(2 / 3)).length).toBeGreaterThanOrEqual(285);
  });

  it("is the share of one draw in many: 20 of 20 is sure, 11 of 20 is not, none says nothing", () => {
    expect(preferencePValue(20, 0)).toBeLessThan(0.01);
    expect(preferencePValue(11, 9)).toBe(1);
    expect(preferencePValue(0, 0)).toBeCloseTo(1, 9);
    expect(preferencePValue(60_000, 50_000)).toBeLessThan(1e-9);
  });
});

it("decides nothing of a handful, and nothing of nobody", () => {
  const few = PARTICIPANTS_MIN - 1;
  expect(compared(countOf(few, few), countOf(few, 0)).pValue).toBe(1);
  expect(compared(NOBODY, NOBODY)).toMatchObject({ pValue: 1, difference: 0 });
  expect(compared(countOf(500, 0), countOf(500, 0))).toMatchObject({ pValue: 1, difference: 0 });
});
