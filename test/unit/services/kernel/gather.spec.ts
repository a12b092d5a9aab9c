import { gatherMsAfter, NO_BATCH, type LastBatch } from "../../../../services/kernel/gather";

const limits = { batchMs: 30, batchMsMax: 900, crowdedMsMax: 3_000 };
const calm = { crowded: false, awaited: false };
const after = (readMs: number, messages = 1, aggregates = 1): LastBatch => ({ readMs, messages, aggregates });

describe("how long a batch gathers", () => {
  it("is short when the last one was read in no time: at rest a commit waits for nobody", () => {
    expect(gatherMsAfter(limits, NO_BATCH, calm)).toBe(30);
    expect(gatherMsAfter(limits, after(8), calm)).toBe(30);
  });

  it("grows with the time that reading takes, and is bounded", () => {
    expect(gatherMsAfter(limits, after(100), calm)).toBe(300);
    expect(gatherMsAfter(limits, after(5_000), calm)).toBe(900);
  });

  it("grows further where the machine is at its limit and what comes overtakes itself", () => {
    expect(gatherMsAfter(limits, after(100, 600, 300), { ...calm, crowded: true })).toBe(1_200);
    expect(gatherMsAfter(limits, after(900, 600, 300), { ...calm, crowded: true })).toBe(3_000);
  });

  it("stays as it is where the machine has time, where each is another thing, and where little comes", () => {
    expect(gatherMsAfter(limits, after(900, 600, 300), calm)).toBe(900);
    expect(gatherMsAfter(limits, after(900, 600, 590), { ...calm, crowded: true })).toBe(900);
    expect(gatherMsAfter(limits, after(900, 60, 20), { ...calm, crowded: true })).toBe(900);
  });

  it("is as long as reading took, when somebody waits for what is read", () => {
    expect(gatherMsAfter(limits, after(100, 600, 300), { crowded: true, awaited: true })).toBe(100);
    expect(gatherMsAfter(limits, after(5, 600, 300), { crowded: true, awaited: true })).toBe(30);
  });
});
