/**
 * Where an offer lies: ids of its stocks begin alike, so that they are found by skipping through the histories, one
 * look per location. Remembered for a moment, for a hot offer is asked for again and again; what is there is a hint.
 */
import { LRUCache } from "lru-cache";
import type { Histories } from "../../models/kernel/histories";
import { available, unreserved } from "../../models/stock/stock.hold.aggregate";
import type { StockState } from "../../models/stock/stock.aggregate";
import { PLACES_MAX, type OfferPlaces, type StockPlaces } from "../../models/stock/stock.hold.contract";
import { stockPrefixOf } from "../../models/stock/stock.key.contract";
import type { NewestReader } from "../kernel/history-reader";

const OFFERS_MAX = 10_000;
const REMEMBERED_MS = 2_000;
/** Follows every version of an id, and comes before the next id. */
const AFTER_VERSIONS = "@~";

async function idsOf(histories: Pick<Histories, "scan">, offerId: string): Promise<string[]> {
  const prefix = stockPrefixOf(offerId);
  const ids: string[] = [];
  for (let after = prefix; ids.length < PLACES_MAX;) {
    const [next] = await histories.scan(after, 1);
    if (next?.aggregateId.startsWith(prefix) !== true) break;
    ids.push(next.aggregateId);
    after = next.aggregateId + AFTER_VERSIONS;
  }
  return ids;
}

export type PlacesOf = (params: OfferPlaces, reader: NewestReader) => Promise<StockPlaces>;

export function createPlaces(histories: Pick<Histories, "scan">): PlacesOf {
  const known = new LRUCache<string, readonly string[]>({ max: OFFERS_MAX, ttl: REMEMBERED_MS });
  return async ({ offerId }, reader) => {
    const ids = known.get(offerId) ?? (await idsOf(histories, offerId));
    // that there is none is not remembered: the first receipt counts at once
    if (ids.length > 0) known.set(offerId, ids, { noUpdateTTL: true });
    const rows = await Promise.all(ids.map((id) => reader.newest(id)));
    const places = rows.flatMap((row) => {
      const state = row?.state as StockState | undefined;
      if (state === undefined || state.status === "absent") return [];
      return [{ location: state.location, available: available(state), onHand: unreserved(state) }];
    });
    // what is there goes before what is not there yet
    places.sort((a, b) => b.onHand - a.onHand || b.available - a.available || (a.location < b.location ? -1 : 1));
    return { offerId, places: places.map(({ location, available: left }) => ({ location, available: left })) };
  };
}
