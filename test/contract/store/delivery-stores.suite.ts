/** What every implementation of the stores of delivery must do. */
import { parkedFor, type ParkedStore } from "../../../services/kernel/parked";
import type { PositionStore } from "../../../services/kernel/positions";
import type { TimerDocument, TimerStore } from "../../../services/kernel/timer-store";

export interface MadeStores {
  readonly parked: ParkedStore;
  readonly positions: PositionStore;
  readonly timers: TimerStore;
  close(): Promise<void>;
}

const AT = "2026-01-01T00:00:00.000Z";
const LATER = "2026-01-02T00:00:00.000Z";

const timer = (id: string, version: number, nextAt: string | null): TimerDocument => ({
  _id: `thing/${id}`,
  version,
  turn: 0,
  nextAt,
  due:
    nextAt === null
      ? []
      : [{ at: nextAt, command: "thing.end", params: { id }, attempts: 0, retryAt: null, reason: null, outcome: null }],
});

export function deliveryStoresSuite(name: string, make: () => Promise<MadeStores>): void {
  describe(`stores of delivery ${name}`, () => {
    let made: MadeStores;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(() => made.close());

    test("parked: once per reader and commit, paged, counted, removed", async () => {
      const { parked } = made;
      const why = { reason: "first", at: AT, attempts: 1 };
      for (const by of ["r1", "r2"]) {
        for (let version = 1; version <= 5; version++) {
          await parked.put(parkedFor(by, { aggregate: "thing", aggregateId: "t", version }, why));
        }
      }
      const again = parkedFor("r1", { aggregate: "thing", aggregateId: "t", version: 3 }, { ...why, reason: "second" });
      await parked.put(again);
      expect(await parked.count("r1")).toBe(5);
      const first = await parked.of("r1", "", 3);
      expect(first.map(({ version }) => version)).toEqual([1, 2, 3]);
      expect(first[2]).toEqual(again);
      const rest = await parked.of("r1", again._id, 3);
      expect(rest.map(({ version }) => version)).toEqual([4, 5]);
      await parked.remove(again._id);
      await parked.remove(again._id);
      expect(await parked.count("r1")).toBe(4);
      expect(await parked.count("r2")).toBe(5);
    });

    test("positions: remembered, and a finished reconciliation is forgotten", async () => {
      const { positions } = made;
      expect(await positions.get("r1")).toBeNull();
      expect(await positions.progress("r1")).toBeNull();
      const progress = { _id: "r1", cause: "anew", cursor: { aggregate: "thing", after: "t@000000001" } };
      await positions.setProgress({ ...progress, cause: "older" });
      await positions.setProgress(progress);
      expect(await positions.progress("r1")).toEqual(progress);
      expect(await positions.get("r1")).toBeNull();
      const position = { _id: "r1", streamCreated: AT, consumerCreated: AT, lastSeq: 7, readTo: 5 };
      await positions.set({ ...position, readTo: 1 });
      await positions.set(position);
      expect(await positions.get("r1")).toEqual(position);
      expect(await positions.progress("r1")).toBeNull();
    });

    test("timers: the newer version stays, whatever comes when", async () => {
      const { timers } = made;
      await timers.project([timer("a", 2, AT), timer("b", 1, LATER), timer("c", 1, null)]);
      await timers.project([timer("a", 1, LATER), timer("d", 1, AT)]);
      await timers.project([timer("a", 2, LATER)]);
      expect(await timers.due(AT, 10)).toEqual(expect.arrayContaining([timer("a", 2, AT), timer("d", 1, AT)]));
      expect(await timers.due(AT, 10)).toHaveLength(2);
      expect(await timers.due(LATER, 2)).toHaveLength(2);
      expect(await timers.next()).toBe(AT);
      await timers.project([timer("a", 3, null), timer("d", 2, null)]);
      expect(await timers.due(AT, 10)).toEqual([]);
      expect(await timers.next()).toBe(LATER);
      await timers.project([timer("b", 2, null)]);
      expect(await timers.next()).toBeNull();
      expect(await timers.due("9999-01-01T00:00:00.000Z", 10)).toEqual([]);
    });

    test("timers: of racing swaps exactly one wins, and a newer version ends them", async () => {
      const { timers } = made;
      const before = timer("a", 1, AT);
      await timers.project([before]);
      const after = { ...before, turn: 1, nextAt: LATER };
      const swaps = await Promise.all([...Array(8).keys()].map(() => timers.swap(before, after)));
      expect(swaps.filter(Boolean)).toHaveLength(1);
      expect(await timers.next()).toBe(LATER);
      await timers.project([timer("a", 2, AT)]);
      expect(await timers.swap(after, { ...after, turn: 2 })).toBe(false);
      expect(await timers.due(AT, 10)).toEqual([timer("a", 2, AT)]);
    });
  });
}
