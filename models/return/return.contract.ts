/**
 * Goods that come back, or are complained about: asked for, approved, inspected, settled. `return`: back against money;
 * `exchange`: back against the same again; `claim`: nothing comes back (lost, broken), and it is paid back.
 */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { orderAmount } from "../order/order.place.contract";
import { returnGuest, type ReturnGuestCalls } from "./return.guest.contract";
import {
  askedReturn,
  inspectedLines,
  openReturn,
  requestedReturn,
  RETURN_TASKS,
  returnReason,
  returnStatus,
  returnView,
  type InspectReturn,
  type OpenReturn,
  type RecordReturn,
  type RejectReturn,
  type RequestedReturn,
  type RequestReturn,
  type ReturnId,
  type ReturnStatus,
  type ReturnView,
} from "./return.view.contract";

import { returnTerms, type AskReturnTerms, type ReturnTerms } from "./return.window.contract";

export {
  RETURN_KINDS,
  RETURN_STATUSES,
  returnViewOf,
  type InspectedLine,
  type KeptReturn,
  type InspectReturn,
  type OpenReturn,
  type RecordReturn,
  type RejectReturn,
  type RequestedReturn,
  type RequestReturn,
  type ReturnId,
  type ReturnKind,
  type ReturnExchange,
  type ReturnStatus,
  type ReturnTask,
  type ReturnView,
} from "./return.view.contract";

export interface SoldReturn extends ReturnId {
  readonly sellerId: string;
}

export interface ListReturns {
  readonly status?: ReturnStatus;
  readonly orderId?: string;
  readonly limit: number;
}

export interface ListSellersReturns extends ListReturns {
  readonly sellerId: string;
}

export interface ListedReturns {
  readonly items: ReturnView[];
}

export interface ReturnCalls extends ReturnGuestCalls {
  "return.request": { params: RequestReturn; result: RequestedReturn };
  "return.open": { params: OpenReturn; result: Receipt };
  "return.approve": { params: ReturnId; result: Receipt };
  "return.reject": { params: RejectReturn; result: Receipt };
  "return.withdraw": { params: ReturnId; result: Receipt };
  "return.inspect": { params: InspectReturn; result: Receipt };
  "return.letGo": { params: ReturnId; result: Receipt };
  "return.carryOut": { params: ReturnId; result: RequestedReturn };
  "return.record": { params: RecordReturn; result: Receipt };
  "return.terms": { params: AskReturnTerms; result: ReturnTerms };
  "return.get": { params: ReturnId; result: ReturnView };
  "return.sold": { params: SoldReturn; result: ReturnView };
  "return.mine": { params: ListReturns; result: ListedReturns };
  "return.ofSeller": { params: ListSellersReturns; result: ListedReturns };
}

const id = idSchema.required();
const byId = Joi.object<ReturnId, true>({ id });
const [reason, status, asked] = [returnReason, returnStatus, askedReturn];
const [inspected, whole, requested, view] = [inspectedLines, openReturn, requestedReturn, returnView];
const list = { status, orderId: idSchema, limit: Joi.number().integer().min(1).max(100).default(20) };
const listed = Joi.object<ListedReturns, true>({ items: Joi.array().items(view).max(100).required() });

const onOne = { kind: "command", key: "id" } as const;
const ofSeller = { ...onOne, permission: "return.decide", owner: { field: "sellerId" } } as const;
const ofMall = { ...onOne, permission: "return.carry-out", owner: "platform" } as const;
const ofCustomer = { permission: "return.request", owner: { field: "customerId" } } as const;
const route = (path: string) => ({ http: { method: "POST", path: `/v1/returns/{id}/${path}` } }) as const;

export const returnContract: Contract<ReturnCalls> = {
  aggregate: "return",
  actions: {
    "return.request": {
      kind: "procedure",
      summary: "Ask to give units of an own order back, to exchange them, or complain about them",
      params: Joi.object<RequestReturn, true>(asked),
      result: requested,
      permission: "return.request",
      owner: "caller",
      http: { method: "POST", path: "/v1/me/returns" },
    },
    ...returnGuest,
    // not strict: Joi has no word for read-only lists
    "return.open": { ...ofMall, summary: "Keep what was asked for", params: Joi.object<OpenReturn>(whole) },
    "return.approve": { ...ofSeller, summary: "Let a return come", params: byId, ...route("approve") },
    "return.reject": {
      ...ofSeller,
      summary: "Refuse a return, with a reason",
      params: Joi.object<RejectReturn, true>({ id, reason: reason.required() }),
      ...route("reject"),
    },
    "return.withdraw": { ...onOne, ...ofCustomer, summary: "Keep it after all", params: byId, ...route("withdraw") },
    "return.inspect": {
      ...ofSeller,
      summary: "Say what came back, and in which state: then it is paid back or replaced",
      params: Joi.object<InspectReturn, true>({ id, lines: inspected, keepMinor: orderAmount }),
      ...route("inspect"),
    },
    "return.letGo": {
      ...ofMall,
      summary: "Hold the articles of an exchange no longer: nothing came back for them; sent by its timer",
      params: byId,
    },
    "return.carryOut": {
      ...ofMall,
      kind: "procedure",
      summary: "Do what the return's last step asks for; sent by its timer",
      params: byId,
      result: requested,
    },
    "return.record": {
      ...ofMall,
      summary: "Record what was done of it",
      params: Joi.object<RecordReturn, true>({
        id,
        did: Joi.string()
          .valid(...RETURN_TASKS)
          .required(),
        refused: reason,
        replacementId: idSchema,
      }),
    },
    "return.terms": {
      kind: "query",
      summary: "Until when what of an own order may be given back, and who pays for sending it",
      params: Joi.object<AskReturnTerms, true>({ orderId: id }),
      result: returnTerms,
      permission: "return.request",
      owner: "caller",
      http: { method: "GET", path: "/v1/me/orders/{orderId}/return-terms" },
    },
    "return.get": {
      ...ofCustomer,
      kind: "query",
      key: "id",
      summary: "One return, for who bought",
      params: byId,
      result: view,
      http: { method: "GET", path: "/v1/returns/{id}" },
    },
    "return.sold": {
      ...ofSeller,
      kind: "query",
      summary: "One return, for who sold",
      params: Joi.object<SoldReturn, true>({ id, sellerId: id }),
      result: view,
      http: { method: "GET", path: "/v1/sellers/{sellerId}/returns/{id}" },
    },
    "return.mine": {
      kind: "query",
      summary: "One's own returns, newest first",
      params: Joi.object<ListReturns, true>(list),
      result: listed,
      permission: "return.request",
      owner: "caller",
      http: { method: "GET", path: "/v1/me/returns" },
    },
    "return.ofSeller": {
      kind: "query",
      summary: "A seller's returns, newest first",
      params: Joi.object<ListSellersReturns, true>({ ...list, sellerId: id }),
      result: listed,
      permission: "return.decide",
      owner: { field: "sellerId" },
      http: { method: "GET", path: "/v1/sellers/{sellerId}/returns" },
    },
  },
};
