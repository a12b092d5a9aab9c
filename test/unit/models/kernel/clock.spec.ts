import * as fc from "fast-check";
import { createClock, stampTime } from "../../../../models/kernel/clock";

const START_MS = Date.UTC(2026, 0, 1);

/** A clock whose wall a test sets. */
const clockAt = (startMs = START_MS) => {
  let wallMs = startMs;
  return { clock: createClock(() => wallMs), set: (ms: number) => void (wallMs = ms) };
};

describe("the clock", () => {
  it("follows the wall where it moves forward", () => {
    const { clock, set } = clockAt();
    clock.next();
    set(START_MS + 1_500);
    expect(clock.next()).toBe(`00${START_MS + 1_500}-00000`);
    expect(clock.now()).toBe("2026-01-01T00:00:01.500Z");
  });

  it("counts where the wall stands still, and over the end of the counter", () => {
    const { clock } = clockAt();
    const first = clock.next();
    expect(clock.next()).toBe(first.replace(/-00000$/, "-00001"));
    expect(clock.next(first.replace(/-00000$/, "-99999"))).toBe(`00${START_MS + 1}-00000`);
  });

  it("never goes backwards, whatever the wall does, and its stamps have one width", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -90_000, max: 90_000 }), { minLength: 1 }), (jumps) => {
        const { clock, set } = clockAt();
        let last = "";
        for (const jump of jumps) {
          set(START_MS + jump);
          const stamp = clock.next();
          expect(stamp).toMatch(/^\d{15}-\d{5}$/);
          expect(stamp > last).toBe(true);
          last = stamp;
        }
      }),
    );
  });

  it("is later than the stamp that caused it, from whatever node", () => {
    const { clock } = clockAt();
    const ahead = createClock(() => START_MS + 400).next();
    expect(clock.next(ahead) > ahead).toBe(true);
    expect(stampTime(clock.next())).toBe("2026-01-01T00:00:00.400Z");
  });

  it("takes in what it observes", () => {
    const { clock } = clockAt();
    const ahead = createClock(() => START_MS + 500).next();
    clock.observe(ahead);
    expect(clock.next() > ahead).toBe(true);
  });

  it("does not go back for an old stamp that it observes", () => {
    const { clock } = clockAt();
    const last = clock.next();
    clock.observe(createClock(() => 1).next());
    expect(clock.next() > last).toBe(true);
  });

  it.each([[`00${START_MS + 501}-00000`], ["999999999999999-00000"], ["rubbish"]])(
    "refuses %s from a node",
    (stamp) => {
      const { clock } = clockAt();
      expect(() => clock.observe(stamp)).toThrow(expect.objectContaining({ type: "CLOCK_AHEAD", code: 503 }) as Error);
      expect(clock.next()).toBe(`00${START_MS}-00000`);
    },
  );
});
