/** A seller's offers with what is on hand of them, as the seller lists them. */
import type { MadeOffer, OfferState } from "../../models/offer/offer.aggregate";
import type { ListedOffer, StockAt } from "../../models/offer/offer.list.contract";
import type { StockState } from "../../models/stock/stock.aggregate";
import { kept, keyword, long, shown } from "../kernel/fields";
import type { JoinedProjection, Json, Parts } from "../kernel/projection";

/** Locations at which one offer may lie, and the offer itself. */
const PARTS_MAX = 1_001;
const LOCATIONS_MAX = 100;

/** What is listed, but for the version, which its source tells. */
export interface StoredOffer extends Omit<ListedOffer, "version" | "title"> {
  readonly sellerId: string;
  readonly sources: Parts;
}

type OfferPart = Omit<MadeOffer, "prices" | "delivery" | "weightGrams">;

function offerPart(state: OfferState): OfferPart | null {
  if (state.status === "absent") return null;
  const { prices: _prices, delivery: _delivery, weightGrams: _weight, ...part } = state;
  return part;
}

const byFullness = (a: StockAt, b: StockAt): number => b.onHand - a.onHand || (a.location < b.location ? -1 : 1);

function stocksIn(parts: Parts): StockAt[] {
  const stocks = Object.entries(parts).filter(([key, { part }]) => key.startsWith("stock/") && part !== null);
  return stocks.map(([, { part }]) => part as unknown as StockAt).sort(byFullness);
}

function compose(id: string, parts: Parts): Json {
  const part = parts[`offer/${id}`]?.part as OfferPart | null | undefined;
  const stocks = stocksIn(parts);
  return {
    id,
    // stock may be heard of before its offer
    ...(part ? { ...part, variantId: part.variantId ?? null } : { status: "absent" }),
    onHand: stocks.reduce((sum, { onHand }) => sum + onHand, 0),
    stock: stocks.slice(0, LOCATIONS_MAX),
  };
}

export const offers: JoinedProjection = {
  kind: "joined",
  name: "offers",
  revision: 1,
  partsMax: PARTS_MAX,
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: keyword,
      sellerId: keyword,
      productId: keyword,
      sku: keyword,
      status: keyword,
      price: kept,
      condition: keyword,
      variantId: shown,
      onHand: long,
      stock: { type: "nested", properties: { location: keyword, onHand: long } },
      sources: kept,
    },
  },
  sources: {
    offer: {
      target: ({ aggregateId, state }) => ((state as OfferState).status === "absent" ? null : aggregateId),
      part: ({ state }) => offerPart(state as OfferState),
    },
    stock: {
      target: ({ state }) => {
        const stock = state as StockState;
        return stock.status === "absent" ? null : stock.offerId;
      },
      part: ({ state }) => {
        const { location, onHand } = state as Extract<StockState, { status: "kept" }>;
        return { location, onHand };
      },
    },
  },
  compose,
};
