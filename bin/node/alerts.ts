/**
 * Reads commits for alerts: keeps who waits for what, and leaves a timer where something happened to what somebody
 * waits for. It writes nothing else, so the thread that reads commits is never held up by how many wait. What somebody
 * has just begun to wait for is checked after they can be found: whatever is committed from then on finds them, and
 * whatever was committed before is seen by the check.
 */
import type { Connection } from "mongoose";
import type { Commit } from "../../models/kernel/row";
import type { OfferState } from "../../models/offer/offer.aggregate";
import type { PricelistState } from "../../models/pricelist/pricelist.aggregate";
import type { StockState } from "../../models/stock/stock.aggregate";
import { watchKey, type WishlistState } from "../../models/wishlist/wishlist.state.contract";
import { createLookup, type Lookup, type Naming } from "../../services/kernel/lookup";
import type { HistoryReader } from "../../services/kernel/reconcile";
import { createTimerStore, type Timer, type TimerDocument, type TimerStore } from "../../services/kernel/timer-store";
import { WAITING } from "./store";

/** What may have happened to a product, and who may want to know. */
interface Stirred {
  readonly productId: string;
  readonly keys: readonly string[];
}

function ofStock(state: StockState): Stirred | null {
  if (state.status === "absent" || state.onHand <= (state.reserved ?? 0)) return null;
  return { productId: state.productId, keys: [watchKey("stock", state.productId)] };
}

function ofOffer(state: OfferState): Stirred | null {
  if (state.status !== "open") return null;
  const { productId } = state;
  return { productId, keys: [watchKey("stock", productId), watchKey("price", productId)] };
}

const ofPrices = (state: PricelistState): Stirred | null =>
  state.status === "absent" ? null : { productId: state.productId, keys: [watchKey("price", state.productId)] };

/** Null where nobody who waits can be concerned. Exported for its tests. */
export function stirredBy({ aggregate, state }: Commit): Stirred | null {
  if (aggregate === "stock") return ofStock(state as StockState);
  if (aggregate === "offer") return ofOffer(state as OfferState);
  return aggregate === "pricelist" ? ofPrices(state as PricelistState) : null;
}

/** Exported for its tests. */
export function namingOf({ aggregateId, version, state }: Commit): Naming {
  const found = state as WishlistState;
  return { _id: aggregateId, version, keys: found.status === "open" ? found.watching : [] };
}

/** A timer of the commit's own, beside what its aggregate may have; the command goes out at once. */
function timerOf({ aggregate, aggregateId, version, committedAt }: Commit, command: string, params: object) {
  const timer: Timer = {
    ...{ at: committedAt, command, params },
    ...{ attempts: 0, retryAt: null, reason: null, outcome: null },
  };
  const _id = `${aggregate}/${aggregateId}#alerts`;
  return { _id, version, turn: 0, due: [timer], nextAt: committedAt } satisfies TimerDocument;
}

/** The newest of each: one batch may hold several versions of a thing. */
function newestOf<T extends { readonly _id: string; readonly version: number }>(documents: readonly T[]): T[] {
  const newest = new Map<string, T>();
  for (const one of documents) if ((newest.get(one._id)?.version ?? 0) < one.version) newest.set(one._id, one);
  return [...newest.values()];
}

export const openAlerts = async (connection: Connection): Promise<HistoryReader> =>
  alertsReader(await createLookup(connection, WAITING), await createTimerStore(connection));

export function alertsReader(lookup: Lookup, timers: Pick<TimerStore, "project">): HistoryReader {
  return {
    name: "alerts-r1",
    aggregates: ["stock", "offer", "pricelist", "wishlist"],
    async read(commits) {
      const lists = commits.filter(({ aggregate }) => aggregate === "wishlist");
      // the order is what misses nobody: found first, then looked after
      await lookup.project(newestOf(lists.map(namingOf)));
      const checks = lists
        .filter((commit) => namingOf(commit).keys.length > 0)
        .map((commit) => timerOf(commit, "alert.check", { wishlistId: commit.aggregateId }));
      const stirred = commits.flatMap((commit) => {
        const what = stirredBy(commit);
        return what === null ? [] : [{ commit, ...what }];
      });
      const waited = await lookup.named([...new Set(stirred.flatMap(({ keys }) => keys))]);
      const stirs = stirred
        .filter(({ keys }) => keys.some((key) => waited.has(key)))
        .map(({ commit, productId: id }) => {
          const source = `${commit.aggregate}/${commit.aggregateId}`;
          return timerOf(commit, "alert.stir", { id, source, version: commit.version });
        });
      await timers.project(newestOf([...checks, ...stirs]));
    },
  };
}
