/** What a way of shipping costs by its own tables. Pure. */
import type { AskShipping, ParcelAsk } from "./shipping.choices.contract";
import type { ShippingContent, ShippingZone } from "./shipping.contract";

type Place = Pick<AskShipping, "country" | "postalCode">;

const normal = (postalCode: string): string => postalCode.toUpperCase().replace(/[^A-Z0-9]/g, "");

const covers = ({ countries, postalPrefixes }: ShippingZone, { country, postalCode }: Place): boolean =>
  countries.includes(country) &&
  (postalPrefixes === undefined || postalPrefixes.some((prefix) => normal(postalCode).startsWith(prefix)));

/** Null where it does not go, or not with such a parcel. */
export function shippingPrice(method: ShippingContent, place: Place, parcel: ParcelAsk): number | null {
  const zone = method.zones.find((candidate) => covers(candidate, place));
  const step = zone?.steps.find(
    ({ weightMaxGrams, subtotalMaxMinor }) =>
      parcel.weightGrams <= (weightMaxGrams ?? Number.MAX_SAFE_INTEGER) &&
      parcel.subtotalMinor <= (subtotalMaxMinor ?? Number.MAX_SAFE_INTEGER),
  );
  return step?.priceMinor ?? null;
}
