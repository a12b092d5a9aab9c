/** Who names a key, in memory: the same answers as the kernel's collection. */
import type { Lookup, Naming } from "../../services/kernel/lookup";

export function createMemoryLookup(): Lookup {
  const namings = new Map<string, Naming>();
  const those = (keys: readonly string[]): Naming[] =>
    [...namings.values()].filter((one) => one.keys.some((key) => keys.includes(key)));
  return {
    async project(given) {
      await Promise.resolve();
      for (const one of given) if ((namings.get(one._id)?.version ?? 0) < one.version) namings.set(one._id, one);
    },
    async named(keys) {
      await Promise.resolve();
      return new Set(keys.filter((key) => those([key]).length > 0));
    },
    async page(keys, after, limit) {
      await Promise.resolve();
      const ids = those(keys).map(({ _id }) => _id);
      return ids
        .filter((id) => id > after)
        .sort()
        .slice(0, limit);
    },
    count: async (key) => (await Promise.resolve(those([key]))).length,
  };
}
