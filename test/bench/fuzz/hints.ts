/**
 * What a schema cannot say, by the name of a param or of a route: the only place where the generator knows words of
 * the mall. A route that is not named here is still asked, from its schema alone.
 */
import { ibanOf } from "../../../bin/demo/founding";
import type { Random } from "../../../bin/demo/random";
import { HAS_NETWORKS } from "./transport";

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
export const KEEPER = "fuzz-keeper";
const kept = { sellerId: () => KEEPER };

/** Models that decide nothing in a fuzz: versions of them are planted. */
export const PLANTED_MODELS = ["sentiment", "moderation"] as const;
const TRAINED = ["fraud", "recommendation"];

/** Holds what is worth more than any other story buys; what the fuzz draws must not stop every payment of the mall. */
export const POLICY = {
  thresholds: { challenge: 0.97, review: 0.98, block: 0.99 },
  rules: [{ name: "large", feature: "TX_AMOUNT", atLeast: 5_000, outcome: "review" }],
  releaseAloneMaxMinor: 100_000_000,
} as const;
const policy = { thresholds: () => POLICY.thresholds, rules: () => POLICY.rules };

/** A word that nobody else has: a code, a slug, the name of a mailbox. */
export const word = (random: Random): string => `f${random.whole(0, 2 ** 31).toString(36)}${random.whole(0, 999)}`;

/** One of sixteen million addresses of this machine, or none where it has but one. */
export const seededNetwork = (random: Random): string | undefined => {
  const [a, b, c] = [random.whole(1, 254), random.whole(0, 255), random.whole(1, 254)];
  return HAS_NETWORKS ? `127.${a}.${b}.${c}` : undefined;
};

const SCOPES = ["product.write", "offer.write", "stock.write", "history.read", "seller.read"];
/** Of a seller that nobody is: whoever gets one sees nothing more than before. */
const ROLES = ["seller-owner", "seller-staff", "shopper"];
const LOCATIONS = ["main", "berlin"];
/** Kinds of things whose history can be looked at, once there is one. */
const LOOKED = ["product", "offer", "channel", "stock", "seller"];

export const byName: Readonly<Record<string, Hint>> = {
  code: word,
  visitorId: (random) => `visitor-${word(random)}`.padEnd(24, "0"),
  event_id: (random) => `event-${word(random)}-${word(random)}`,
  session_id: (random) => `session-${word(random)}`,
  sku: word,
  slug: word,
  lang: (random) => random.pick(["en", "de"]),
  currency: () => "EUR",
  country: () => "DE",
  location: (random) => random.pick(LOCATIONS),
  sellerId: (random) => random.pick(SELLERS),
  email: (random) => `${word(random)}@example.org`,
  url: () => "https://example.org/picture.jpg",
  ean: () => "4006381333931",
  iban: (random) => ibanOf(String(random.whole(1, 2 ** 31)).padStart(18, "0")),
  password: (random) => `a long walk to the mall ${word(random)}`,
  phone: () => "+49 30 1234567",
  scopes: (random) => random.some(SCOPES, random.whole(1, 3)),
  permissions: (random) => random.some(SCOPES, random.whole(1, 3)),
  party: word,
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
  "after",
  "cursor",
  "variantId",
  "variants",
  "categoryId",
  "version",
  "from",
  "to",
  "products",
  "rule",
  "section",
  "on",
];

/** Of some routes a param means something of its own. */
export const byRoute: Readonly<Record<string, Readonly<Record<string, Hint>>>> = {
  "history.restore": { version: () => 1 },
  // filled by hand and by a rule: one of the two; a product can only be put into the first
  "collection.create": {
    publish: () => true,
    channels: () => [],
    products: (random, pools) => [idOf("product", random, pools)].filter((id) => id !== undefined),
  },
  "analytics.panel": {
    ...{ panel: (random) => random.pick(["gmv", "commits-days"]), field: () => undefined, value: () => undefined },
  },
  "buybox.set": { channel: () => undefined },
  "buybox.preview": { channel: () => undefined },
  "history.asOf": { at: () => undefined },
  // what a rule may say of several kinds, and when it would hold, is more than a schema tells
  "merchandising.create": {
    ...{ channel: () => undefined, section: () => undefined, from: () => undefined, until: () => undefined },
    rule: (random) => ({ kind: "redirect", queries: [word(random)], to: "/sale" }),
  },
  "merchandising.revise": { from: () => undefined, until: () => undefined },
  // arms whose shares come to no more than everybody; a list in turns would want two, and clicks
  "experiment.create": {
    ...{ channel: () => undefined, section: () => undefined, design: () => "split" },
    arms: (random) => [1, 2].map(() => ({ name: word(random), share: 0.5, ranking: {} })),
  },
  "experiment.revise": { arms: () => undefined },
  "experiment.schedule": { from: () => undefined, until: () => "2099-01-01T00:00:00.000Z" },
  "experiment.stop": { winner: () => undefined },
  "section.open": { channel: () => undefined, view: () => ({ inStock: true }) },
  // lessons of that hash would have to be there
  "model.retrain": { id: (random) => random.pick(TRAINED), lessons: () => undefined },
  "fraudpolicy.set": { ...policy, releaseAloneMaxMinor: () => POLICY.releaseAloneMaxMinor },
  "fraudpolicy.simulate": policy,
  "section.revise": { view: () => ({ q: "lamp" }) },
  "location.open": kept,
  "location.revise": kept,
  "location.close": kept,
  "location.reopen": kept,
  "location.get": kept,
  "location.list": kept,
  "stock.adjust": { by: (random) => random.whole(1, 100) },
  "account.grant": { role: (random) => random.pick(ROLES) },
  "account.revoke": { role: (random) => random.pick(ROLES) },
  "membership.invite": { role: () => "seller-staff" },
  "category.define": { name: word, type: (random) => random.pick(["number", "boolean"]), values: () => undefined },
  "category.create": { attributes: () => undefined },
  "role.define": { id: word },
  "role.get": { id: (random) => random.pick(["shopper", "seller-owner", "service"]) },
  // a seller without room could upload nothing any more
  "quota.set": { id: word, filesMax: () => null, bytesMax: () => null },
  "quota.get": { id: word },
  "stock.receive": { quantity: (random) => random.whole(1, 1_000) },
};

/** Kinds for the pair of params `aggregate` and `id`. */
export const lookedKind = (random: Random, pools: Pools): string =>
  random.pick(LOOKED.filter((kind) => pools.has(kind)).concat("product"));
