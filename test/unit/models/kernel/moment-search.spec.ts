import fc from "fast-check";
import {
  createTimelines,
  recordedBy,
  withSeen,
  type Looks,
  type Stamped,
} from "../../../../models/kernel/moment-search";
import type { Row } from "../../../../models/kernel/row";

const isoOf = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

/** A history whose questions are counted. */
function watched(times: readonly number[]) {
  const rows = times.map((ms, n) => ({ version: n + 1, committedAt: isoOf(ms) }) as Row);
  const asked = { newest: 0, times: 0, version: 0 };
  const look: Looks = {
    newest: () => (asked.newest++, Promise.resolve(rows.at(-1) ?? null)),
    times: (versions) => (asked.times++, Promise.resolve(rows.filter(({ version }) => versions.includes(version)))),
    version: (version) => (asked.version++, Promise.resolve(rows[version - 1] ?? null)),
  };
  const held = (ms: number) => rows.findLast(({ committedAt }) => committedAt <= isoOf(ms)) ?? null;
  return { rows, asked, look, held };
}

const steps = (count: number) => fc.array(fc.constantFrom(0, 0, 1, 7), { minLength: 0, maxLength: count });
const added = (all: readonly number[]): number[] => {
  let sum = 0;
  return all.map((step) => (sum += step));
};

describe("the version that held at a recorded time", () => {
  it("is the newest one recorded by then, whatever was looked at before", async () => {
    const asking = fc.tuple(steps(400), fc.array(fc.integer({ min: -1, max: 1_500 }), { maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(asking, async ([gaps, moments]) => {
        const { look, held } = watched(added(gaps));
        const at = createTimelines();
        for (const ms of moments) expect((await at("a", look, isoOf(ms)))?.version).toBe(held(ms)?.version);
      }),
    );
  });

  it("is one read where its neighbourhood was seen, and a few the first time in ten thousand versions", async () => {
    const { look, asked, held } = watched([...Array(10_000).keys()]);
    const at = createTimelines();
    expect((await at("a", look, isoOf(4_321)))?.version).toBe(held(4_321)?.version);
    expect(asked).toEqual({ newest: 1, times: 4, version: 1 });
    await at("a", look, isoOf(4_321));
    expect(asked).toEqual({ newest: 1, times: 4, version: 2 });
    // before the first there is nothing, which is told without a read
    await at("a", look, isoOf(-1));
    expect(asked.version).toBe(2);
  });

  it("asks for the newest again as soon as that may have changed", async () => {
    const { rows, look } = watched([1, 2]);
    const at = createTimelines();
    expect((await at("a", look, isoOf(9)))?.version).toBe(2);
    rows.push({ version: 3, committedAt: isoOf(5) } as Row);
    expect((await at("a", look, isoOf(9)))?.version).toBe(3);
    expect((await at("a", look, isoOf(4)))?.version).toBe(2);
  });

  it("is found with most of what was seen forgotten, too: no history may fill the memory", async () => {
    const all = [...Array(9_000).keys()].map((n): Stamped => ({ version: n + 1, committedAt: isoOf(n) }));
    const timeline = withSeen([], all);
    expect(timeline.length).toBeLessThanOrEqual(4_096);
    const { look } = watched([...Array(9_000).keys()]);
    for (const ms of [0, 1, 2, 4_999, 5_000, 8_999]) {
      expect((await recordedBy(look, isoOf(ms), timeline)).row?.version).toBe(ms + 1);
    }
  });
});
