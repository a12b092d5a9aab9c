/**
 * A visit, of what somebody did lately: everything without half an hour between, since the last purchase. What is known
 * of it is the same for serving and for learning. Pure.
 */
import { derivedId } from "../kernel/ids";
import type { RecentEvent, RecentKind } from "../visitor/visitor.contract";

const PAUSE_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

export interface Visit {
  readonly id: string;
  /** Newest first; what was merely shown is not among them. */
  readonly events: readonly RecentEvent[];
  /** Before it, as far as is known. */
  readonly before: readonly RecentEvent[];
}

/** @param recent newest first. @returns null where nobody is there any more */
export function visitIn(recent: readonly RecentEvent[], nowMs: number): Visit | null {
  const done = recent.filter(({ kind }) => kind !== "impression");
  let count = 0;
  let lastMs = nowMs;
  for (const { kind, at } of done) {
    if (kind === "purchase" || lastMs - Date.parse(at) > PAUSE_MS) break;
    lastMs = Date.parse(at);
    count += 1;
  }
  const first = done[count - 1];
  if (first === undefined) return null;
  return { id: derivedId("visit", first.id, first.at), events: done.slice(0, count), before: done.slice(count) };
}

/** The visits that ended in purchases which were just reported. @param recent newest first, the purchases among them */
export function boughtIn(recent: readonly RecentEvent[], purchases: ReadonlySet<string>): string[] {
  return recent.flatMap(({ id, at }, i) => {
    const visit = purchases.has(id) ? visitIn(recent.slice(i + 1), Date.parse(at)) : null;
    return visit === null ? [] : [visit.id];
  });
}

export const VISIT_FEATURES = [
  "product_pages",
  "products",
  "looked_again",
  "searches",
  "put_in_cart",
  "at_checkout",
  "minutes",
  "idle_minutes",
  "seconds_per_page",
  "returning",
  "bought_before",
  "hour_of_day",
  "weekend",
] as const;

export type VisitFeature = (typeof VISIT_FEATURES)[number];

/** As 32-bit numbers, in the order of `VISIT_FEATURES`. */
export function visitFeatures({ events, before }: Visit, nowMs: number): Float32Array {
  const count = (kind: RecentKind, of: readonly RecentEvent[] = events): number =>
    of.filter((event) => event.kind === kind).length;
  const looked = events.flatMap(({ kind, productId }) => (kind === "view" && productId !== undefined ? productId : []));
  const times = new Map<string, number>();
  for (const id of looked) times.set(id, (times.get(id) ?? 0) + 1);
  const [newest, oldest] = [events[0], events.at(-1)].map((event) => Date.parse(event?.at ?? ""));
  const minutes = (nowMs - (oldest ?? nowMs)) / MINUTE_MS;
  const now = new Date(nowMs);
  return Float32Array.of(
    looked.length,
    times.size,
    Math.max(0, ...times.values()),
    count("search"),
    count("cart"),
    count("checkout"),
    minutes,
    (nowMs - (newest ?? nowMs)) / MINUTE_MS,
    (minutes * 60) / Math.max(1, looked.length),
    before.length > 0 ? 1 : 0,
    count("purchase", before),
    now.getUTCHours(),
    [0, 6].includes(now.getUTCDay()) ? 1 : 0,
  );
}
