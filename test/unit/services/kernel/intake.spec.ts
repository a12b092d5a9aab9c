import type { JsMsg } from "nats";
import { createIntake, gatherMsAfter } from "../../../../services/kernel/intake";
import { eventually } from "../../../support/eventually";

const limits = { batchMs: 30, batchMsMax: 900 };

describe("how long a batch gathers", () => {
  it("is short when the last one was read in no time: at rest a commit waits for nobody", () => {
    expect(gatherMsAfter(limits, 0)).toBe(30);
    expect(gatherMsAfter(limits, 8)).toBe(30);
  });

  it("grows with the time that reading takes, and is bounded", () => {
    expect(gatherMsAfter(limits, 100)).toBe(300);
    expect(gatherMsAfter(limits, 5_000)).toBe(900);
  });
});

interface Seen {
  readonly message: JsMsg;
  readonly acked: () => number;
}

function messageOf(seq: number): Seen {
  let acked = 0;
  const message = { seq, ack: () => acked++, working: () => undefined, nak: () => undefined };
  return { message: message as unknown as JsMsg, acked: () => acked };
}

describe("the intake", () => {
  it("reads what came while it was reading as one batch, and acknowledges what is done", async () => {
    const stopping = new AbortController();
    const batches: number[] = [];
    let release = (): void => undefined;
    const intake = createIntake({
      ...limits,
      batchMs: 1,
      batchMax: 100,
      ackWaitMs: 30_000,
      signal: stopping.signal,
      async read(messages) {
        batches.push(messages.length);
        if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve));
        return messages;
      },
    });
    const running = intake.run();
    const all = Array.from({ length: 11 }, (_, i) => messageOf(i));
    const [first, ...rest] = all;
    if (!first) throw new Error("no message");
    intake.push(first.message);
    await eventually("the first is being read", () => Promise.resolve(batches.length === 1));
    for (const { message } of rest) intake.push(message);
    release();
    await eventually("all are acknowledged", () => Promise.resolve(all.every(({ acked }) => acked() === 1)));
    expect(batches).toEqual([1, 10]);
    stopping.abort();
    await running;
  });
});
