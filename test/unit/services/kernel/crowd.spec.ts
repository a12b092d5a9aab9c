import { createCrowd, crowdedBetween } from "../../../../services/kernel/crowd";

test("a machine is at its limit when hardly any processor was idle between two looks", () => {
  const before = { idle: 1_000, all: 10_000 };
  expect(crowdedBetween(before, { idle: 1_100, all: 12_000 })).toBe(true);
  expect(crowdedBetween(before, { idle: 1_900, all: 12_000 })).toBe(false);
  expect(crowdedBetween(before, before)).toBe(false);
});

test("it is looked at twice a second at most, and an old look says nothing", () => {
  const machine = { idle: 0, all: 0 };
  let [at, looks] = [0, 0];
  const crowd = createCrowd(
    () => (looks++, { ...machine }),
    () => at,
  );
  const after = (ms: number, idle: number): boolean => {
    at += ms;
    machine.all += 2 * ms;
    machine.idle += idle;
    return crowd();
  };
  expect(after(100, 0)).toBe(false);
  expect(after(600, 10)).toBe(true);
  expect(after(100, 200)).toBe(true);
  expect(looks).toBe(2);
  expect(after(600, 1_000)).toBe(false);
  expect(after(10_000, 0)).toBe(false);
});
