/**
 * What a schema cannot say, by the name of a param or of a route: the only place where the generator knows words of
 * the mall. A route that is not named here is still asked, from its schema alone.
 */
import type { Random } from "../../../bin/demo/random";

/** Ids of what has been made so far, by kind. */
export type Pools = ReadonlyMap<string, readonly string[]>;

export type Hint = (random: Random, pools: Pools) => unknown;

const NEWEST = 6;
const OLDEST = 2;

/**
 * Mostly one of the newest, which are still in the state in which most can be done with them; now and then one of the
 * oldest, for those are the ones with a marker.
 */
export function idOf(kind: string, random: Random, pools: Pools): string | undefined {
  const known = pools.get(kind) ?? [];
  if (known.length === 0) return undefined;
  if (random.chance(0.1)) return random.pick(known.slice(0, OLDEST));
  return random.pick(random.chance(0.8) ? known.slice(-NEWEST) : known);
}

/** Sellers of the fuzz: each has a principal of its own and a marker in what is private to it. */
export const SELLERS = ["fuzz-seller-one", "fuzz-seller-two"] as const;

/** Has locations, and no offers: those of the others could lie only at its open ones. */
const KEEPER = "fuzz-keeper";
/** Few enough that most of them are soon open, many enough to open one often. */
const KEPT_MAX = 120;
const kept = { sellerId: () => KEEPER, code: (random: Random) => `k${random.whole(1, KEPT_MAX)}` } as const;

const code = (random: Random): string => `f${random.whole(0, 2 ** 31).toString(36)}`;
const LOCATIONS = ["main", "berlin"];
/** Kinds of things whose history can be looked at, once there is one. */
const LOOKED = ["product", "offer", "channel", "stock", "seller"];

export const byName: Readonly<Record<string, Hint>> = {
  code,
  sku: code,
  slug: code,
  lang: (random) => random.pick(["en", "de"]),
  currency: () => "EUR",
  country: () => "DE",
  location: (random) => random.pick(LOCATIONS),
  sellerId: (random) => random.pick(SELLERS),
  email: (random) => `${code(random)}@example.org`,
  url: () => "https://example.org/picture.jpg",
  ean: () => "4006381333931",
  iban: () => "DE89 3704 0044 0532 0130 00",
  at: () => new Date(Date.now() - 6_000).toISOString(),
  publishAt: () => new Date(Date.now() + 86_400_000).toISOString(),
  channels: (random, pools) => (random.chance(0.5) ? [] : [idOf("channel", random, pools) ?? "none"]),
  ids: (random, pools) =>
    LOOKED.slice(0, 3)
      .map((kind) => `${kind}/${idOf(kind, random, pools) ?? "none"}`)
      .slice(0, random.whole(1, 3))
      .join(","),
};

/** Params that are best left out: they ask for something that only an answer can give, or exclude another one. */
export const LEFT_OUT: readonly string[] = [
  "cursor",
  "variantId",
  "variants",
  "categoryId",
  "version",
  "from",
  "to",
  "products",
  "rule",
];

/** Of some routes a param means something of its own. */
export const byRoute: Readonly<Record<string, Readonly<Record<string, Hint>>>> = {
  // filled by hand and by a rule: one of the two; a product can only be put into the first
  "collection.create": {
    publish: () => true,
    channels: () => [],
    products: (random, pools) => [idOf("product", random, pools)].filter((id) => id !== undefined),
  },
  "history.restore": { version: () => 1 },
  "history.asOf": { version: () => 1, at: () => undefined },
  "location.open": kept,
  "location.revise": kept,
  "location.close": kept,
  "location.reopen": kept,
  "location.get": kept,
  "location.list": kept,
  "stock.adjust": { by: (random) => random.whole(1, 100) },
  "stock.receive": { quantity: (random) => random.whole(1, 1_000) },
};

/** What has to be done to the same thing first. */
export const before: Readonly<Record<string, readonly string[]>> = {
  "product.publish": ["product.create"],
  "product.schedule": ["product.create"],
  "product.withdraw": ["product.create", "product.publish"],
  "product.restore": ["product.create", "product.publish", "product.withdraw"],
  "category.get": ["category.create"],
  "category.revise": ["category.create"],
  "category.retire": ["category.create"],
  "category.reinstate": ["category.create", "category.retire"],
  "collection.revise": ["collection.create"],
  "collection.include": ["collection.create"],
  "collection.exclude": ["collection.create"],
  "collection.publish": ["collection.create", "collection.unpublish"],
  "collection.unpublish": ["collection.create"],
  "collection.get": ["collection.create"],
  "offer.withdraw": ["offer.make"],
  "offer.restore": ["offer.make", "offer.withdraw"],
  "stock.get": ["stock.receive"],
  "location.revise": ["location.open"],
  "location.close": ["location.open"],
  "location.reopen": ["location.open", "location.close"],
  "location.get": ["location.open"],
  "seller.withdraw": ["seller.apply"],
};

/** Kinds for the pair of params `aggregate` and `id`. */
export const lookedKind = (random: Random, pools: Pools): string =>
  random.pick(LOOKED.filter((kind) => pools.has(kind)).concat("product"));
