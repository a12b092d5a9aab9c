/** What a product's document needs of its sources, and what follows from them. Pure. */
import type { OfferState } from "../../models/offer/offer.aggregate";
import { priceAt, type PriceStep, type PriceWindow } from "../../models/offer/offer.prices.contract";
import type { Money } from "../../models/kernel/money";
import type { DraftProduct, ProductState, ShownProduct } from "../../models/product/product.aggregate";
import { publicWindows } from "../../models/pricelist/pricelist.prices.contract";
import type { PricelistState } from "../../models/pricelist/pricelist.aggregate";
import type { StockState } from "../../models/stock/stock.aggregate";
import type { Parts } from "../kernel/projection";

export type ProductPart = DraftProduct | ShownProduct;

export interface OfferPart {
  readonly sellerId: string;
  readonly variantId: string | null;
  readonly price: Money;
  readonly condition: string;
  /** What it cost lately, oldest first. */
  readonly steps: readonly PriceStep[];
}

export interface StockPart {
  readonly offerId: string;
  /** On hand and promised to nobody. */
  readonly available: number;
}

/** What holds for everybody, as of the last moment that the price list knows of. */
export interface PricelistPart {
  readonly offerId: string;
  readonly at: string;
  readonly windows: readonly PriceWindow[];
}

/**
 * An open offer as the document holds it, each a document of its own to the engine: filters must hold for one and the
 * same offer, and whose seller is suspended is left out when a query is answered.
 */
export interface ShelfOffer {
  readonly id: string;
  readonly sellerId: string;
  readonly variantId: string | null;
  readonly condition: string;
  readonly currency: string;
  readonly amountMinor: number;
  /** Orders amounts of different currencies: see `priceKey`. */
  readonly priceKey: number;
  readonly quantity: number;
  readonly prices: { readonly steps: readonly PriceStep[]; readonly windows: readonly PriceWindow[] };
}

export const productPart = (state: ProductState): ProductPart | null => (state.status === "absent" ? null : state);

export const offerPart = (state: OfferState): OfferPart | null =>
  state.status === "open"
    ? {
        sellerId: state.sellerId,
        variantId: state.variantId ?? null,
        price: state.price,
        condition: state.condition,
        steps: state.prices ?? [],
      }
    : null;

export const stockPart = (state: StockState): StockPart | null =>
  state.status === "absent"
    ? null
    : { offerId: state.offerId, available: Math.max(0, state.onHand - (state.reserved ?? 0)) };

export const pricelistPart = (state: PricelistState): PricelistPart | null =>
  state.status === "absent" ? null : { offerId: state.offerId, at: state.at, windows: publicWindows(state.entries) };

/** The parts of one aggregate, by id; withdrawn ones are left out. */
function partsOf(parts: Parts, aggregate: string): [id: string, part: unknown][] {
  const prefix = `${aggregate}/`;
  return Object.entries(parts).flatMap(([key, { part }]) =>
    key.startsWith(prefix) && part !== null ? [[key.slice(prefix.length), part] as [string, unknown]] : [],
  );
}

function quantities(parts: Parts): Map<string, number> {
  const byOffer = new Map<string, number>();
  for (const [, part] of partsOf(parts, "stock")) {
    const { offerId, available } = part as StockPart;
    byOffer.set(offerId, (byOffer.get(offerId) ?? 0) + available);
  }
  return byOffer;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The currencies of a product's open offers, the one that most of them have first. */
function currenciesOf(offers: readonly OfferPart[]): string[] {
  const counts = new Map<string, number>();
  for (const { price } of offers) counts.set(price.currency, (counts.get(price.currency) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b)).map(([currency]) => currency);
}

/** Above every amount (10¹²), and so low that a thousand currencies stay below 2⁵³. */
const CURRENCY_STEP = 2 ** 41;

/**
 * Amounts of different currencies cannot be compared: those in the currency that most of the product's offers have
 * come first. Who is suspended counts here, so that a suspension changes the price, never the currency.
 */
export const priceKey = (currencies: readonly string[], { amountMinor, currency }: Money): number =>
  currencies.indexOf(currency) * CURRENCY_STEP + amountMinor;

const windowsOf = (parts: Parts): Map<string, PricelistPart> =>
  new Map(partsOf(parts, "pricelist").map(([, part]) => [(part as PricelistPart).offerId, part as PricelistPart]));

/** What it costs everybody: a price list speaks as of when it last turned, so that commits alone make the document. */
function shownPrice(price: Money, list: PricelistPart | undefined): Money {
  const { at = "", windows = [] } = list ?? {};
  const own = [{ at: "", amountMinor: price.amountMinor }];
  return { ...price, amountMinor: priceAt(own, windows, at) ?? price.amountMinor };
}

/** Every open offer with what is available of it, by id, so that the same parts give the same list. */
export function shelfOf(parts: Parts): ShelfOffer[] {
  const available = quantities(parts);
  const open = partsOf(parts, "offer") as [string, OfferPart][];
  const currencies = currenciesOf(open.map(([, part]) => part));
  const lists = windowsOf(parts);
  const shelf = open.map(([id, { price, steps, ...part }]): ShelfOffer => {
    const list = lists.get(id);
    const shown = shownPrice(price, list);
    const key = priceKey(currencies, shown);
    const prices = { steps, windows: list?.windows ?? [] };
    return { id, ...part, ...shown, priceKey: key, quantity: available.get(id) ?? 0, prices };
  });
  return shelf.sort((a, b) => compareText(a.id, b.id));
}
