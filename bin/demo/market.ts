/**
 * The demo market: a few hundred invented products with competing offers and stock, as the commands that make it. The
 * same seed gives the same commands, so filling a mall twice, or going on after a kill, makes everything once.
 */
import type { MakeOffer } from "../../models/offer/offer.contract";
import type { CreateProduct } from "../../models/product/product.contract";
import type { ReceiveStock } from "../../models/stock/stock.contract";
import { idMadeBy, keyOf } from "../client/keys";
import type { Command } from "../client/mall";
import { CATEGORIES, type Category } from "./categories";
import { describeProduct, type Described } from "./product";
import { seeded, type Random } from "./random";
import { LOCATIONS, SECOND_HAND_SELLER, SELLERS } from "./words";

export interface MarketOptions {
  readonly seed: number;
  readonly products: number;
  /** Who sends the commands: the ids of what is made follow from it. */
  readonly principalId: string;
  readonly channelId: string;
}

/** The commands of one product, to be sent one after the other; different products in any order. */
export interface MarketProduct {
  readonly productId: string;
  readonly commands: readonly Command[];
}

const OFFERS_MAX = 5;
const VARIANTS_PER_SELLER = 2;

/** To 90 cents, as shops like it. */
export const shopPrice = (minor: number): number => Math.max(90, Math.round(minor / 100) * 100 - 10);

function basePrice({ priceMinor: [min, max] }: Category, random: Random): number {
  // most things are nearer to the cheap end
  return min + (max - min) * random.next() ** 2;
}

interface Place {
  readonly options: MarketOptions;
  readonly random: Random;
  readonly number: number;
  readonly productId: string;
}

function stockOf(offerId: string, offerKey: string, random: Random): Command[] {
  return random.some(LOCATIONS, random.whole(1, LOCATIONS.length)).map((location) => {
    const params: ReceiveStock = { offerId, location, quantity: random.whole(1, 60) };
    return { action: "stock.receive", params, idempotencyKey: keyOf(...offerKey.split("/"), location) };
  });
}

function offerOf(place: Place, seller: string, variantId: string | null, priceMinor: number): Command[] {
  const { options, random, number, productId } = place;
  const used = seller === SECOND_HAND_SELLER;
  const sku = [`D${1_000 + number}`, ...(variantId === null ? [] : [variantId])].join("-");
  const params: MakeOffer = {
    productId,
    sellerId: seller,
    sku,
    price: {
      amountMinor: shopPrice(priceMinor * (used ? 0.55 + random.next() * 0.2 : 0.92 + random.next() * 0.2)),
      currency: "EUR",
    },
    condition: used ? random.pick(["used", "refurbished"] as const) : "new",
    ...(variantId === null ? {} : { variantId }),
  };
  const idempotencyKey = keyOf("demo", String(options.seed), "offer", seller, sku);
  const offerId = idMadeBy(options.principalId, "offer.make", idempotencyKey);
  return [{ action: "offer.make", params, idempotencyKey }, ...stockOf(offerId, idempotencyKey, random)];
}

function offersOf(place: Place, described: Described, priceMinor: number): Command[] {
  const { random } = place;
  const variantIds = (described.variants ?? []).map(({ id }) => id);
  return random.some(SELLERS, random.whole(1, OFFERS_MAX)).flatMap((seller) => {
    const sold = variantIds.length === 0 ? [null] : random.some(variantIds, VARIANTS_PER_SELLER);
    return sold.flatMap((variantId) => offerOf(place, seller, variantId, priceMinor));
  });
}

export function* marketOf(options: MarketOptions): Generator<MarketProduct, void, undefined> {
  const random = seeded(options.seed);
  for (let number = 0; number < options.products; number++) {
    const category = CATEGORIES[number % CATEGORIES.length] as Category;
    const described = describeProduct(category, number, random);
    const idempotencyKey = keyOf("demo", String(options.seed), "product", String(number));
    const productId = idMadeBy(options.principalId, "product.create", idempotencyKey);
    const params: CreateProduct = {
      ...described,
      media: [{ kind: "image", url: `/pictures/${productId}.svg` }],
      channels: [options.channelId],
      publish: true,
    };
    const place = { options, random, number, productId };
    const offers = offersOf(place, described, basePrice(category, random));
    yield { productId, commands: [{ action: "product.create", params, idempotencyKey }, ...offers] };
  }
}
