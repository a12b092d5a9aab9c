/** A quote as the sellers see it: each its lines, its parcel and their sums. Put together they are the whole again. */
import { totalsOf, type Totals } from "./cart.pricing.contract";
import type { Quote, QuoteLine, QuoteParcel } from "./cart.quote.contract";

export interface SellerPart extends Totals {
  readonly sellerId: string;
  readonly lines: readonly QuoteLine[];
  /** Null where everything is digital. */
  readonly parcel: QuoteParcel | null;
}

/** In the order in which the sellers first appear. */
export function partsBySeller({ lines, parcels }: Pick<Quote, "lines" | "parcels">): SellerPart[] {
  const sellers = [...new Set(lines.map(({ sellerId }) => sellerId))];
  return sellers.map((sellerId) => {
    const own = lines.filter((line) => line.sellerId === sellerId);
    const parcel = parcels.find((one) => one.sellerId === sellerId) ?? null;
    return { sellerId, lines: own, parcel, ...totalsOf(own, parcel === null ? [] : [parcel]) };
  });
}
