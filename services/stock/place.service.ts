/** Where stock may lie: at an open location of a seller that has locations, anywhere for one that has none. */
import { LRUCache } from "lru-cache";
import type { Calls } from "../../models/contracts";
import { refuse } from "../../models/refusals";
import { typed } from "../kernel/call";
import type { CallSite } from "../kernel/handler";

/** Sellers without locations: an import names the same few again and again. */
const FREE_MAX = 10_000;
const FREE_MS = 1_000;

export interface Place {
  readonly sellerId: string;
  readonly location: string;
}

/** @throws LOCATION_UNKNOWN, LOCATION_CLOSED */
export type PlaceCheck = (place: Place, site: CallSite, mallWide: boolean) => Promise<void>;

export function createPlaceCheck(): PlaceCheck {
  const free = new LRUCache<string, true>({ max: FREE_MAX, ttl: FREE_MS });
  return async ({ sellerId, location: code }, { caller, meta }, mallWide) => {
    // a seller's own people are asked for anew each time, so that they see what they have just opened
    if (mallWide && free.has(sellerId)) return;
    const { status, any } = await typed<Calls>(caller, meta)("location.peek", { sellerId, code });
    if (status === "open") return;
    if (status === "closed") {
      refuse("LOCATION_CLOSED", `The location "${code}" is closed: reopen it, or name another one.`, {
        location: code,
      });
    }
    if (any) {
      refuse("LOCATION_UNKNOWN", `The seller has no location "${code}": name one that it has, or open it first.`, {
        location: code,
      });
    }
    free.set(sellerId, true);
  };
}
