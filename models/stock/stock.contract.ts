import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { holdActions, type HoldCalls } from "./stock.hold.contract";
import { key, note, path, quantity, QUANTITY_MAX, stockIdOf, write, type StockKey } from "./stock.key.contract";
import { transferActions, underwaySchema, type TransferCalls, type Underway } from "./stock.transfer.contract";

export { stockIdOf, type StockKey } from "./stock.key.contract";

/** Where units come from that are received. */
export const RECEIVE_REASONS = ["delivery", "production", "opening stock", "import"] as const;
export type ReceiveReason = (typeof RECEIVE_REASONS)[number];

export interface ReceiveStock extends StockKey {
  readonly quantity: number;
  readonly reason?: ReceiveReason;
  /** What there is to say beyond it: the number of the delivery note. */
  readonly note?: string;
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
  /** Promised to orders and checkouts, and still here. */
  readonly reserved: number;
  /** How many more may be promised than are on hand. */
  readonly backorderMax: number;
  /** What can be promised still: on hand and back orders, less what is reserved; never below none. */
  readonly available: number;
  /** What has been sent from here to another location and is not there yet. */
  readonly underway: Underway[];
}

/** How many units may be sold that are not there yet. */
export interface LimitBackorders extends StockKey {
  readonly backorderMax: number;
}

export interface StockCalls extends TransferCalls, HoldCalls {
  "stock.limit": { params: LimitBackorders; result: Receipt };
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
  reserved: quantity.required(),
  backorderMax: quantity.required(),
  available: Joi.number()
    .integer()
    .min(0)
    .max(2 * QUANTITY_MAX)
    .required(),
  underway: underwaySchema.required(),
});

export const stockContract: Contract<StockCalls> = {
  aggregate: "stock",
  actions: {
    "stock.receive": {
      ...write,
      // of what is not in memory most is received for the first time; where it is not, the insert tells
      first: true,
      summary: "Receive units of an offer at a location",
      params: Joi.object<ReceiveStock, true>({
        ...key,
        quantity: quantity.min(1).required(),
        reason: Joi.string().valid(...RECEIVE_REASONS),
        note,
      }),
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
    "stock.limit": {
      ...write,
      summary: "Say how many units may be sold that are not there yet",
      params: Joi.object<LimitBackorders, true>({ ...key, backorderMax: quantity.required() }),
      http: { method: "PUT", path: `${path}/backorders` },
    },
    ...holdActions,
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
