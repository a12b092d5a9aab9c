import type { JsMsg } from "nats";
import { createIntake } from "../../../../services/kernel/intake";
import { eventually } from "../../../support/eventually";

const limits = { batchMs: 30, readWithinMs: 1_000 };
const quiet = { heads: true, ackPendingMax: 1_000, ackWaitMs: 30_000 };

interface Seen {
  readonly message: JsMsg;
  readonly acked: () => number;
}

function messageOf(seq: number, version = seq): Seen {
  let acked = 0;
  const data = Buffer.from(`{"_id":"t-1@${String(version).padStart(9, "0")}","more":1}`);
  const own = { seq, data, subject: "mall.commits.thing.1" };
  const message = { ...own, ack: () => acked++, working: () => undefined, nak: () => undefined };
  return { message: message as unknown as JsMsg, acked: () => acked };
}

describe("the intake", () => {
  it("reads what came while it was reading as one batch, and acknowledges what is done", async () => {
    const stopping = new AbortController();
    const batches: number[] = [];
    let release = (): void => undefined;
    const intake = createIntake({
      ...limits,
      ...quiet,
      batchMs: 1,
      batchMax: 100,
      heads: false,
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

  it("reads of one aggregate the newest and the one before, whatever came first; the rest is done", async () => {
    const stopping = new AbortController();
    const batches: number[][] = [];
    const intake = createIntake({
      ...limits,
      ...quiet,
      batchMs: 1,
      batchMax: 100,
      signal: stopping.signal,
      read(messages) {
        batches.push(messages.map(({ seq }) => seq));
        return Promise.resolve(messages);
      },
    });
    const all = [4, 1, 5, 2, 3].map((version, i) => messageOf(i + 1, version));
    for (const { message } of all) intake.push(message);
    expect(all.map(({ acked }) => acked())).toEqual([0, 1, 0, 1, 1]);
    expect(intake.held()).toBe(2);
    const running = intake.run();
    await eventually("all are acknowledged", () => Promise.resolve(all.every(({ acked }) => acked() === 1)));
    expect(batches).toEqual([[3, 1]]);
    stopping.abort();
    await running;
  });

  it("gathers for no longer than reading took, when somebody waits for what it reads", async () => {
    jest.useFakeTimers();
    const stopping = new AbortController();
    const batches: number[] = [];
    let release = (): void => undefined;
    const intake = createIntake({
      ...limits,
      ...quiet,
      batchMax: 100,
      signal: stopping.signal,
      async read(messages) {
        batches.push(messages.length);
        if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve));
        return messages;
      },
    });
    const running = intake.run();
    intake.push(messageOf(1).message);
    await jest.advanceTimersByTimeAsync(200 + limits.batchMs);
    intake.push(messageOf(2).message);
    release();
    await jest.advanceTimersByTimeAsync(250);
    expect(batches).toEqual([1]);
    intake.hurry();
    await jest.advanceTimersByTimeAsync(1);
    expect(batches).toEqual([1, 1]);
    stopping.abort();
    await jest.advanceTimersByTimeAsync(1);
    await running;
    jest.useRealTimers();
  });
});
