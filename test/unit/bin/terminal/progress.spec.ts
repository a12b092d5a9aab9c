import { barText, counted, durationText, etaSeconds, progressText } from "../../../../bin/terminal/progress";
import { showProgress } from "../../../../bin/terminal/painter";

const state = { label: "importing", done: 1_500, failed: 0, fraction: 0.25, elapsedMs: 10_000 };

it.each([
  [0, "0 s"],
  [59.4, "59 s"],
  [200, "3 min 20 s"],
  [7_500, "2 h 5 min"],
  [Infinity, "long"],
  [-3, "0 s"],
])("tells %d seconds as %s", (seconds, text) => expect(durationText(seconds)).toBe(text));

it("groups figures", () => expect([7, 1_234, 1_234_567].map(counted)).toEqual(["7", "1,234", "1,234,567"]));

it("draws a bar that never runs over", () => {
  expect(barText(0.5, 4)).toBe("[##..]");
  expect(barText(7, 4)).toBe("[####]");
  expect(barText(-1, 4)).toBe("[....]");
});

it("reckons the time left from the pace so far, once there is one", () => {
  expect(etaSeconds(state)).toBe(30);
  expect(etaSeconds({ ...state, fraction: null })).toBeNull();
  expect(etaSeconds({ ...state, elapsedMs: 500 })).toBeNull();
});

it("tells rate, failures and time left", () => {
  expect(progressText({ ...state, failed: 2 }, true)).toBe(
    "importing  [######..................]  25 %  1,500  150/s  2 failed  30 s left",
  );
  expect(progressText({ ...state, fraction: 1 }, false)).toBe("importing  100 %  1,500  150/s");
});

it("writes a line every five seconds where there is no terminal", () => {
  const written: string[] = [];
  let now = 0;
  const progress = showProgress("x", { write: (text) => written.push(text) }, () => now);
  for (now = 0; now <= 10_000; now += 500) progress.update({ done: now, failed: 0, fraction: null });
  expect(written).toHaveLength(2);
  expect(written[0]).toMatch(/^x .*\n$/);
});

it("draws over itself on a terminal, never wider than it", () => {
  const written: string[] = [];
  let now = 0;
  const screen = { isTTY: true, columns: 20, write: (text: string) => written.push(text) };
  const progress = showProgress("a very long label indeed", screen, () => now);
  now = 200;
  progress.update({ done: 1, failed: 0, fraction: 0.5 });
  progress.end();
  expect(written[0]).toBe("\r\u001b[Ka very long label i");
  expect(written.at(-1)).toBe("\n");
});
