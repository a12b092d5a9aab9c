/** What the mall decides on: letting sellers in, sending applications back, suspending, reinstating and closing. */
import Joi from "../kernel/schema";
import type { Actions, Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";

export interface SellerId {
  readonly id: string;
}

/** Why an application is sent back: what is wrong with which part. */
export interface Reason {
  readonly part: string;
  readonly why: string;
}

export interface ReturnApplication extends SellerId {
  readonly reasons: Reason[];
}

export interface SuspendSeller extends SellerId {
  readonly reason: string;
}

/** Who applied owns the seller from now on. */
export interface Settled {
  readonly id: string;
}

export interface ReviewCalls {
  "seller.approve": { params: SellerId; result: Receipt };
  "seller.return": { params: ReturnApplication; result: Receipt };
  "seller.suspend": { params: SuspendSeller; result: Receipt };
  "seller.reinstate": { params: SellerId; result: Receipt };
  "seller.close": { params: SuspendSeller; result: Receipt };
  "seller.settle": { params: SellerId; result: Settled };
  "seller.establish": { params: SellerId; result: Receipt };
}

const id = idSchema.required();
const byId = Joi.object<SellerId, true>({ id });
const reason = plainText(500).min(1).required();
const withReason = Joi.object<SuspendSeller, true>({ id, reason });

const internal = { permission: "seller.keep", owner: "platform" } as const;

/** A command on one seller: `POST /v1/sellers/{id}/<verb>`. */
export const toSeller = (verb: string, summary: string) =>
  ({ kind: "command", key: "id", summary, http: { method: "POST", path: `/v1/sellers/{id}/${verb}` } }) as const;

export const review: Actions<ReviewCalls> = {
  "seller.approve": {
    ...toSeller("approve", "Let a seller in"),
    params: byId,
    permission: "seller.approve",
    owner: "platform",
    fourEyes: true,
  },
  "seller.return": {
    ...toSeller("return", "Send an application back with what is wrong"),
    params: Joi.object<ReturnApplication, true>({
      id,
      reasons: Joi.array()
        .items(
          Joi.object<Reason, true>({
            part: plainText(32)
              .pattern(/^[a-z]+$/, "name of a part")
              .required(),
            why: plainText(500).min(1).required(),
          }),
        )
        .min(1)
        .max(20)
        .required(),
    }),
    permission: "seller.approve",
    owner: "platform",
  },
  "seller.suspend": {
    ...toSeller("suspend", "Suspend a seller: its offers vanish until it is reinstated"),
    params: withReason,
    permission: "seller.suspend",
    owner: "platform",
  },
  "seller.reinstate": {
    ...toSeller("reinstate", "Let a suspended seller sell again"),
    params: byId,
    permission: "seller.suspend",
    owner: "platform",
  },
  "seller.close": {
    ...toSeller("close", "Close a seller for good: its offers vanish"),
    params: withReason,
    permission: "seller.close",
    owner: { field: "id" },
  },
  "seller.settle": {
    kind: "procedure",
    key: "id",
    summary: "Make who applied the owner of the seller that was let in",
    params: byId,
    ...internal,
  },
  "seller.establish": {
    kind: "command",
    key: "id",
    summary: "The seller has its owner",
    params: byId,
    ...internal,
  },
};
