/** Tastes of visitors: what they did lately, with what is known of the products. */
import type { RecentEvent } from "../../models/visitor/visitor.contract";
import { NO_TASTE, type Taste } from "../../models/visitor/visitor.taste.contract";
import type { CallSite } from "../kernel/service";
import { tasteOf, touched } from "./taste.service";
import { createTraits } from "./traits.service";

export type Tastes = (events: readonly RecentEvent[], site: CallSite) => Promise<Taste>;

export function createTastes(now: () => string): Tastes {
  const known = createTraits();
  return async (events, site) => {
    const ids = touched(events);
    return ids.length === 0 ? NO_TASTE : tasteOf(events, await known(ids, site), Date.parse(now()));
  };
}
