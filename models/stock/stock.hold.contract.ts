/**
 * Stock that is promised to somebody: reserved, then shipped or released. The stock keeps one number, however many
 * promises it is the sum of; who was promised what stands with them, under the id of their hold. What makes a promise
 * safe to take back at any time is its command id: see `stock.free`.
 */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema } from "../kernel/text";
import { key, quantity, QUANTITY_MAX, stockIdOf, type StockKey } from "./stock.key.contract";
import { locationCodeSchema } from "../location/location.contract";

/** So many units for whoever knows the hold. */
export interface HoldStock extends StockKey {
  readonly quantity: number;
  /** Of one promise: the same at each repeat, another one for another promise. */
  readonly holdId: string;
}

/** `freed`: nothing is held under this hold, nor ever will be. */
export interface Freed {
  readonly holdId: string;
  readonly status: "freed";
}

export interface OfferPlaces {
  readonly offerId: string;
}

/** Where an offer lies, as of a moment ago: a hint for who wants to reserve, never a promise. */
export interface StockPlaceGlance {
  readonly location: string;
  readonly available: number;
}

export interface StockPlaces {
  readonly offerId: string;
  readonly places: readonly StockPlaceGlance[];
}

export interface HoldCalls {
  "stock.reserve": { params: HoldStock; result: Receipt };
  "stock.annul": { params: HoldStock; result: Receipt };
  "stock.release": { params: HoldStock; result: Receipt };
  "stock.ship": { params: HoldStock; result: Receipt };
  "stock.free": { params: HoldStock; result: Freed };
  "stock.places": { params: OfferPlaces; result: StockPlaces };
}

/** Locations of one offer that are looked at. */
export const PLACES_MAX = 50;

/**
 * The id of the command that reserves for a hold, and of the one that annuls it: one history takes one of the two. So
 * a reservation that arrives after it was annulled is refused, and who annuls what was reserved is told so.
 */
export const reserveCommandId = (holdId: string): string => derivedId("hold", holdId, "reserve");
export const freeCommandId = (holdId: string): string => derivedId("hold", holdId, "free");

const hold = Joi.object<HoldStock, true>({
  ...key,
  quantity: quantity.min(1).required(),
  holdId: idSchema.required(),
});
/** Only the mall promises, and takes back. */
const held = { kind: "command", keyOf: stockIdOf, permission: "stock.hold", owner: "platform", params: hold } as const;

export const holdActions: Actions<HoldCalls> = {
  "stock.reserve": { ...held, summary: "Promise units to a hold" },
  "stock.annul": { ...held, summary: "See to it that a hold that was promised nothing never will be" },
  "stock.release": { ...held, summary: "Take back what was promised to a hold, or a part of it" },
  "stock.ship": { ...held, summary: "Hand out what was promised to a hold, or a part of it" },
  "stock.free": {
    kind: "procedure",
    permission: "stock.hold",
    owner: "platform",
    summary: "See to it that nothing is held under a hold, whatever became of its reservation",
    params: hold,
    result: Joi.object<Freed, true>({ holdId: idSchema.required(), status: Joi.string().valid("freed").required() }),
  },
  "stock.places": {
    kind: "query",
    permission: "stock.hold",
    owner: "platform",
    summary: "The locations of an offer and what is available there, for other services",
    params: Joi.object<OfferPlaces, true>({ offerId: idSchema.required() }),
    result: Joi.object<StockPlaces>({
      offerId: idSchema.required(),
      places: Joi.array()
        .items(
          Joi.object<StockPlaceGlance, true>({
            location: locationCodeSchema.required(),
            available: Joi.number()
              .integer()
              .min(0)
              .max(2 * QUANTITY_MAX)
              .required(),
          }),
        )
        .max(PLACES_MAX)
        .required(),
    }),
  },
};
