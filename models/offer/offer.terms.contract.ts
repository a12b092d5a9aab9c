/** On which terms many offers sell at once, for the services that make up what a cart costs. */
import Joi from "../kernel/schema";
import type { PriceFrom } from "../cart/cart.state.contract";
import type { Delivery } from "../cart/cart.quote.contract";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { groupSchema } from "../pricelist/pricelist.contract";

export interface AskTerms {
  readonly ids: readonly string[];
  /** Of the customer: of the prices for these, and of those for everybody, the lowest holds. */
  readonly groups: readonly string[];
  readonly at: string;
}

export interface OfferTerm {
  readonly id: string;
  readonly status: "open" | "withdrawn";
  readonly productId: string;
  readonly sellerId: string;
  readonly sku: string;
  readonly variantId?: string;
  readonly currency: string;
  /** Ascending in quantity, the first from one unit on. */
  readonly prices: readonly PriceFrom[];
  readonly delivery: Delivery;
  readonly weightGrams: number;
}

export interface OfferTerms {
  /** Of those that exist. */
  readonly items: readonly OfferTerm[];
}

/** A thousand tonnes. */
export const WEIGHT_MAX_GRAMS = 1_000_000_000;
/** As many as a cart has lines. */
const OFFERS_MAX = 200;

export const offerTerms: ActionContract<AskTerms, OfferTerms> = {
  kind: "query",
  permission: PUBLIC,
  owner: "platform",
  summary: "The terms of many offers for a customer, for other services",
  // not strict: Joi has no word for read-only lists
  params: Joi.object<AskTerms>({
    ids: Joi.array().items(idSchema).max(OFFERS_MAX).required(),
    groups: Joi.array().items(groupSchema).max(20).required(),
    at: Joi.string().isoDate().required(),
  }),
};
