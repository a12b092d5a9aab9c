/** Tastes of visitors: what they did lately, with what is known of the products, which is remembered for a while. */
import { LRUCache } from "lru-cache";
import type { Calls } from "../../models/contracts";
import type { RecentEvent } from "../../models/visitor/visitor.contract";
import { NO_TASTE, type Taste, type Traits } from "../../models/visitor/visitor.taste.contract";
import { asMall, typed } from "../kernel/call";
import type { CallSite } from "../kernel/service";
import { tasteOf, touched } from "./taste.service";

const REMEMBERED = { max: 20_000, ttl: 5 * 60_000 };

export type Tastes = (events: readonly RecentEvent[], site: CallSite) => Promise<Taste>;

export function createTastes(now: () => string): Tastes {
  const traits = new LRUCache<string, Traits>(REMEMBERED);
  async function learn(ids: readonly string[], { caller, meta }: CallSite): Promise<void> {
    const missing = ids.filter((id) => !traits.has(id));
    if (missing.length === 0) return;
    const { items } = await typed<Calls>(caller, asMall(meta, "traits"))("product.traits", { ids: missing });
    for (const item of items) traits.set(item.id, item);
  }
  return async (events, site) => {
    const ids = touched(events);
    if (ids.length === 0) return NO_TASTE;
    await learn(ids, site);
    const known = ids.flatMap((id) => traits.get(id) ?? []);
    return tasteOf(events, known, Date.parse(now()));
  };
}
