/** What a seller asks of its own offers: the list, the stock behind it, and what an offer costs for whom. */
import Joi from "../kernel/schema";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { moneySchema, type Money } from "../kernel/money";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";
import { reductionSchema, type PriceStep, type Reduction } from "./offer.prices.contract";

export interface ListOffers {
  readonly sellerId: string;
  /** The beginning of an article number, or a product's id. */
  readonly q?: string;
  readonly status?: "open" | "withdrawn";
  /** At least, and at most, so many units on hand at all locations together. */
  readonly onHandMin?: number;
  readonly onHandMax?: number;
  readonly limit: number;
  readonly cursor?: string;
}

export interface StockAt {
  readonly location: string;
  readonly onHand: number;
}

export interface ListedOffer {
  readonly id: string;
  readonly version: number;
  readonly productId: string;
  /** Of the product; null as long as the read side does not know it. */
  readonly title: Text | null;
  readonly sku: string;
  readonly status: "open" | "withdrawn";
  readonly price: Money;
  readonly condition: string;
  readonly variantId: string | null;
  readonly onHand: number;
  /** Where it lies; the hundred fullest. */
  readonly stock: readonly StockAt[];
}

export interface ListedOffers {
  readonly items: readonly ListedOffer[];
  readonly total: number;
  readonly totalRelation: "exact" | "at-least";
  readonly cursor: string | null;
}

export interface StockOverviewOf {
  readonly sellerId: string;
}

export interface StockOverview {
  readonly offers: number;
  /** Open offers of which there is none. */
  readonly soldOut: number;
  readonly onHand: number;
  /** The hundred fullest. */
  readonly locations: readonly (StockAt & { readonly offers: number })[];
}

export interface AskPrice {
  readonly id: string;
  /** The customer group; left out: everybody. */
  readonly group?: string;
  readonly quantity: number;
  /** ISO 8601, in business time, within the last sixty days or later; left out: now. */
  readonly at?: string;
}

export interface PriceAnswer {
  readonly id: string;
  readonly sellerId: string;
  readonly quantity: number;
  readonly at: string;
  /** Per unit. */
  readonly price: Money;
  /** The offer's own, without a price list. */
  readonly ownPrice: Money;
  /** The entry of the price list that it comes from. */
  readonly entry: string | null;
  readonly fromQuantity: number;
  /** What may be said of the price for everybody where it was reduced. */
  readonly reduction: Reduction | null;
  /** What it cost everybody before, as far as it is remembered, the oldest first; null while it was not sold. */
  readonly history: readonly PriceStep[];
}

/** As long as a product's may be. */
const TITLE_MAX = 500;
const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
const onHand = Joi.number().integer().min(0).max(Number.MAX_SAFE_INTEGER);
const at = { location: Joi.string().required(), onHand: count };
const moment = Joi.string().isoDate().required();
const amount = Joi.number().integer().min(0);
/** Steps that an offer remembers, and the ends of the windows of its price list. */
const HISTORY_MAX = 1_000;
const own = { kind: "query", owner: { field: "sellerId" } } as const;

export const offerList: ActionContract<ListOffers, ListedOffers> = {
  ...own,
  summary: "A seller's offers with their stock",
  params: Joi.object<ListOffers, true>({
    sellerId: id,
    q: plainText(64).allow(""),
    status: Joi.string().valid("open", "withdrawn"),
    onHandMin: onHand,
    onHandMax: onHand,
    limit: Joi.number().integer().min(1).max(100).default(24),
    cursor: Joi.string().max(2_000),
  }),
  result: Joi.object<ListedOffers>({
    items: Joi.array()
      .items(
        Joi.object<ListedOffer>({
          id,
          version: Joi.number().integer().min(1).required(),
          productId: id,
          title: textSchema(TITLE_MAX).allow(null).required(),
          sku: Joi.string().required(),
          status: Joi.string().valid("open", "withdrawn").required(),
          price: moneySchema.required(),
          condition: Joi.string().required(),
          variantId: idSchema.allow(null).required(),
          onHand: count,
          stock: Joi.array().items(Joi.object(at)).max(100).required(),
        }),
      )
      .max(100)
      .required(),
    total: count,
    totalRelation: Joi.string().valid("exact", "at-least").required(),
    cursor: Joi.string().allow(null).required().description("Asks for the next page; null on the last"),
  }),
  permission: "offer.read",
  http: { method: "GET", path: "/v1/sellers/{sellerId}/offers" },
};

export const stockOverview: ActionContract<StockOverviewOf, StockOverview> = {
  ...own,
  summary: "What a seller has on hand, location by location",
  params: Joi.object<StockOverviewOf, true>({ sellerId: id }),
  result: Joi.object<StockOverview>({
    offers: count,
    soldOut: count,
    onHand: count,
    locations: Joi.array()
      .items(Joi.object({ ...at, offers: count }))
      .max(100)
      .required(),
  }),
  permission: "offer.read",
  http: { method: "GET", path: "/v1/sellers/{sellerId}/stock" },
};

export const offerPrice: ActionContract<AskPrice, PriceAnswer> = {
  ...own,
  key: "id",
  summary: "What a unit of an offer costs: for a customer group, in a number, at a moment",
  params: Joi.object<AskPrice, true>({
    id,
    group: plainText(32).pattern(/^[a-z0-9][a-z0-9-]*$/, "customer group"),
    quantity: Joi.number().integer().min(1).max(1_000_000).default(1),
    at: Joi.string().isoDate().max(30),
  }),
  // not strict: Joi has no word for read-only lists
  result: Joi.object<PriceAnswer>({
    id,
    sellerId: id,
    quantity: count,
    at: Joi.string().isoDate().required(),
    price: moneySchema.required(),
    ownPrice: moneySchema.required(),
    entry: Joi.string().allow(null).required(),
    fromQuantity: count,
    reduction: reductionSchema.allow(null).required(),
    history: Joi.array()
      .items(Joi.object<PriceStep, true>({ at: moment, amountMinor: amount.allow(null).required() }))
      .max(HISTORY_MAX)
      .required()
      .description("What it cost everybody, from when on, the oldest first; null while it was not sold"),
  }),
  permission: PUBLIC,
  http: { method: "GET", path: "/v1/offers/{id}/price" },
};
