import type { Client } from "@elastic/elasticsearch";
import { createShow } from "../../../../indexers/kernel/refresher";

const GAP_MS = 500;

describe("what was written is shown", () => {
  let began: { readonly at: number; readonly index: string }[];
  let end: () => void;
  beforeEach(() => {
    jest.useFakeTimers();
    began = [];
    end = () => undefined;
  });
  afterEach(() => jest.useRealTimers());

  /** An engine whose refreshes end when they are told to. */
  const client = {
    indices: {
      refresh: ({ index }: { readonly index: string }) => {
        began.push({ at: performance.now(), index });
        return new Promise<void>((resolve) => (end = resolve));
      },
    },
  } as unknown as Client;
  const settled = async (): Promise<void> => {
    end();
    await jest.advanceTimersByTimeAsync(0);
  };
  const timesSince = (start: number): number[] => began.map(({ at }) => Math.round(at - start));

  it("at once the first time, and then as soon as the last time is long enough ago", async () => {
    const [show, start] = [createShow(client, GAP_MS, () => true), performance.now()];
    for (const index of ["i", "i", "i"]) show(index);
    expect(timesSince(start)).toEqual([0]);
    await settled();
    await jest.advanceTimersByTimeAsync(GAP_MS - 1);
    expect(began).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(timesSince(start)).toEqual([0, GAP_MS]);
    await settled();
    // nothing was written since: nothing is shown
    await jest.advanceTimersByTimeAsync(10 * GAP_MS);
    expect(began).toHaveLength(2);
  });

  it("once more after a refresh that took longer than the gap, and the index that is written by then", async () => {
    const show = createShow(client, GAP_MS, () => true);
    show("old");
    await jest.advanceTimersByTimeAsync(3 * GAP_MS);
    show("old");
    show("new");
    expect(began).toHaveLength(1);
    await settled();
    expect(began.map(({ index }) => index)).toEqual(["old", "new"]);
  });

  it("to nobody where nobody searches", async () => {
    createShow(client, GAP_MS, () => false)("i");
    await jest.advanceTimersByTimeAsync(GAP_MS);
    expect(began).toEqual([]);
  });
});
