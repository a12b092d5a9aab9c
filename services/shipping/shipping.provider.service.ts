/**
 * Who knows what a parcel costs. The built-in provider reads the method's own zones and tables; a further one is a line
 * in `shippingProviders`: it may ask a carrier.
 */
import type { AskShipping, ParcelAsk } from "../../models/shipping/shipping.choices.contract";
import type { ShippingContent } from "../../models/shipping/shipping.contract";
import { shippingPrice } from "../../models/shipping/shipping.rates.contract";

export type Place = Pick<AskShipping, "country" | "postalCode">;

export interface ShippingProvider {
  /** What the parcel costs to the place, in minor units of the method's currency; null where it does not go. */
  readonly price: (method: ShippingContent, place: Place, parcel: ParcelAsk) => Promise<number | null>;
}

export const TABLE = "table";

export const shippingProviders: ReadonlyMap<string, ShippingProvider> = new Map([
  [TABLE, { price: (method, place, parcel) => Promise.resolve(shippingPrice(method, place, parcel)) }],
]);

/** A method whose provider is not there takes no parcel. */
export async function priceOf(
  providers: ReadonlyMap<string, ShippingProvider>,
  method: ShippingContent,
  ask: { readonly place: Place; readonly parcel: ParcelAsk },
): Promise<number | null> {
  const provider = providers.get(method.provider ?? TABLE);
  return provider ? provider.price(method, ask.place, ask.parcel) : null;
}
