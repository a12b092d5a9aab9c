/**
 * What a guest does with an own order: what an account's customer does, by the key that came by mail. An order of an
 * account is shown by its key, and changed only by who is signed in: mails are forwarded.
 */
import Joi from "../kernel/schema";
import { addressSchema } from "../cart/cart.quote.contract";
import { PUBLIC, type Actions } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import type { CancelOrder, RedirectOrder, TrackOrder } from "./order.commands.contract";
import type { RaiseRef } from "./order.raise.contract";
import { orderViewSchema, type OrderView } from "./order.view.contract";

export interface GuestKey {
  readonly key: string;
}

/** The order as it stands after it. */
export interface GuestChanged {
  readonly id: string;
  readonly version: number;
}

export interface OrderGuestCalls {
  "order.ofGuest": { params: TrackOrder; result: OrderView };
  "order.trackCancel": { params: CancelOrder & GuestKey; result: GuestChanged };
  "order.trackRedirect": { params: RedirectOrder & GuestKey; result: GuestChanged };
  "order.trackRefuseRaise": { params: RaiseRef & GuestKey; result: GuestChanged };
}

const id = idSchema.required();
export const guestKey = plainText(64).min(1).required();
export const byGuest = { kind: "procedure", permission: PUBLIC, owner: "caller" } as const;

const procedure = {
  ...byGuest,
  key: "id",
  result: Joi.object<GuestChanged, true>({ id, version: versionSchema.required() }),
} as const;
const path = "/v1/orders/{id}/track";

export const orderGuest: Actions<OrderGuestCalls> = {
  "order.ofGuest": {
    kind: "query",
    key: "id",
    permission: "order.settle",
    owner: "platform",
    summary: "A guest's order, for who has its key; for other services",
    params: Joi.object<TrackOrder, true>({ id, key: guestKey }),
    result: orderViewSchema,
  },
  "order.trackCancel": {
    ...procedure,
    summary: "Cancel what is not sent yet of a guest's order, by the key that came by mail",
    params: Joi.object<CancelOrder & GuestKey, true>({ id, key: guestKey, reason: plainText(500).min(1) }),
    http: { method: "POST", path: `${path}/cancel` },
  },
  "order.trackRedirect": {
    ...procedure,
    summary: "Send a guest's order elsewhere, by the key that came by mail",
    params: Joi.object<RedirectOrder & GuestKey, true>({
      id,
      key: guestKey,
      shippingAddress: addressSchema.required(),
    }),
    http: { method: "POST", path: `${path}/address` },
  },
  "order.trackRefuseRaise": {
    ...procedure,
    summary: "Leave a guest's order as it is, whatever its seller proposes",
    params: Joi.object<RaiseRef & GuestKey, true>({ id, key: guestKey, raiseId: plainText(12).min(1).required() }),
    http: { method: "POST", path: `${path}/raise/{raiseId}/refuse` },
  },
};
