/** What one socket may ask: so much at once, and so much again per second. Who goes on regardless is cut off. */

export interface Bucket {
  /** False: too much, it is not done. */
  take(): boolean;
  /** True: it was refused so often in a row that the connection is closed. */
  stubborn(): boolean;
}

export const ASKS_BURST_MAX = 60;
export const ASKS_PER_SECOND_MAX = 20;
const REFUSED_MAX = 100;

export function createBucket(nowMs: () => number = Date.now): Bucket {
  let left = ASKS_BURST_MAX;
  let at = nowMs();
  let refused = 0;
  return {
    take() {
      const now = nowMs();
      left = Math.min(ASKS_BURST_MAX, left + ((now - at) * ASKS_PER_SECOND_MAX) / 1_000);
      at = now;
      if (left < 1) {
        refused += 1;
        return false;
      }
      left -= 1;
      refused = 0;
      return true;
    },
    stubborn: () => refused > REFUSED_MAX,
  };
}

/** Sockets by where they come from: one place cannot take them all. */
export interface Places {
  take(place: string): boolean;
  free(place: string): void;
}

export function createPlaces(perPlaceMax: number): Places {
  const taken = new Map<string, number>();
  return {
    take(place) {
      const count = taken.get(place) ?? 0;
      if (count >= perPlaceMax) return false;
      taken.set(place, count + 1);
      return true;
    },
    free(place) {
      const count = (taken.get(place) ?? 1) - 1;
      if (count > 0) taken.set(place, count);
      else taken.delete(place);
    },
  };
}
