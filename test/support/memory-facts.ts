/** Facts in memory, asked for as in the store. */
import type { Fact, FactStore } from "../../models/kernel/facts";

export interface MemoryFacts<F extends Fact> extends FactStore<F> {
  readonly all: F[];
}

export function memoryFacts<F extends Fact>(): MemoryFacts<F> {
  const all: F[] = [];
  const page: FactStore<F>["page"] = ({ where, from = "", to, before, limit }) => {
    const equal = (fact: F): boolean =>
      Object.entries(where).every(([field, value]) => {
        const there = (fact as unknown as Record<string, unknown>)[field];
        return there === value || (Array.isArray(there) && there.includes(value));
      });
    const inside = ({ _id }: F): boolean =>
      _id >= from && (to === undefined || _id < to) && (before === undefined || _id < before);
    const found = all.filter((fact) => equal(fact) && inside(fact)).sort((a, b) => (a._id < b._id ? 1 : -1));
    return Promise.resolve(found.slice(0, limit));
  };
  return {
    all,
    page,
    ids: async (ask) => (await page(ask)).map(({ _id }) => _id),
    those: (ids) => Promise.resolve(all.filter(({ _id }) => ids.includes(_id))),
    append(facts) {
      all.push(...facts);
      return Promise.resolve();
    },
  };
}
