/** Which locations give what: pure, as of what was available a moment ago. The reservation itself decides. */
import type { QuoteLine } from "../cart/cart.quote.contract";
import { derivedId } from "../kernel/ids";
import type { Failure } from "../kernel/saga";
import type { StockPlaces } from "../stock/stock.hold.contract";

export interface Allocation {
  readonly offerId: string;
  readonly location: string;
  readonly quantity: number;
  readonly holdId: string;
}

/** What of an offer cannot be had. */
export interface Shortage {
  readonly offerId: string;
  readonly wanted: number;
  readonly available: number;
}

export interface Allocated {
  readonly allocations: readonly Allocation[];
  readonly shortages: readonly Shortage[];
}

/** What the customer is told of what cannot be had. */
export function short(shortages: readonly Shortage[]): Failure {
  const [first] = shortages;
  const detail = `Of ${first?.wanted ?? 0} asked for, ${first?.available ?? 0} can be had: take fewer.`;
  return { type: "STOCK_SHORT", detail, data: { ...first, shortages: shortages.slice(0, 20) } };
}

type Part = Pick<Allocation, "location" | "quantity">;

/** What a line asks of a shelf. */
type WantedLine = Pick<QuoteLine, "lineId" | "offerId" | "quantity" | "delivery">;

/** What is sent as a file lies nowhere. */
export const stocked = <L extends WantedLine>(lines: readonly L[]): L[] =>
  lines.filter(({ delivery }) => delivery === "parcel");

/** Units per offer: several lines may ask for the same one. */
export function wantedOf(lines: readonly WantedLine[]): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  for (const { offerId, quantity } of stocked(lines)) wanted.set(offerId, (wanted.get(offerId) ?? 0) + quantity);
  return wanted;
}

/** From one location if one has all of it, else from as few as can be; the first of equals, as they are listed. */
function partsFor(wanted: number, { places }: StockPlaces): Part[] {
  const whole = places.find(({ available }) => available >= wanted);
  if (whole) return [{ location: whole.location, quantity: wanted }];
  const parts: Part[] = [];
  let left = wanted;
  for (const { location, available } of [...places].sort((a, b) => b.available - a.available)) {
    const quantity = Math.min(left, available);
    if (quantity > 0) parts.push({ location, quantity });
    left -= quantity;
  }
  return parts;
}

/** `at` tells the holds of one attempt from those of another. */
export function allocate(
  wanted: ReadonlyMap<string, number>,
  places: readonly StockPlaces[],
  at: { readonly id: string; readonly round: number },
): Allocated {
  const byOffer = new Map(places.map((found) => [found.offerId, found]));
  const allocations: Allocation[] = [];
  const shortages: Shortage[] = [];
  for (const [offerId, quantity] of wanted) {
    const found = byOffer.get(offerId) ?? { offerId, places: [] };
    const available = found.places.reduce((sum, place) => sum + place.available, 0);
    if (available < quantity) shortages.push({ offerId, wanted: quantity, available });
    for (const part of partsFor(quantity, found)) {
      const holdId = derivedId("hold", at.id, String(at.round), offerId, part.location);
      allocations.push({ offerId, ...part, holdId });
    }
  }
  return { allocations, shortages };
}

export interface LineReservation extends Allocation {
  readonly lineId: string;
}

/** Hands the holds of an offer out to the lines that asked for it; a hold may serve several lines, and be split. */
export function reservationsOf(lines: readonly WantedLine[], allocations: readonly Allocation[]): LineReservation[] {
  const left = allocations.map((allocation) => ({ ...allocation }));
  return stocked(lines).flatMap(({ lineId, offerId, quantity }) => {
    let missing = quantity;
    return left.flatMap((hold) => {
      const taken = hold.offerId === offerId ? Math.min(missing, hold.quantity) : 0;
      if (taken === 0) return [];
      missing -= taken;
      hold.quantity -= taken;
      const { location, holdId } = hold;
      return [{ lineId, offerId, location, quantity: taken, holdId }];
    });
  });
}
