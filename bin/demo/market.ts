/**
 * The demo market: invented products with competing offers, stock, and a year of small changes, as the commands that
 * make it. The same seed gives the same commands, so filling a mall twice, or going on after a kill, makes everything
 * once; each product is made of a seed of its own, so that any one can be left out.
 */
import type { CreateProduct } from "../../models/product/product.contract";
import { idMadeBy, keyOf } from "../client/keys";
import type { Category } from "./category";
import { CATEGORIES } from "./goods/goods";
import { historyOf, type Dated, type History } from "./history";
import { DAY_MS, momentBetween, momentsBetween, YEAR_MS } from "./moments";
import { offersOf } from "./offers";
import { categoryIdOf, sellerIdOf } from "./founding";
import { descriptionOf, inventProduct, type Invented } from "./product";
import { seedOf } from "../../models/kernel/mulberry";
import { seeded, type Random } from "./random";

export interface MarketOptions {
  readonly seed: number;
  readonly products: number;
  /** Who sends the commands: the ids of what is made follow from it. */
  readonly principalId: string;
  readonly channelId: string;
  /** The end of the year that it tells of, in milliseconds since 1970. */
  readonly untilMs: number;
}

export interface MarketProduct {
  /** From 1. */
  readonly number: number;
  readonly productId: string;
  /** The commands of a round concern different aggregates and may be sent together; the rounds one after the other. */
  readonly rounds: readonly (readonly Dated[])[];
}

function basePrice({ priceMinor: [min, max] }: Category, random: Random): number {
  // most things are nearer to the cheap end
  return min + (max - min) * random.next() ** 2;
}

/** Most came in the first weeks; some are news of the last months. */
function arrival(random: Random, untilMs: number): number {
  const begin = untilMs - YEAR_MS;
  const days = random.chance(0.7) ? 45 : 320;
  return momentBetween(random, begin, begin + days * DAY_MS);
}

/** Texts are mended and added to; a figure was wrong. */
function revised({ described, praise }: Invented, count: number, random: Random): object {
  const [first, ...more] = praise;
  const { attributes = {} } = described;
  const figures = Object.entries(attributes).filter(([, value]) => typeof value === "number");
  if (count > 0 && figures.length > 0) {
    const [name, value] = random.pick(figures);
    return { attributes: { ...attributes, [name]: Math.round(Number(value) * (1.02 + count / 50) * 10) / 10 } };
  }
  return { description: { ...descriptionOf(first ?? { en: "", de: "" }, more) } };
}

function lifeOf(life: History, id: string, invented: Invented, story: { random: Random; untilMs: number }): void {
  const { random, untilMs } = story;
  const fromMs = Date.parse(life.commands[0]?.occurredAt ?? "") + DAY_MS;
  const revisions = momentsBetween(random, random.pick([0, 0, 1, 1, 2]), [fromMs, untilMs]);
  revisions.forEach((atMs, i) => life.add("product.revise", { id, ...revised(invented, i, random) }, atMs));
  if (!random.chance(0.08)) return;
  const gone = momentBetween(random, revisions.at(-1) ?? fromMs, untilMs);
  life.add("product.withdraw", { id }, gone);
  if (random.chance(0.75)) life.add("product.restore", { id }, momentBetween(random, gone, untilMs));
}

/** What begins first; then the first change of everything, the second one of everything … */
function roundsOf(product: History, offers: readonly History[], stocks: readonly History[]): Dated[][] {
  const all = [product, ...offers, ...stocks];
  const longest = Math.max(...all.map(({ commands }) => commands.length));
  const changes = Array.from({ length: longest - 1 }, (_, i) => all.flatMap(({ commands }) => commands[i + 1] ?? []));
  const firsts = [[product], offers, stocks].map((some) => some.flatMap(({ commands }) => commands[0] ?? []));
  return [...firsts, ...changes].filter((round) => round.length > 0);
}

/** @param number from 0 */
export function marketProduct(options: MarketOptions, number: number): MarketProduct {
  const { seed, principalId, untilMs } = options;
  const random = seeded(seedOf(seed, number));
  const category = CATEGORIES[number % CATEGORIES.length] as Category;
  const invented = inventProduct(category, number, random);
  const { described, hue } = invented;
  const key = keyOf("demo", String(seed), "product", String(number));
  const productId = idMadeBy(principalId, "product.create", key);
  const fromMs = arrival(random, untilMs);
  const params: CreateProduct = {
    ...described,
    categoryId: categoryIdOf(options, category.path),
    media: [{ kind: "image", url: `/pictures/${category.motif}-${hue}-${number}.svg`, alt: described.title }],
    channels: [options.channelId],
    publish: true,
  };
  const product = historyOf(key);
  product.add("product.create", params, fromMs);
  lifeOf(product, productId, invented, { random, untilMs });
  const priceMinor = basePrice(category, random);
  const sold = offersOf({
    ...options,
    sellerId: (slug) => sellerIdOf(options, slug),
    random,
    number,
    productId,
    category,
    described,
    priceMinor,
    fromMs,
  });
  const rounds = roundsOf(
    product,
    sold.map(({ offer }) => offer),
    sold.flatMap(({ stocks }) => stocks),
  );
  return { number: number + 1, productId, rounds };
}

export function* marketOf(options: MarketOptions): Generator<MarketProduct, void, undefined> {
  for (let number = 0; number < options.products; number++) yield marketProduct(options, number);
}
