/** What names a stock, and the parts that params of its actions share. */
import Joi from "../kernel/schema";
import { derivedId } from "../kernel/ids";
import { idSchema, plainText } from "../kernel/text";
import { locationCodeSchema } from "../location/location.contract";

/** Stock is kept per offer and location; both together name it. */
export interface StockKey {
  readonly offerId: string;
  readonly location: string;
}

/** Ids of one offer's stocks begin alike, so that they can be found without asking who has any. */
export const stockPrefixOf = (offerId: string): string => `${derivedId("stock", offerId)}-`;

let last = { offerId: "", location: "", id: "" };

/** A call asks for it twice, and what everybody wants is asked for again and again: the last one is remembered. */
export function stockIdOf({ offerId, location }: StockKey): string {
  if (last.offerId !== offerId || last.location !== location) {
    last = { offerId, location, id: stockPrefixOf(offerId) + derivedId("stock", offerId, location) };
  }
  return last.id;
}

export const QUANTITY_MAX = 1_000_000_000;

export const note = plainText(500).min(1);
export const quantity = Joi.number().integer().min(0).max(QUANTITY_MAX);
export const key = {
  offerId: idSchema.required(),
  location: locationCodeSchema.required(),
};
export const path = "/v1/offers/{offerId}/stock/{location}";
export const write = {
  kind: "command",
  keyOf: stockIdOf,
  permission: "stock.write",
  owner: { field: "sellerId" },
} as const;
