import { createTracker, readPosition } from "../../../../bin/import/position";

const START = { through: 0, failed: [] };

it("is through up to the first line that is still open", () => {
  const tracker = createTracker(START);
  for (const line of [1, 2, 3, 4]) tracker.begin(line);
  tracker.settle(3, true);
  tracker.settle(1, true);
  expect(tracker.position()).toEqual({ through: 1, failed: [] });
  tracker.settle(2, false);
  expect(tracker.position()).toEqual({ through: 3, failed: [2] });
});

it("tries again what failed, and nothing else", () => {
  const tracker = createTracker({ through: 10, failed: [4] });
  expect([4, 5, 10, 11].map((line) => tracker.isDone(line))).toEqual([false, true, true, false]);
});

it("is not set back by a line that is tried again", () => {
  const tracker = createTracker({ through: 10, failed: [4] });
  tracker.begin(4);
  expect(tracker.position()).toEqual({ through: 10, failed: [4] });
  tracker.settle(4, true);
  expect(tracker.position()).toEqual({ through: 10, failed: [] });
});

it.each([null, "", "{", "[]", '{"through":-1,"failed":[]}', '{"through":1}', '{"through":1,"failed":["x"]}'])(
  "starts anew from %j",
  (text) => expect(readPosition(text)).toEqual(START),
);

it("reads what it wrote", () => {
  const position = { through: 7, failed: [2] };
  expect(readPosition(JSON.stringify(position))).toEqual(position);
});
