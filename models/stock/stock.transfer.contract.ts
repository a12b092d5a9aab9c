/**
 * Stock on its way from one location of a seller to another. It leaves the one at once and is kept in a bounded list
 * there; when its time has come it is received at the other, and then taken off the list.
 */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { locationCodeSchema } from "../location/location.contract";
import { key, note, path, quantity, stockIdOf, write, type StockKey } from "./stock.key.contract";

/** Of one offer, from one location. */
export const UNDERWAY_MAX = 50;

export interface TransferStock extends StockKey {
  /** Code of the location that it goes to. */
  readonly to: string;
  readonly quantity: number;
  /** Left out, or past: at once. */
  readonly arrivesAt?: string;
  readonly note?: string;
}

export interface ExpectTransfer extends StockKey {
  readonly transferId: string;
  /** Left out, or past: it has arrived. */
  readonly arrivesAt?: string;
}

/** What has left a location and is not at the other one yet. */
export interface Underway {
  readonly transferId: string;
  readonly to: string;
  readonly quantity: number;
  readonly arrivesAt: string;
}

/** Sent by the mall to the location that the goods go to. */
export interface ArriveStock extends StockKey {
  readonly productId: string;
  readonly sellerId: string;
  readonly transferId: string;
  readonly from: string;
  readonly quantity: number;
}

/** By the id of the stock that it left. */
export interface TransferId {
  readonly id: string;
  readonly transferId: string;
}

/** `gone`: it arrived before. */
export interface Delivered extends TransferId {
  readonly status: "delivered" | "gone";
}

export interface TransferCalls {
  "stock.transfer": { params: TransferStock; result: Receipt };
  "stock.expect": { params: ExpectTransfer; result: Receipt };
  "stock.arrive": { params: ArriveStock; result: Receipt };
  "stock.deliver": { params: TransferId; result: Delivered };
  "stock.settle": { params: TransferId; result: Receipt };
}

const id = idSchema.required();
/** One form of the many that ISO 8601 has, so that the history tells moments in one. */
const arrivesAt = Joi.string()
  .isoDate()
  .pattern(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "moment in UTC with milliseconds");
const some = quantity.min(1).required();
const byTransfer = Joi.object<TransferId, true>({ id, transferId: id });
/** Only the mall sends these. */
const onItsWay = { permission: "stock.deliver", owner: "platform" } as const;

export const underwaySchema = Joi.array()
  .items(
    Joi.object<Underway, true>({
      transferId: id,
      to: locationCodeSchema.required(),
      quantity: some,
      arrivesAt: arrivesAt.required(),
    }),
  )
  .max(UNDERWAY_MAX);

export const transferActions: Actions<TransferCalls> = {
  "stock.transfer": {
    ...write,
    summary: "Send units of an offer to another location of the seller",
    params: Joi.object<TransferStock, true>({
      ...key,
      to: locationCodeSchema.required(),
      quantity: some,
      arrivesAt,
      note,
    }),
    http: { method: "POST", path: `${path}/transfer` },
  },
  "stock.expect": {
    ...write,
    summary: "Say when a transfer from here arrives: later, earlier, or that it has arrived",
    params: Joi.object<ExpectTransfer, true>({ ...key, transferId: id, arrivesAt }),
    http: { method: "PUT", path: `${path}/transfers/{transferId}` },
  },
  "stock.arrive": {
    ...onItsWay,
    kind: "command",
    keyOf: stockIdOf,
    summary: "Take in what another location has sent",
    params: Joi.object<ArriveStock, true>({
      ...key,
      productId: id,
      sellerId: id,
      transferId: id,
      from: locationCodeSchema.required(),
      quantity: some,
    }),
  },
  "stock.deliver": {
    ...onItsWay,
    kind: "procedure",
    key: "id",
    summary: "Take a transfer in where it goes, then off the list where it comes from",
    params: byTransfer,
    result: Joi.object<Delivered, true>({
      id,
      transferId: id,
      status: Joi.string().valid("delivered", "gone").required(),
    }),
  },
  "stock.settle": {
    ...onItsWay,
    kind: "command",
    key: "id",
    summary: "Take what has arrived elsewhere off the list of what is on its way",
    params: byTransfer,
  },
};
