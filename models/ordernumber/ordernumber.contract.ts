/** Numbers for a channel's orders, handed out in blocks: a number is used once, and some are never used. */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";

export interface TakeNumbers {
  readonly channelId: string;
}

export interface OrderNumberCalls {
  /** The receipt's version is the block: see `blockOf`. */
  "ordernumber.take": { params: TakeNumbers; result: Receipt };
}

const BLOCK = 100;
const FIRST = 100_000;

/** The numbers of a block. */
export const blockOf = (version: number): { readonly from: number; readonly to: number } => {
  const from = FIRST + (version - 1) * BLOCK + 1;
  return { from, to: from + BLOCK - 1 };
};

export const orderNumberContract: Contract<OrderNumberCalls> = {
  aggregate: "ordernumber",
  actions: {
    "ordernumber.take": {
      kind: "command",
      key: "channelId",
      summary: "Take the next block of order numbers of a channel",
      params: Joi.object<TakeNumbers, true>({ channelId: idSchema.required() }),
      permission: "order.place",
      owner: "platform",
    },
  },
};
