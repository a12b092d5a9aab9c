import Joi from "../kernel/schema";
import type { Delivery } from "../cart/cart.quote.contract";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { moneySchema, type Money } from "../kernel/money";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import {
  offerList,
  offerPrice,
  stockOverview,
  type AskPrice,
  type ListedOffers,
  type ListOffers,
  type PriceAnswer,
  type StockOverview,
  type StockOverviewOf,
} from "./offer.list.contract";

import { offerTerms, WEIGHT_MAX_GRAMS, type AskTerms, type OfferTerms } from "./offer.terms.contract";

export type Condition = "new" | "refurbished" | "used";

/** A seller's promise to sell one product at a price. The product and the seller never change. */
export interface MakeOffer {
  readonly productId: string;
  readonly sellerId: string;
  /** The seller's own article number, unique among the seller's offers. */
  readonly sku: string;
  readonly price: Money;
  readonly condition: Condition;
  /** Which variant, where the product has variants. */
  readonly variantId?: string;
  /** Left out: `parcel`. What is digital is delivered by a link, and never changes into something else. */
  readonly delivery?: Delivery;
  /** Of one unit as it is sent; left out: nobody knows, and it counts as nothing. */
  readonly weightGrams?: number;
}

export interface OfferId {
  readonly id: string;
}

export interface RepriceOffer extends OfferId {
  readonly price: Money;
}

export interface ReviseOffer extends OfferId {
  readonly sku?: string;
  readonly condition?: Condition;
  readonly weightGrams?: number;
}

/** Back to the SKU and the condition of an earlier version; a price is never brought back. */
export interface RevertOffer extends OfferId {
  readonly version: number;
}

export interface OfferView extends MakeOffer {
  readonly id: string;
  readonly version: number;
  readonly status: "open" | "withdrawn";
}

/** What never changes of an offer, for other services. */
export interface OfferGlance extends Pick<MakeOffer, "productId" | "sellerId"> {
  readonly currency: string;
}

export interface OfferCalls {
  "offer.make": { params: MakeOffer; result: Receipt };
  "offer.reprice": { params: RepriceOffer; result: Receipt };
  "offer.revise": { params: ReviseOffer; result: Receipt };
  "offer.revert": { params: RevertOffer; result: Receipt };
  "offer.withdraw": { params: OfferId; result: Receipt };
  "offer.restore": { params: OfferId; result: Receipt };
  "offer.get": { params: OfferId; result: OfferView };
  "offer.peek": { params: OfferId; result: OfferGlance };
  "offer.terms": { params: AskTerms; result: OfferTerms };
  "offer.price": { params: AskPrice; result: PriceAnswer };
  "offer.list": { params: ListOffers; result: ListedOffers };
  "offer.stock": { params: StockOverviewOf; result: StockOverview };
}

const id = idSchema.required();
const sku = plainText(64).min(1);
const condition = Joi.string().valid("new", "refurbished", "used");
const delivery = Joi.string().valid("parcel", "digital");
const weightGrams = Joi.number().integer().min(0).max(WEIGHT_MAX_GRAMS);
const version = Joi.number().integer().min(1).required();
const write = { permission: "offer.write", owner: { field: "sellerId" } } as const;
const byId = Joi.object<OfferId, true>({ id });

const view = Joi.object<OfferView, true>({
  id,
  version,
  status: Joi.string().valid("open", "withdrawn").required(),
  productId: id,
  sellerId: id,
  sku: sku.required(),
  price: moneySchema.required(),
  condition: condition.required(),
  variantId: idSchema,
  delivery,
  weightGrams,
});

export const offerContract: Contract<OfferCalls> = {
  aggregate: "offer",
  actions: {
    "offer.make": {
      kind: "create",
      summary: "Offer a product for sale",
      params: Joi.object<MakeOffer, true>({
        productId: id,
        sellerId: id,
        sku: sku.required(),
        price: moneySchema.required(),
        condition: condition.required(),
        variantId: idSchema,
        delivery,
        weightGrams,
      }),
      ...write,
      http: { method: "POST", path: "/v1/offers" },
    },
    "offer.reprice": {
      kind: "command",
      key: "id",
      summary: "Change an offer's price",
      params: Joi.object<RepriceOffer, true>({ id, price: moneySchema.required() }),
      ...write,
      http: { method: "PUT", path: "/v1/offers/{id}/price" },
    },
    "offer.revise": {
      kind: "command",
      key: "id",
      summary: "Change an offer's SKU, condition or weight",
      params: Joi.object<ReviseOffer, true>({ id, sku, condition, weightGrams }).or("sku", "condition", "weightGrams"),
      ...write,
      http: { method: "PATCH", path: "/v1/offers/{id}" },
    },
    "offer.revert": {
      kind: "command",
      key: "id",
      summary: "Bring back an offer's SKU and condition of an earlier version; reached by restoring its history",
      params: Joi.object<RevertOffer, true>({ id, version: versionSchema.required() }),
      restores: ["sku", "condition"],
      ...write,
    },
    "offer.withdraw": {
      kind: "command",
      key: "id",
      summary: "Stop selling: the offer vanishes from the product",
      params: byId,
      ...write,
      http: { method: "POST", path: "/v1/offers/{id}/withdraw" },
    },
    "offer.restore": {
      kind: "command",
      key: "id",
      summary: "Sell again under the same terms",
      params: byId,
      ...write,
      http: { method: "POST", path: "/v1/offers/{id}/restore" },
    },
    "offer.get": {
      kind: "query",
      key: "id",
      summary: "One offer",
      params: byId,
      result: view,
      permission: PUBLIC,
      owner: { field: "sellerId" },
      http: { method: "GET", path: "/v1/offers/{id}" },
    },
    "offer.peek": {
      kind: "query",
      key: "id",
      summary: "Product and seller of an offer, for other services",
      params: byId,
      permission: PUBLIC,
      owner: { field: "sellerId" },
    },
    "offer.terms": offerTerms,
    "offer.price": offerPrice,
    "offer.list": offerList,
    "offer.stock": stockOverview,
  },
};
