/** Who sells a product of the demo market, for how much, from where, and how that went in the course of the year. */
import type { MakeOffer } from "../../models/offer/offer.contract";
import { idMadeBy, keyOf } from "../client/keys";
import type { Category } from "./category";
import { historyOf, type History } from "./history";
import { DAY_MS, momentBetween, momentsBetween } from "./moments";
import type { Described } from "./product";
import type { Random } from "./random";
import { sellersOf, type DemoSeller } from "./sellers";

export interface Shelf {
  readonly seed: number;
  readonly principalId: string;
  readonly sellerId: (slug: string) => string;
  readonly random: Random;
  readonly number: number;
  readonly productId: string;
  readonly category: Category;
  readonly described: Described;
  /** Of the cheapest variant, in cents. */
  readonly priceMinor: number;
  /** When the product came, and the end of the story. */
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface Sold {
  readonly offer: History;
  readonly stocks: readonly History[];
}

/** How many sell one product: one of these. */
const SELLERS = [1, 2, 2, 3, 4];
const VARIANTS_PER_SELLER = 2;
/** At how many places one seller keeps an offer: one of these. */
const PLACES = [1, 1, 2];
/** How often a price, or what is on hand, changes in the year: one of these. */
const REPRICES = [0, 1, 1, 2];
const STOCK_CHANGES = [0, 0, 0, 1, 2];

/** To 90 cents, as shops like it. */
export const shopPrice = (minor: number): number => Math.max(90, Math.round(minor / 100) * 100 - 10);

const price = (amountMinor: number) => ({ price: { amountMinor, currency: "EUR" } });

/** Prices wander, mostly down; what was lowered for a sale comes back. */
function reprice(offer: History, offerId: string, shelf: Shelf, start: { amount: number; atMs: number }): void {
  const { random, untilMs } = shelf;
  let { amount } = start;
  for (const atMs of momentsBetween(random, random.pick(REPRICES), [start.atMs + DAY_MS, untilMs])) {
    const next = shopPrice(amount * (0.88 + random.next() * 0.2));
    if (next === amount) continue;
    offer.add("offer.reprice", { id: offerId, ...price(next) }, atMs);
    amount = next;
  }
}

function comesAndGoes(offer: History, offerId: string, { random, untilMs }: Shelf, lastMs: number): void {
  if (!random.chance(0.06)) return;
  const atMs = momentBetween(random, lastMs, untilMs);
  offer.add("offer.withdraw", { id: offerId }, atMs);
  if (random.chance(0.7)) offer.add("offer.restore", { id: offerId }, momentBetween(random, atMs, untilMs));
}

/** Never takes away more than is there. */
function stockOf(shelf: Shelf, offerId: string, place: { key: string; location: string; atMs: number }): History {
  const { random, untilMs } = shelf;
  const { location } = place;
  const stock = historyOf(keyOf(...place.key.split("/"), location));
  const at = { offerId, location };
  let onHand = random.whole(1, 60);
  stock.add("stock.receive", { ...at, quantity: onHand }, place.atMs);
  for (const atMs of momentsBetween(random, random.pick(STOCK_CHANGES), [place.atMs + DAY_MS, untilMs])) {
    if (random.chance(0.45)) {
      const quantity = random.whole(5, 40);
      onHand += quantity;
      stock.add("stock.receive", { ...at, quantity }, atMs);
    } else if (random.chance(0.5)) {
      onHand = random.whole(0, onHand);
      stock.add("stock.count", { ...at, counted: onHand }, atMs);
    } else if (onHand > 0) {
      const by = -random.whole(1, Math.min(onHand, 4));
      onHand += by;
      stock.add("stock.adjust", { ...at, by, reason: random.pick(["damaged", "lost", "given away"]) }, atMs);
    }
  }
  return stock;
}

function variantPrice({ category: { choice }, priceMinor }: Shelf, variantId: string | null): number {
  const step = choice === null ? 0 : choice.values.findIndex(({ id }) => id === variantId);
  return priceMinor * (1 + Math.max(0, step) * (choice?.dearerBy ?? 0));
}

function sold(shelf: Shelf, seller: DemoSeller, variantId: string | null): Sold {
  const { random, number, untilMs } = shelf;
  const sku = [`D${1_000 + number}`, ...(variantId === null ? [] : [variantId])].join("-");
  const amount = shopPrice(variantPrice(shelf, variantId) * seller.level * (0.97 + random.next() * 0.06));
  const params: MakeOffer = {
    productId: shelf.productId,
    sellerId: shelf.sellerId(seller.slug),
    sku,
    ...price(amount),
    condition: seller.secondHand ? random.pick(["used", "refurbished"] as const) : "new",
    ...(variantId === null ? {} : { variantId }),
  };
  const key = keyOf("demo", String(shelf.seed), "offer", seller.slug, sku);
  const offerId = idMadeBy(shelf.principalId, "offer.make", key);
  const atMs = momentBetween(random, shelf.fromMs, Math.min(shelf.fromMs + 40 * DAY_MS, untilMs - 5 * DAY_MS));
  const offer = historyOf(key);
  offer.add("offer.make", params, atMs);
  reprice(offer, offerId, shelf, { amount, atMs });
  comesAndGoes(offer, offerId, shelf, Date.parse(offer.commands.at(-1)?.occurredAt ?? ""));
  const places = random.some(seller.locations, random.pick(PLACES));
  const stocks = places.map((location) => stockOf(shelf, offerId, { key, location, atMs: atMs + 3_600_000 }));
  return { offer, stocks };
}

/** Every offer of the product with its stock. */
export function offersOf(shelf: Shelf): Sold[] {
  const { random, category, described } = shelf;
  const variantIds = (described.variants ?? []).map(({ id }) => id);
  return random.some(sellersOf(category.path[0].en), random.pick(SELLERS)).flatMap((seller) => {
    const chosen = variantIds.length === 0 ? [null] : random.some(variantIds, VARIANTS_PER_SELLER);
    return chosen.map((variantId) => sold(shelf, seller, variantId));
  });
}
