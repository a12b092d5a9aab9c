/**
 * What can be told outside. An event goes out with those of its fields that the action `view` answers to the same
 * party, so that a webhook tells nothing that could not be read. Times and words of the mall's inside are not told.
 */

export interface ToldKind {
  /** The answer of this action says which fields are told. */
  readonly view: string;
  /** Names, in the state, the seller whose it is (`id`: it is the seller); left out: the mall alone is told. */
  readonly seller?: "sellerId" | "id";
  /** The answer that says it for a seller, where that is another. */
  readonly sellerView?: string;
  /** Without the name of the aggregate. */
  readonly events: readonly string[];
}

const ORDER = [
  ...["placed", "captured", "shipped", "delivered", "cancelled", "reduced", "redirected", "raised", "raise-ended"],
  ...["extended", "refunded", "return-admitted", "return-settled", "finished"],
];
const STOCK = [
  ...["opened", "received", "adjusted", "counted", "limited", "reserved", "annulled", "released", "shipped", "sent"],
  ...["expected", "arrived", "settled"],
];
const RETURN = [
  ...["requested", "admitted", "not-admitted", "approved", "rejected", "withdrawn", "inspected", "settled"],
];
const SELLER = [
  ...["applied", "submitted", "returned", "approved", "established", "suspended", "reinstated", "closed", "revised"],
  "reverted",
];

/** By aggregate. */
export const toldKinds: Readonly<Record<string, ToldKind>> = {
  account: {
    view: "account.get",
    events: ["opened", "verified", "revised", "linked", "granted", "revoked", "forgotten"],
  },
  approval: {
    view: "approval.get",
    events: ["requested", "approved", "rejected", "withdrawn", "expired", "carried-out"],
  },
  assessment: { view: "assessment.get", events: ["opened", "decided"] },
  asset: {
    view: "asset.get",
    seller: "sellerId",
    events: ["uploaded", "replaced", "described", "reverted", "retired"],
  },
  cart: { view: "cart.get", events: ["begun", "completed", "expired"] },
  category: {
    view: "category.get",
    events: ["created", "revised", "reverted", "defined", "undefined", "moved", "retired", "reinstated"],
  },
  channel: { view: "channel.get", events: ["opened", "revised", "reverted", "closed", "reopened"] },
  collection: {
    view: "collection.get",
    events: ["created", "revised", "reverted", "included", "excluded", "published", "unpublished"],
  },
  commission: { view: "commission.get", events: ["set", "ended"] },
  coupon: { view: "coupon.get", seller: "sellerId", events: ["issued", "revoked"] },
  customer: { view: "customer.get", events: ["assigned"] },
  entitlement: { view: "entitlement.get", events: ["granted", "taken", "revoked"] },
  errand: { view: "errand.get", events: ["opened", "closed"] },
  invoice: { view: "invoice.get", seller: "sellerId", sellerView: "invoice.sold", events: ["issued"] },
  job: { view: "job.get", events: ["requested", "finished", "failed", "cancelled"] },
  location: {
    view: "location.get",
    seller: "sellerId",
    events: ["opened", "revised", "reverted", "closed", "reopened"],
  },
  membership: {
    view: "membership.get",
    seller: "sellerId",
    events: ["offered", "founded", "accepted", "confirmed", "removed", "released", "expired"],
  },
  message: { view: "message.get", events: ["queued", "sent", "failed"] },
  model: { view: "model.get", events: ["registered", "promoted", "rolledBack"] },
  offer: {
    view: "offer.get",
    seller: "sellerId",
    events: ["made", "repriced", "revised", "reverted", "withdrawn", "restored"],
  },
  order: { view: "order.get", seller: "sellerId", sellerView: "order.sold", events: ORDER },
  ordergroup: { view: "ordergroup.get", events: ["included"] },
  payment: { view: "payment.get", events: ["opened", "barred", "requested", "answered"] },
  payout: { view: "payout.get", seller: "sellerId", events: ["opened", "paid", "failed"] },
  pricelist: { view: "pricelist.get", seller: "sellerId", events: ["opened", "set", "ended", "turned"] },
  product: {
    view: "product.get",
    seller: "sellerId",
    events: [
      ...["created", "revised", "reverted", "scheduled", "published", "withdrawn", "restored", "listed", "unlisted"],
    ],
  },
  promotion: {
    view: "promotion.get",
    seller: "sellerId",
    events: ["created", "revised", "reverted", "started", "stopped"],
  },
  return: { view: "return.get", seller: "sellerId", sellerView: "return.sold", events: RETURN },
  review: {
    view: "review.get",
    events: ["written", "revised", "withdrawn", "appealed", "answered", "reported", "decided"],
  },
  seller: { view: "seller.get", seller: "id", events: SELLER },
  shipping: {
    view: "shipping.get",
    seller: "sellerId",
    events: ["created", "revised", "reverted", "reinstated", "retired"],
  },
  stock: { view: "stock.get", seller: "sellerId", events: STOCK },
  tax: { view: "tax.get", events: ["set"] },
};

/** Of these nothing is told, and why. */
export const UNTOLD: Readonly<Record<string, readonly string[]>> = {
  "secrets of people": ["credential", "challenge", "session", "apikey"],
  "inside: what it leads to is told": ["checkout", "supplement", "ordernumber", "redemption", "quota", "goods", "desk"],
  "money by money: orders and payouts are told": ["ledger"],
  "how the mall is set up": ["buybox", "experiment", "fraudpolicy", "merchandising", "role", "section"],
  "what one person wishes, and is told of it": ["wishlist", "alert"],
  "it would tell of itself": ["webhook"],
};

/** Sent when somebody asks for one, to try an endpoint; never chosen. */
export const TEST_EVENT = "webhook.test";

const typesOf = (kinds: readonly (readonly [string, ToldKind])[]): readonly string[] =>
  kinds.flatMap(([aggregate, { events }]) => events.map((event) => `${aggregate}.${event}`));

const all = Object.entries(toldKinds);

/** `order.placed`, in the order of their names. */
export const EVENT_TYPES: readonly string[] = typesOf(all);
/** Those that a seller may choose. */
export const SELLER_EVENT_TYPES: readonly string[] = typesOf(all.filter(([, { seller }]) => seller !== undefined));
export const TOLD_AGGREGATES: readonly string[] = all.map(([aggregate]) => aggregate);

/** Stands for all that may be chosen, also those that are added later. */
export const EVERY_EVENT = "*";

const CHOSEN = /^([a-z]+)\.\*$/;

/** Whether what was chosen (`order.placed`, `order.*`, `*`) holds a type. */
export function chooses(events: readonly string[], type: string): boolean {
  const aggregate = type.slice(0, type.indexOf("."));
  return events.some((one) => one === type || one === EVERY_EVENT || CHOSEN.exec(one)?.[1] === aggregate);
}

/** What may be chosen: each type, all of an aggregate, and all. */
export const CHOICES: readonly string[] = [
  EVERY_EVENT,
  ...TOLD_AGGREGATES.map((aggregate) => `${aggregate}.*`),
  ...EVENT_TYPES,
];
