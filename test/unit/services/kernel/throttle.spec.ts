import { memoryThrottle } from "../../../../services/kernel/throttle";

const limit = { max: 2, windowMs: 1_000 };

test("counts up to the limit in a window, and tells how long to wait", async () => {
  const clock = { ms: 0 };
  const throttle = memoryThrottle(() => clock.ms);
  expect([await throttle.take("a", limit), await throttle.take("a", limit)]).toEqual([0, 0]);
  clock.ms = 400;
  expect(await throttle.take("a", limit)).toBe(600);
  expect(await throttle.take("b", limit)).toBe(0);
  clock.ms = 1_000;
  expect(await throttle.take("a", limit)).toBe(0);
});

test("gives attempts back, and forgets", async () => {
  const throttle = memoryThrottle(() => 0);
  for (let i = 0; i < 5; i++) {
    expect(await throttle.take("a", limit)).toBe(0);
    await throttle.giveBack("a");
  }
  await throttle.giveBack("never taken");
  for (let i = 0; i < 3; i++) await throttle.take("a", limit);
  await throttle.forget("a");
  expect(await throttle.take("a", limit)).toBe(0);
});

test("remembers so many keys at most", async () => {
  const throttle = memoryThrottle(() => 0, 2);
  for (let i = 0; i < 3; i++) await throttle.take("first", limit);
  await throttle.take("second", limit);
  await throttle.take("third", limit);
  expect(await throttle.take("first", limit)).toBe(0);
});
