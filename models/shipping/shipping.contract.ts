/** Ways in which parcels travel, and what they cost: by zone, weight and worth. */
import Joi from "../kernel/schema";
import { countrySchema } from "../cart/cart.quote.contract";
import { WEIGHT_MAX_GRAMS } from "../offer/offer.terms.contract";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import type { ToVersion } from "../kernel/restoring";
import { idSchema, plainText, textSchema, versionSchema, type Text } from "../kernel/text";
import { verbsOn } from "../kernel/verbs";
import { shippingChoices, type AskShipping, type ShippingChoices } from "./shipping.choices.contract";

/** What a parcel costs up to a weight and up to a worth; the first step that it fits holds. */
export interface ShippingStep {
  /** Grams, included; left out: any weight. */
  readonly weightMaxGrams?: number;
  /** The worth of the goods after discounts, included; left out: any worth. */
  readonly subtotalMaxMinor?: number;
  readonly priceMinor: number;
}

export interface ShippingZone {
  readonly countries: readonly string[];
  /** Beginnings of postal codes, in capitals without spaces; left out: the whole countries. */
  readonly postalPrefixes?: readonly string[];
  readonly steps: readonly ShippingStep[];
}

export interface ShippingContent {
  readonly name: Text;
  /** Of all prices; the method fits channels of this currency. */
  readonly currency: string;
  /** The first zone that an address lies in holds. */
  readonly zones: readonly ShippingZone[];
  /** Working days from handing over to arrival. */
  readonly daysMin?: number;
  readonly daysMax?: number;
  /** Who says the price; left out: the zones' tables. */
  readonly provider?: string;
}

export interface CreateShipping extends ShippingContent {
  /** A seller's own: only for what it sends. Left out: for what every seller sends. */
  readonly sellerId?: string;
}

export interface ShippingId {
  readonly id: string;
}

export type ReviseShipping = ShippingId & Partial<Omit<ShippingContent, "currency">>;

export interface ShippingView extends ShippingContent {
  readonly id: string;
  readonly version: number;
  readonly status: "offered" | "retired";
  readonly sellerId: string | null;
}

export interface ListShipping {
  readonly sellerId?: string;
  readonly status?: "offered" | "retired";
  readonly limit: number;
  /** The id that the page before ended with. */
  readonly after?: string;
}

export interface ListedShipping {
  readonly items: readonly ShippingView[];
}

export interface ShippingCalls {
  "shipping.create": { params: CreateShipping; result: Receipt };
  "shipping.revise": { params: ReviseShipping; result: Receipt };
  "shipping.revert": { params: ToVersion; result: Receipt };
  "shipping.retire": { params: ShippingId; result: Receipt };
  "shipping.reinstate": { params: ShippingId; result: Receipt };
  "shipping.get": { params: ShippingId; result: ShippingView };
  "shipping.list": { params: ListShipping; result: ListedShipping };
  "shipping.choices": { params: AskShipping; result: ShippingChoices };
}

const ZONES_MAX = 40;
const STEPS_MAX = 40;

const id = idSchema.required();
const amount = Joi.number().integer().min(0).max(AMOUNT_MINOR_MAX);
const weight = Joi.number().integer().min(0).max(WEIGHT_MAX_GRAMS);
const days = Joi.number().integer().min(0).max(365);
const name = textSchema(200);
// not strict, here and below: Joi has no word for read-only lists
const zones = Joi.array()
  .items(
    Joi.object<ShippingZone>({
      countries: Joi.array().items(countrySchema).unique().min(1).max(250).required(),
      postalPrefixes: Joi.array()
        .items(plainText(10).pattern(/^[A-Z0-9]+$/, "beginning of postal codes"))
        .unique()
        .min(1)
        .max(100),
      steps: Joi.array()
        .items(
          Joi.object<ShippingStep, true>({
            weightMaxGrams: weight,
            subtotalMaxMinor: amount,
            priceMinor: amount.required(),
          }),
        )
        .min(1)
        .max(STEPS_MAX)
        .required(),
    }),
  )
  .min(1)
  .max(ZONES_MAX);
const content = { name, zones, daysMin: days, daysMax: days, provider: idSchema };
const currency = currencySchema.required();
const view = Joi.object<ShippingView>({
  ...content,
  id,
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("offered", "retired").required(),
  sellerId: idSchema.allow(null).required(),
  name: name.required(),
  zones: zones.required(),
  currency,
});
const write = { permission: "shipping.write", owner: { field: "sellerId" } } as const;
const read = { kind: "query", permission: PUBLIC, owner: { field: "sellerId" } } as const;
const byId = Joi.object<ShippingId, true>({ id });
const path = "/v1/shipping-methods";

const simple = verbsOn({ ...write, path });

export const shippingContract: Contract<ShippingCalls> = {
  aggregate: "shipping",
  actions: {
    "shipping.create": {
      kind: "create",
      summary: "Offer a way of shipping, with its zones and prices",
      params: Joi.object<CreateShipping>({
        ...content,
        name: name.required(),
        zones: zones.required(),
        currency,
        sellerId: idSchema,
      }),
      ...write,
      http: { method: "POST", path },
    },
    "shipping.revise": {
      ...simple("revise", "Change a way of shipping; fields left out stay as they are"),
      params: Joi.object<ReviseShipping>({ id, ...content }).min(2),
      http: { method: "PATCH", path: `${path}/{id}` },
    },
    // zones are prices, and so is who says them
    "shipping.revert": {
      ...write,
      kind: "command",
      key: "id",
      summary: "Bring back name and days of an earlier version; reached by restoring its history",
      params: Joi.object<ToVersion, true>({ id, version: versionSchema.required() }),
      restores: ["name", "daysMin", "daysMax"],
    },
    "shipping.retire": simple("retire", "Stop offering a way of shipping"),
    "shipping.reinstate": simple("reinstate", "Offer a retired way of shipping again"),
    "shipping.get": {
      ...read,
      key: "id",
      summary: "One way of shipping",
      params: byId,
      result: view,
      http: { method: "GET", path: `${path}/{id}` },
    },
    "shipping.list": {
      ...read,
      summary: "Ways of shipping, in the order of their ids",
      params: Joi.object<ListShipping, true>({
        sellerId: idSchema,
        status: Joi.string().valid("offered", "retired"),
        limit: Joi.number().integer().min(1).max(100).default(50),
        after: idSchema,
      }),
      result: Joi.object<ListedShipping>({ items: Joi.array().items(view).max(100).required() }),
      http: { method: "GET", path },
    },
    "shipping.choices": shippingChoices,
  },
};
