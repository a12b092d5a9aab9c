import Joi from "joi";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { key, note, path, quantity, QUANTITY_MAX, stockIdOf, write, type StockKey } from "./stock.key.contract";
import { transferActions, underwaySchema, type TransferCalls, type Underway } from "./stock.transfer.contract";

export { stockIdOf, type StockKey } from "./stock.key.contract";

export interface ReceiveStock extends StockKey {
  readonly quantity: number;
}

/** Why a quantity changes otherwise than by a receipt. */
export const ADJUST_REASONS = [
  "damaged",
  "lost",
  "stolen",
  "found",
  "returned",
  "expired",
  "recalled",
  "sample",
  "given away",
  "own use",
  "correction",
] as const;

/** Why it was counted. */
export const COUNT_REASONS = ["stocktake", "spot check", "recount", "import"] as const;

export type AdjustReason = (typeof ADJUST_REASONS)[number];
export type CountReason = (typeof COUNT_REASONS)[number];

export interface AdjustStock extends StockKey {
  /** How many more (or, negative, fewer) there are. */
  readonly by: number;
  readonly reason: AdjustReason;
  /** What there is to say beyond the reason. */
  readonly note?: string;
}

export interface CountStock extends StockKey {
  /** How many were counted on the shelf. */
  readonly counted: number;
  /** Left out: `stocktake`. */
  readonly reason?: CountReason;
  readonly note?: string;
}

export interface StockView extends StockKey {
  readonly id: string;
  readonly version: number;
  readonly productId: string;
  readonly sellerId: string;
  readonly onHand: number;
  /** What has been sent from here to another location and is not there yet. */
  readonly underway: Underway[];
}

export interface StockCalls extends TransferCalls {
  "stock.receive": { params: ReceiveStock; result: Receipt };
  "stock.adjust": { params: AdjustStock; result: Receipt };
  "stock.count": { params: CountStock; result: Receipt };
  "stock.get": { params: StockKey; result: StockView };
}

const view = Joi.object<StockView, true>({
  ...key,
  id: idSchema.required(),
  version: Joi.number().integer().min(1).required(),
  productId: idSchema.required(),
  sellerId: idSchema.required(),
  onHand: quantity.required(),
  underway: underwaySchema.required(),
});

export const stockContract: Contract<StockCalls> = {
  aggregate: "stock",
  actions: {
    "stock.receive": {
      ...write,
      summary: "Receive units of an offer at a location",
      params: Joi.object<ReceiveStock, true>({ ...key, quantity: quantity.min(1).required() }),
      http: { method: "POST", path: `${path}/receive` },
    },
    "stock.adjust": {
      ...write,
      summary: "Correct the quantity on hand, with a reason",
      params: Joi.object<AdjustStock, true>({
        ...key,
        by: Joi.number().integer().min(-QUANTITY_MAX).max(QUANTITY_MAX).invalid(0).required(),
        reason: Joi.string()
          .valid(...ADJUST_REASONS)
          .required(),
        note,
      }),
      http: { method: "POST", path: `${path}/adjust` },
    },
    "stock.count": {
      ...write,
      summary: "Set the quantity on hand to what was counted",
      params: Joi.object<CountStock, true>({
        ...key,
        counted: quantity.required(),
        reason: Joi.string().valid(...COUNT_REASONS),
        note,
      }),
      http: { method: "POST", path: `${path}/count` },
    },
    ...transferActions,
    "stock.get": {
      kind: "query",
      keyOf: stockIdOf,
      summary: "Quantity on hand of an offer at a location",
      params: Joi.object<StockKey, true>(key),
      result: view,
      permission: PUBLIC,
      owner: { field: "sellerId" },
      http: { method: "GET", path },
    },
  },
};
