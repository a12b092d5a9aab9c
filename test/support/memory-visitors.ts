/** What is kept of visitors, in memory. */
import { Readable } from "node:stream";
import type { CountedFact, CountedFacts } from "../../models/kernel/counted-facts";
import type { SealedFact, SealedFacts } from "../../models/kernel/sealed-facts";
import type { Counted } from "../../services/visitor/events.service";
import type { Choices } from "../../services/visitor/trails.service";
import type { VisitorStores } from "../../services/visitor/visitor.service";

export function memorySealedFacts(): SealedFacts & { every(): readonly SealedFact[] } {
  const rows = new Map<string, SealedFact>();
  return {
    every: () => [...rows.values()],
    all: (who) => Readable.from([...rows.values()].filter((row) => row.who === who)) as AsyncIterable<SealedFact>,
    add(fact) {
      if (!rows.has(fact._id)) rows.set(fact._id, fact);
      return Promise.resolve();
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

export function memoryCountedFacts<F extends CountedFact>(): CountedFacts<F> & { readonly all: F[] } {
  const all: F[] = [];
  return {
    all,
    append(facts) {
      const there = new Set<string>();
      for (const fact of facts) {
        if (all.some(({ _id }) => _id === fact._id)) there.add(fact._id);
        else all.push(fact);
      }
      return Promise.resolve(there);
    },
    since: (at, limit) => Promise.resolve(all.filter((fact) => fact.at >= at).slice(0, limit)),
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
  readonly counted: ReturnType<typeof memoryCountedFacts<Counted>>;
}

export const memoryVisitors = (): MemoryVisitors => ({
  trails: memorySealedFacts(),
  choices: memoryChoices(),
  counted: memoryCountedFacts<Counted>(),
});
