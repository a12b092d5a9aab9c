/** Returns of a guest's order, by the key that came by mail. */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { byGuest, guestKey, type GuestKey } from "../order/order.guest.contract";
import {
  askedReturn,
  requestedReturn,
  returnView,
  type RequestedReturn,
  type RequestReturn,
  type ReturnId,
  type ReturnView,
} from "./return.view.contract";

/** Of a guest's order, by the key that came by mail. */
export interface GuestsReturn extends ReturnId, GuestKey {
  readonly orderId: string;
}

export interface ReturnGuestCalls {
  "return.trackRequest": { params: RequestReturn & GuestKey; result: RequestedReturn };
  "return.trackGet": { params: GuestsReturn; result: ReturnView };
  "return.trackWithdraw": { params: GuestsReturn; result: RequestedReturn };
}

const id = idSchema.required();
const ofGuestsOrder = Joi.object<GuestsReturn, true>({ id, orderId: id, key: guestKey });

export const returnGuest: Actions<ReturnGuestCalls> = {
  "return.trackRequest": {
    ...byGuest,
    summary: "Ask to give units of a guest's order back, by the key that came by mail",
    params: Joi.object<RequestReturn & GuestKey, true>({ ...askedReturn, key: guestKey }),
    result: requestedReturn,
    http: { method: "POST", path: "/v1/orders/{orderId}/track/returns" },
  },
  "return.trackGet": {
    ...byGuest,
    kind: "query",
    key: "id",
    summary: "One return of a guest's order, by the key that came by mail",
    params: ofGuestsOrder,
    result: returnView,
    http: { method: "GET", path: "/v1/orders/{orderId}/track/returns/{id}" },
  },
  "return.trackWithdraw": {
    ...byGuest,
    key: "id",
    summary: "Keep it after all, as a guest",
    params: ofGuestsOrder,
    result: requestedReturn,
    http: { method: "POST", path: "/v1/orders/{orderId}/track/returns/{id}/withdraw" },
  },
};
