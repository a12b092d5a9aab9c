/** Which ways of shipping take which parcels, and for how much. */
import Joi from "../kernel/schema";
import { countrySchema } from "../cart/cart.quote.contract";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";

/** What one seller sends to an address. */
export interface ParcelAsk {
  readonly sellerId: string;
  readonly weightGrams: number;
  /** After discounts, as the channel states prices. */
  readonly subtotalMinor: number;
}

export interface AskShipping {
  readonly currency: string;
  readonly country: string;
  readonly postalCode: string;
  /** Only these; null: every one that is offered. */
  readonly methodIds: readonly string[] | null;
  readonly parcels: readonly ParcelAsk[];
}

/** A method that takes a parcel, and its price as the channel states prices. */
export interface ShippingChoice {
  readonly sellerId: string;
  readonly methodId: string;
  readonly methodName: Text;
  readonly priceMinor: number;
  readonly daysMin: number | null;
  readonly daysMax: number | null;
}

export interface ShippingChoices {
  /** The cheapest first, seller by seller. */
  readonly items: readonly ShippingChoice[];
}

const id = idSchema.required();
const amount = Joi.number().integer().min(0).max(AMOUNT_MINOR_MAX);
const days = Joi.number().integer().min(0).max(365);
const name = textSchema(200);
const currency = currencySchema.required();

// not strict, here and below: Joi has no word for read-only lists
export const choicesSchema = Joi.object<ShippingChoices>({
  items: Joi.array()
    .items(
      Joi.object<ShippingChoice, true>({
        sellerId: id,
        methodId: id,
        methodName: name.required(),
        priceMinor: amount.required(),
        daysMin: days.allow(null).required(),
        daysMax: days.allow(null).required(),
      }),
    )
    .max(2_000)
    .required(),
});

export const shippingChoices: ActionContract<AskShipping, ShippingChoices> = {
  kind: "query",
  permission: PUBLIC,
  summary: "Which ways take which parcels, and for how much, for other services",
  params: Joi.object<AskShipping>({
    currency,
    country: countrySchema.required(),
    postalCode: plainText(20).allow("").required(),
    methodIds: Joi.array().items(idSchema).max(100).allow(null).required(),
    parcels: Joi.array()
      .items(
        Joi.object<ParcelAsk, true>({
          sellerId: id,
          weightGrams: Joi.number().integer().min(0).required(),
          subtotalMinor: Joi.number().integer().min(0).required(),
        }),
      )
      .max(200)
      .required(),
  }),
  owner: "platform",
};
