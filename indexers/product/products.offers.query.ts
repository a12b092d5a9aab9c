/**
 * Which offers of a product count for a question: those that fit all that was asked of offers at once, and whose
 * seller is not suspended. Said twice, as a query for the engine, which finds, sorts and counts by it, and as a
 * function, by which the numbers shown with a hit are worked out; a test holds both equal.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { SearchProducts } from "../../models/product/product.search.contract";
import type { ShelfOffer } from "./products.parts.projection";

type Query = estypes.QueryDslQueryContainer;

export const OFFERS = "offers";

/** What an offer must be, by the param that asks for it; `hidden` is asked always. */
export type OfferConditions = ReadonlyMap<string, Query>;

const bounds = ({ priceMin, priceMax }: SearchProducts): { gte?: number; lte?: number } => ({
  ...(priceMin !== undefined && { gte: priceMin }),
  ...(priceMax !== undefined && { lte: priceMax }),
});

const field = (name: keyof ShelfOffer): string => `${OFFERS}.${name}`;

const visible = (hidden: readonly string[]): Query[] =>
  hidden.length === 0 ? [] : [{ bool: { must_not: { terms: { [field("sellerId")]: [...hidden] } } } }];

const some = (name: keyof ShelfOffer, wanted: readonly string[] = []): Query[] =>
  wanted.length === 0 ? [] : [{ terms: { [field(name)]: [...wanted] } }];

/** Of the chosen sellers those who may sell: maybe none, and then nothing fits. */
function chosen(seller: readonly string[] = [], hidden: readonly string[]): Query[] {
  if (seller.length === 0) return [];
  const suspended = new Set(hidden);
  return [{ terms: { [field("sellerId")]: seller.filter((id) => !suspended.has(id)) } }];
}

/** What is asked of offers, by the param that asks it; `hidden` for the suspended sellers. */
export function offerConditions(params: SearchProducts, hidden: readonly string[]): OfferConditions {
  const { seller, condition, currency, priceMin, priceMax, inStock } = params;
  const isBounded = priceMin !== undefined || priceMax !== undefined;
  const asked: Readonly<Record<string, readonly Query[]>> = {
    hidden: visible(hidden),
    seller: chosen(seller, hidden),
    condition: some("condition", condition),
    currency: some("currency", currency === undefined ? [] : [currency]),
    price: isBounded ? [{ range: { [field("amountMinor")]: bounds(params) } }] : [],
    inStock: inStock === true ? [{ range: { [field("quantity")]: { gt: 0 } } }] : [],
  };
  return new Map(Object.entries(asked).flatMap(([name, queries]) => queries.map((query) => [name, query] as const)));
}

/** True when something is asked of offers, so that a product without a fitting one is not found. */
export const isAsked = (conditions: OfferConditions, except: readonly string[] = []): boolean =>
  [...conditions.keys()].some((name) => name !== "hidden" && !except.includes(name));

/**
 * The conditions that must hold for one and the same offer, without those named. Who is suspended is no longer asked
 * where sellers were chosen: a thousand names cost the engine more than all the rest of a question.
 */
export function onOffer(conditions: OfferConditions, except: readonly string[] = []): Query[] {
  const left = [...conditions].filter(([name]) => !except.includes(name));
  const isChosen = left.some(([name]) => name === "seller");
  return left.filter(([name]) => name !== "hidden" || !isChosen).map(([, query]) => query);
}

/** Only those named. */
export const alsoOnOffer = (conditions: OfferConditions, names: readonly string[]): Query[] =>
  names.flatMap((name) => conditions.get(name) ?? []);

/** Products with an offer that fits. */
export const withOffer = (conditions: OfferConditions, except: readonly string[] = []): Query => ({
  nested: { path: OFFERS, query: { bool: { filter: onOffer(conditions, except) } } },
});

/** Products of which nobody who may sell has any: whatever else is asked of offers. */
export const soldOut = (hidden: readonly string[]): Query => ({
  bool: {
    must_not: {
      nested: {
        path: OFFERS,
        query: { bool: { filter: [...visible(hidden), { range: { [field("quantity")]: { gt: 0 } } }] } },
      },
    },
  },
});

/** The lowest price of a fitting offer. With a currency the amounts are compared, else see `priceKey`. */
export const byPrice = (
  { currency }: SearchProducts,
  conditions: OfferConditions,
  order: "asc" | "desc",
): estypes.SortCombinations => ({
  [field(currency === undefined ? "priceKey" : "amountMinor")]: {
    order,
    mode: "min",
    missing: "_last",
    nested: { path: OFFERS, filter: { bool: { filter: onOffer(conditions) } } },
  },
});

const among = (wanted: readonly string[] = [], value: string): boolean => wanted.length === 0 || wanted.includes(value);

type Known = Pick<ShelfOffer, "sellerId" | "condition" | "currency" | "amountMinor" | "quantity">;

/** The same for offers at hand. */
export function fitting(params: SearchProducts, hidden: readonly string[]): (offer: Known) => boolean {
  const { seller, condition, currency, priceMin = 0, priceMax = Number.POSITIVE_INFINITY, inStock = false } = params;
  const suspended = new Set(hidden);
  const currencies = currency === undefined ? [] : [currency];
  return (offer) =>
    !suspended.has(offer.sellerId) &&
    among(seller, offer.sellerId) &&
    among(condition, offer.condition) &&
    among(currencies, offer.currency) &&
    offer.amountMinor >= priceMin &&
    offer.amountMinor <= priceMax &&
    (!inStock || offer.quantity > 0);
}
