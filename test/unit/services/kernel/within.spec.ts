import { within } from "../../../../services/kernel/wait";

describe("what is waited for no longer than so long", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it("is given when it comes in time, and no timer is left", async () => {
    await expect(within(50, "Counting", Promise.resolve(7))).resolves.toBe(7);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("fails as it fails, and no timer is left", async () => {
    await expect(within(50, "Counting", Promise.reject(new Error("no numbers")))).rejects.toThrow("no numbers");
    expect(jest.getTimerCount()).toBe(0);
  });

  it("is named when it does not come", async () => {
    const late = within(50, "Counting", new Promise(() => undefined));
    const told = expect(late).rejects.toThrow("Counting took longer than 50 ms");
    await jest.advanceTimersByTimeAsync(50);
    await told;
  });
});
