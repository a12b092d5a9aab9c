/**
 * A taste of what somebody did lately. Each product counts by the most that was done with it and by how long ago that
 * was; a liking grows with what speaks for it, and never beyond its share. Pure.
 */
import type { RecentEvent, RecentKind } from "../../models/visitor/visitor.contract";
import {
  SHARES,
  type Liking,
  type LikingKind,
  type Taste,
  type Traits,
} from "../../models/visitor/visitor.taste.contract";

/** What an action tells of a liking. */
const TELLS: Readonly<Record<RecentKind, number>> = {
  search: 0,
  impression: 0,
  view: 1,
  click: 1,
  cart: 3,
  checkout: 3,
  purchase: 3,
};

const HALF_LIFE_MS = 48 * 60 * 60 * 1_000;
/** With as much as this, a liking has half of its share. */
const HALF_SHARE = 2;
/** Fewer products than these tell nothing of a price. */
const PRICED_MIN = 3;
/** How far beyond what was looked at a price may lie. */
const PRICE_SLACK = 1.2;
const OF_A_KIND_MAX = 5;
const DIGITS = 6;

/** Products that something was done with, newest first. */
export const touched = (events: readonly RecentEvent[]): string[] => [
  ...new Set(events.flatMap(({ kind, productId }) => (productId !== undefined && TELLS[kind] > 0 ? [productId] : []))),
];

/** What speaks for each product. */
function evidence(events: readonly RecentEvent[], nowMs: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { kind, productId, at } of events) {
    if (productId === undefined) continue;
    const told = TELLS[kind] * 0.5 ** (Math.max(0, nowMs - Date.parse(at)) / HALF_LIFE_MS);
    if (told > (found.get(productId) ?? 0)) found.set(productId, told);
  }
  return found;
}

interface Group {
  readonly value: string;
  readonly told: number;
  readonly products: readonly Traits[];
}

function groupsBy(known: readonly Traits[], told: ReadonlyMap<string, number>, of: "brand" | "category"): Group[] {
  const groups = new Map<string, Group>();
  for (const product of known) {
    const value = product[of];
    const telling = told.get(product.id) ?? 0;
    if (value === null || telling === 0) continue;
    const { told: before = 0, products = [] } = groups.get(value) ?? {};
    groups.set(value, { value, told: before + telling, products: [...products, product] });
  }
  return [...groups.values()].sort((a, b) => b.told - a.told || (a.value < b.value ? -1 : 1)).slice(0, OF_A_KIND_MAX);
}

const weightOf = (kind: LikingKind, told: number): number =>
  Number(((SHARES[kind] * told) / (told + HALF_SHARE)).toFixed(DIGITS));

const likingOf = (kind: LikingKind, { value, told, products }: Group): Liking => ({
  kind,
  value,
  weight: weightOf(kind, told),
  products: products.length,
});

/** What was looked at in a category, in the currency of most of it, without the cheapest and the dearest outlier. */
function priceOf(group: Group): Liking[] {
  const priced = group.products.filter(({ amountMinor, currency }) => amountMinor !== null && currency !== null);
  const [currency = null] = priced.map((product) => product.currency);
  const amounts = priced
    .filter((product) => product.currency === currency)
    .map(({ amountMinor }) => amountMinor ?? 0)
    .sort((a, b) => a - b);
  if (currency === null || amounts.length < PRICED_MIN) return [];
  const cut = Math.floor(amounts.length / 5);
  const [low = 0] = amounts.slice(cut);
  const high = amounts.at(-1 - cut) ?? low;
  const range = { lowMinor: Math.floor(low / PRICE_SLACK), highMinor: Math.ceil(high * PRICE_SLACK), currency };
  return [{ ...likingOf("price", { ...group, products: priced }), ...range }];
}

/** @param known traits of the products that were touched, as far as they are known */
export function tasteOf(events: readonly RecentEvent[], known: readonly Traits[], nowMs: number): Taste {
  const told = evidence(events, nowMs);
  const brands = groupsBy(known, told, "brand").map((group) => likingOf("brand", group));
  const categories = groupsBy(known, told, "category");
  return {
    likings: [...brands, ...categories.map((group) => likingOf("category", group)), ...categories.flatMap(priceOf)],
  };
}
