/** What the kernel keeps for delivery, in memory, for tests of what is around it. */
import type { Parked, ParkedStore } from "../../services/kernel/parked";
import type { Position, PositionStore, Progress } from "../../services/kernel/positions";
import { due, type TimerDocument, type TimerStore } from "../../services/kernel/timer-store";

export function createMemoryParked(): ParkedStore {
  const entries = new Map<string, Parked>();
  return {
    put: async (entry) => void entries.set(entry._id, await Promise.resolve(entry)),
    async of(by, after, limit) {
      await Promise.resolve();
      const found = [...entries.values()].filter((entry) => entry.by === by && entry._id > after);
      return found.sort((a, b) => (a._id < b._id ? -1 : 1)).slice(0, limit);
    },
    remove: async (id) => void entries.delete(await Promise.resolve(id)),
    count: async (by) => (await Promise.resolve([...entries.values()])).filter((entry) => entry.by === by).length,
  };
}

export function createMemoryPositions(): PositionStore {
  const positions = new Map<string, Position>();
  const unfinished = new Map<string, Progress>();
  return {
    get: async (reader) => (await Promise.resolve(positions)).get(reader) ?? null,
    async set(position) {
      await Promise.resolve();
      positions.set(position._id, position);
      unfinished.delete(position._id);
    },
    progress: async (reader) => (await Promise.resolve(unfinished)).get(reader) ?? null,
    setProgress: async (progress) => void unfinished.set(progress._id, await Promise.resolve(progress)),
  };
}

export function createMemoryTimers(): TimerStore & { all(): readonly TimerDocument[] } {
  const timers = new Map<string, TimerDocument>();
  const swap = (before: TimerDocument, after: TimerDocument): boolean => {
    const now = timers.get(before._id);
    if (!now || now.version !== before.version || now.turn !== before.turn) return false;
    timers.set(after._id, after);
    return true;
  };
  return {
    all: () => [...timers.values()],
    async project(documents) {
      await Promise.resolve();
      for (const document of documents) {
        const known = timers.get(document._id);
        if (!known || known.version < document.version) timers.set(document._id, document);
      }
    },
    async due(now, limit) {
      await Promise.resolve();
      return [...timers.values()].filter((document) => due(document, now)).slice(0, limit);
    },
    async next() {
      await Promise.resolve();
      const moments = [...timers.values()].flatMap(({ nextAt }) => nextAt ?? []);
      return moments.sort()[0] ?? null;
    },
    swap: async (before, after) => swap(await Promise.resolve(before), after),
  };
}
