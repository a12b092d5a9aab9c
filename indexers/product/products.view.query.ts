/** One product as `product.get` answers it, and what a hit of `product.search` tells of its offers. */
import { BUY_BOX_WEIGHTS, type BuyBoxWeights } from "../../models/buybox/buybox.contract";
import type { Money } from "../../models/kernel/money";
import { reductionAt } from "../../models/offer/offer.prices.contract";
import type { OfferSummary } from "../../models/product/product.offers.contract";
import {
  NO_RATING,
  type ProductHit,
  type ProductRating,
  type ProductView,
} from "../../models/product/product.search.contract";
import type { Parts } from "../kernel/projection";
import { buyBox, ranked } from "./products.buy-box.query";
import type { ProductPart, ShelfOffer } from "./products.parts.projection";
import type { SellerDirectory } from "../seller/sellers.directory.query";

/** The best ones are told; the others are counted. */
export const OFFERS_MAX = 50;

export interface StoredProduct {
  readonly id: string;
  readonly offers: readonly ShelfOffer[];
  readonly sources: Parts;
  readonly rating?: ProductRating;
}

type Shown = Omit<ShelfOffer, "prices">;

/** The lowest price, in the product's first currency as long as anybody offers in it. */
export function lowestPrice(offers: readonly Shown[]): Money | null {
  const [first, ...rest] = offers;
  if (!first) return null;
  const lowest = rest.reduce((low, offer) => (offer.priceKey < low.priceKey ? offer : low), first);
  return { amountMinor: lowest.amountMinor, currency: lowest.currency };
}

/** What is told of a product's offers, of those that count. */
type Told = Pick<ProductHit, "price" | "buyBox" | "offerCount" | "quantity">;

export const told = (offers: readonly Shown[], weights: BuyBoxWeights = BUY_BOX_WEIGHTS): Told => ({
  price: lowestPrice(offers),
  buyBox: buyBox(offers, weights),
  offerCount: offers.length,
  quantity: offers.reduce((sum, { quantity }) => sum + quantity, 0),
});

function summary(offer: ShelfOffer, sellers: SellerDirectory, now: string): OfferSummary {
  const { id, sellerId, variantId, condition, quantity, amountMinor, currency, prices } = offer;
  return {
    id,
    sellerId,
    sellerName: sellers.name(sellerId),
    variantId,
    price: { amountMinor, currency },
    condition,
    quantity,
    reduction: reductionAt(prices.steps, prices.windows, now),
  };
}

/** What a product may leave unsaid. */
const EMPTY = {
  description: {},
  brand: null,
  categoryId: null,
  categoryPath: [],
  attributes: {},
  options: [],
  variants: [],
  media: [],
} as const;

type Nullable = Pick<ProductView, "brand" | "categoryId">;
type Content = Pick<ProductView, Exclude<keyof typeof EMPTY, "brand" | "categoryId">> & Nullable;

const contentOf = (part: ProductPart): Partial<Content> =>
  Object.fromEntries(Object.entries(part).filter(([field]) => field in EMPTY));

/** What holds at the moment of the question. */
export interface Moment {
  readonly sellers: SellerDirectory;
  readonly weights?: BuyBoxWeights;
  readonly now: string;
}

export function viewOf(stored: StoredProduct, { sellers, weights, now }: Moment): ProductView | null {
  const { id, sources, rating = NO_RATING } = stored;
  const own = sources[`product/${id}`];
  const part = own?.part as ProductPart | null | undefined;
  if (!own || !part) return null;
  const { status, title, channels, sellerId = null } = part;
  const said = { ...structuredClone(EMPTY), ...contentOf(part) } as Content;
  const seen = stored.offers.filter(({ sellerId }) => !sellers.isHidden(sellerId));
  const offers = ranked(seen, weights)
    .slice(0, OFFERS_MAX)
    .map((offer) => summary(offer, sellers, now));
  return {
    ...{ id, version: own.version, status, sellerId, title, ...said, channels: [...channels] },
    ...told(seen, weights),
    offers,
    rating: { average: rating.average, count: rating.count },
  };
}
