/** What is kept of visitors, in memory. */
import type { SealedFact, SealedFacts } from "../../models/kernel/sealed-facts";
import type { Counted } from "../../services/visitor/events.service";
import type { Choices } from "../../services/visitor/trails.service";
import type { VisitorStores } from "../../services/visitor/visitor.service";
import { memoryFacts, type MemoryFacts } from "./memory-facts";

export function memorySealedFacts(): SealedFacts & { all(): readonly SealedFact[] } {
  const rows = new Map<string, SealedFact>();
  return {
    all: () => [...rows.values()],
    append(facts) {
      const there = new Set(facts.filter(({ _id }) => rows.has(_id)).map(({ _id }) => _id));
      for (const fact of facts) if (!there.has(fact._id)) rows.set(fact._id, fact);
      return Promise.resolve(there);
    },
    newest(who, limit) {
      const found = [...rows.values()].filter((row) => row.who === who).sort((a, b) => (a.at < b.at ? 1 : -1));
      return Promise.resolve(found.slice(0, limit));
    },
    remove(who) {
      for (const [id, row] of rows) if (row.who === who) rows.delete(id);
      return Promise.resolve();
    },
  };
}

export function memoryChoices(): Choices {
  const chosen = new Map<string, boolean>();
  return {
    find: (who) => Promise.resolve(chosen.get(who) ?? null),
    set(who, personal) {
      chosen.set(who, personal);
      return Promise.resolve();
    },
  };
}

export interface MemoryVisitors extends VisitorStores {
  readonly trails: ReturnType<typeof memorySealedFacts>;
  readonly counted: MemoryFacts<Counted>;
}

export const memoryVisitors = (): MemoryVisitors => ({
  trails: memorySealedFacts(),
  choices: memoryChoices(),
  counted: memoryFacts<Counted>(),
});
