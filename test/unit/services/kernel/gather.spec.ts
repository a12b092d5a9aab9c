import { gatherMsAfter } from "../../../../services/kernel/gather";

const limits = { batchMs: 30, readWithinMs: 1_000 };

describe("how long a batch gathers", () => {
  it("is short when the last one was read in no time: at rest a commit waits for nobody", () => {
    expect(gatherMsAfter(limits, 0, false)).toBe(30);
    expect(gatherMsAfter(limits, 8, false)).toBe(30);
  });

  it("grows with the time that reading takes", () => {
    expect(gatherMsAfter(limits, 100, false)).toBe(300);
  });

  it("leaves time to read the batch before and its own within what is promised", () => {
    for (const readMs of [1, 50, 199, 200, 201, 300, 400, 485]) {
      expect(readMs + gatherMsAfter(limits, readMs, false) + readMs).toBeLessThanOrEqual(1_000);
    }
    expect(gatherMsAfter(limits, 300, false)).toBe(400);
  });

  it("is as short as can be where reading alone takes longer than that: nothing is gained by waiting", () => {
    expect(gatherMsAfter(limits, 600, false)).toBe(30);
  });

  it("is as long as reading took, when somebody waits for what is read", () => {
    expect(gatherMsAfter(limits, 100, true)).toBe(100);
    expect(gatherMsAfter(limits, 5, true)).toBe(30);
  });
});
