/** A return as it is kept and shown: who asked for what, and what became of it. */
import Joi from "../kernel/schema";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import type { OrderUnits } from "../order/order.commands.contract";
import { unitsSchema } from "../order/order.inside.contract";
import { orderAmount, orderQuantity } from "../order/order.place.contract";

export const RETURN_KINDS = ["return", "exchange", "claim"] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];

export const RETURN_STATUSES = ["requested", "approved", "rejected", "withdrawn", "settling", "settled"] as const;
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

export interface RequestReturn {
  readonly orderId: string;
  readonly kind: ReturnKind;
  readonly lines: OrderUnits[];
  readonly reason: string;
}

export interface OpenReturn extends RequestReturn {
  readonly id: string;
  readonly sellerId: string;
  readonly customerId: string | null;
}

export interface ReturnId {
  readonly id: string;
}

export interface RejectReturn extends ReturnId {
  readonly reason: string;
}

/** What of a line is as it should be, and whether it can be sold again. */
export interface InspectedLine extends OrderUnits {
  readonly restock: boolean;
}

export interface InspectReturn extends ReturnId {
  /** What is accepted; what is not named is not. */
  readonly lines: InspectedLine[];
  /** Kept back for what is worn. */
  readonly keepMinor?: number;
}

/** What the mall did of it: `refused` tells why the order does not admit it. */
export interface RecordReturn extends ReturnId {
  readonly did: "admit" | "settle";
  readonly refused?: string;
  /** The order that replaces what came back. */
  readonly replacementId?: string;
}

export interface ReturnView extends OpenReturn {
  readonly version: number;
  readonly status: ReturnStatus;
  readonly requestedAt: string;
  readonly decision: string | null;
  readonly inspected: InspectedLine[];
  readonly keepMinor: number;
  readonly replacementId: string | null;
}

export interface RequestedReturn {
  readonly id: string;
  readonly status: ReturnStatus;
}

const id = idSchema.required();
export const returnReason = plainText(500).min(1);
const kind = Joi.string().valid(...RETURN_KINDS);
export const returnStatus = Joi.string().valid(...RETURN_STATUSES);
export const askedReturn = {
  orderId: id,
  kind: kind.required(),
  lines: unitsSchema.min(1).required(),
  reason: returnReason.required(),
};
export const inspectedLines = Joi.array()
  .items(
    Joi.object<InspectedLine, true>({
      lineId: id,
      quantity: orderQuantity.required(),
      restock: Joi.boolean().required(),
    }),
  )
  .unique("lineId")
  .max(200)
  .required();
export const openReturn = { ...askedReturn, id, sellerId: id, customerId: idSchema.allow(null).required() };
export const requestedReturn = Joi.object<RequestedReturn, true>({ id, status: returnStatus.required() });
export const returnView = Joi.object<ReturnView, true>({
  ...openReturn,
  version: versionSchema.required(),
  status: returnStatus.required(),
  requestedAt: Joi.string().isoDate().required(),
  decision: returnReason.allow(null).required(),
  inspected: inspectedLines,
  keepMinor: orderAmount.required(),
  replacementId: idSchema.allow(null).required(),
});
