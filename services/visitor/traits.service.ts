/** What products are, as far as it was asked lately: remembered for a while, so that most is known at once. */
import { LRUCache } from "lru-cache";
import type { Calls } from "../../models/contracts";
import type { ProductTraits } from "../../models/product/product.traits.contract";
import { asMall, typed } from "../kernel/call";
import type { CallSite } from "../kernel/service";

const REMEMBERED = { max: 10_000, ttl: 5 * 60_000 };

/** Those that there are, in the order of the ids. */
export type KnownTraits = (ids: readonly string[], site: CallSite) => Promise<ProductTraits[]>;

export function createTraits(): KnownTraits {
  const traits = new LRUCache<string, ProductTraits>(REMEMBERED);
  return async (ids, { caller, meta }) => {
    const missing = ids.filter((id) => !traits.has(id));
    if (missing.length > 0) {
      const { items } = await typed<Calls>(caller, asMall(meta, "traits"))("product.traits", { ids: missing });
      for (const item of items) traits.set(item.id, item);
    }
    return ids.flatMap((id) => traits.get(id) ?? []);
  };
}
