import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText } from "../kernel/text";
import { EVERYONE, type PriceEntry, type Tier } from "./pricelist.prices.contract";

export interface PricelistOf {
  readonly offerId: string;
}

/** Prices of one offer beside its own: for a customer group, from a number of units on, from one moment to another. */
export interface SetPrices extends PricelistOf {
  readonly name: string;
  /** Of the offer; amounts of another currency are refused. */
  readonly currency: string;
  /** Left out: everybody. */
  readonly group?: string;
  readonly tiers: Tier[];
  /** `2026-01-31T12:00:00.000Z`; left out: from now on. What began earlier begins now. */
  readonly from?: string;
  /** The moment at which it ends; left out: until it is removed. */
  readonly to?: string;
}

export interface EndPrices extends PricelistOf {
  readonly name: string;
}

export interface PricelistView extends PricelistOf {
  readonly id: string;
  readonly version: number;
  readonly productId: string;
  readonly sellerId: string;
  readonly currency: string;
  /** Also those that ended in the last sixty days. */
  readonly entries: readonly PriceEntry[];
}

export interface PricelistGlance {
  readonly entries: readonly PriceEntry[];
}

export interface AskEntries {
  readonly offerIds: readonly string[];
}

export interface EntriesByOffer {
  /** Of those offers that have a list. */
  readonly lists: Readonly<Record<string, readonly PriceEntry[]>>;
}

export interface PricelistCalls {
  "pricelist.set": { params: SetPrices; result: Receipt };
  "pricelist.end": { params: EndPrices; result: Receipt };
  "pricelist.turn": { params: PricelistOf; result: Receipt };
  "pricelist.get": { params: PricelistOf; result: PricelistView };
  "pricelist.peek": { params: PricelistOf; result: PricelistGlance };
  "pricelist.entries": { params: AskEntries; result: EntriesByOffer };
}

/** An offer has one list, found by the offer. */
export const pricelistIdOf = ({ offerId }: PricelistOf): string => derivedId("pricelist", offerId);

export const TIERS_MAX = 20;
export const ENTRIES_MAX = 100;
/** Lists that are asked for at once. */
const OFFERS_MAX = 200;
export const QUANTITY_MAX = 1_000_000;

export const groupSchema = plainText(32).pattern(/^[a-z0-9][a-z0-9-]*$/, "customer group");
const offerId = idSchema.required();
const name = plainText(64).pattern(/^[a-z0-9][a-z0-9-]*$/, "name of an entry");
/** One form of the many that ISO 8601 has: moments are compared as text. */
const moment = Joi.string()
  .isoDate()
  .pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "moment in UTC with milliseconds");
const tier = Joi.object<Tier, true>({
  quantity: Joi.number().integer().min(1).max(QUANTITY_MAX).required(),
  amountMinor: Joi.number().integer().min(0).max(AMOUNT_MINOR_MAX).required(),
});
const tiers = Joi.array().items(tier).min(1).max(TIERS_MAX).unique("quantity").required();
const entries = Joi.array()
  .items(
    Joi.object<PriceEntry>({
      name: name.required(),
      group: groupSchema.required(),
      tiers,
      from: moment.required(),
      to: moment.allow(null).required(),
    }),
  )
  .required();

const path = "/v1/offers/{offerId}/pricelist";
const write = {
  kind: "command",
  keyOf: pricelistIdOf,
  permission: "offer.write",
  owner: { field: "sellerId" },
} as const;
const byOffer = Joi.object<PricelistOf, true>({ offerId });

export const pricelistContract: Contract<PricelistCalls> = {
  aggregate: "pricelist",
  actions: {
    "pricelist.set": {
      ...write,
      summary: "Price an offer for a customer group, by quantity, for a time; what has the name already ends",
      params: Joi.object<SetPrices, true>({
        offerId,
        name: name.required(),
        currency: currencySchema.required(),
        group: groupSchema.description(`Left out: ${EVERYONE}`),
        tiers,
        from: moment,
        to: moment,
      }),
      http: { method: "PUT", path: `${path}/{name}` },
    },
    "pricelist.end": {
      ...write,
      summary: "End an entry of an offer's price list now",
      params: Joi.object<EndPrices, true>({ offerId, name: name.required() }),
      http: { method: "DELETE", path: `${path}/{name}` },
    },
    "pricelist.turn": {
      ...write,
      summary: "Note that a scheduled price for everybody began or ended; sent by the mall's timers",
      params: byOffer,
    },
    "pricelist.get": {
      kind: "query",
      keyOf: pricelistIdOf,
      summary: "The price list of an offer, for its seller",
      params: byOffer,
      // not strict: Joi has no word for read-only lists
      result: Joi.object<PricelistView>({
        id: idSchema.required(),
        version: Joi.number().integer().min(1).required(),
        offerId,
        productId: idSchema.required(),
        sellerId: idSchema.required(),
        currency: currencySchema.required(),
        entries,
      }),
      permission: "offer.read",
      owner: { field: "sellerId" },
      http: { method: "GET", path },
    },
    "pricelist.peek": {
      kind: "query",
      keyOf: pricelistIdOf,
      summary: "The entries of an offer's price list, for other services",
      params: byOffer,
      permission: PUBLIC,
      owner: "platform",
    },
    "pricelist.entries": {
      kind: "query",
      summary: "The entries of the price lists of many offers, for other services",
      params: Joi.object<AskEntries>({ offerIds: Joi.array().items(idSchema).max(OFFERS_MAX).required() }),
      permission: PUBLIC,
      owner: "platform",
    },
  },
};
