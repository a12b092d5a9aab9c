/**
 * Goods that come back, or are complained about: asked for, approved, inspected, settled. `return`: back against money;
 * `exchange`: back against the same again; `claim`: nothing comes back (lost, broken), and it is paid back.
 */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText, versionSchema } from "../kernel/text";
import { unitsSchema } from "../order/order.inside.contract";
import type { OrderUnits } from "../order/order.commands.contract";
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

export interface ReturnCalls {
  "return.request": { params: RequestReturn; result: RequestedReturn };
  "return.open": { params: OpenReturn; result: Receipt };
  "return.approve": { params: ReturnId; result: Receipt };
  "return.reject": { params: RejectReturn; result: Receipt };
  "return.withdraw": { params: ReturnId; result: Receipt };
  "return.inspect": { params: InspectReturn; result: Receipt };
  "return.carryOut": { params: ReturnId; result: RequestedReturn };
  "return.record": { params: RecordReturn; result: Receipt };
  "return.get": { params: ReturnId; result: ReturnView };
  "return.sold": { params: SoldReturn; result: ReturnView };
  "return.mine": { params: ListReturns; result: ListedReturns };
  "return.ofSeller": { params: ListSellersReturns; result: ListedReturns };
}

const id = idSchema.required();
const byId = Joi.object<ReturnId, true>({ id });
const reason = plainText(500).min(1);
const kind = Joi.string().valid(...RETURN_KINDS);
const status = Joi.string().valid(...RETURN_STATUSES);
const asked = { orderId: id, kind: kind.required(), lines: unitsSchema.min(1).required(), reason: reason.required() };
const inspected = Joi.array()
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
const whole = { ...asked, id, sellerId: id, customerId: idSchema.allow(null).required() };
const requested = Joi.object<RequestedReturn, true>({ id, status: status.required() });
const view = Joi.object<ReturnView, true>({
  ...whole,
  version: versionSchema.required(),
  status: status.required(),
  requestedAt: Joi.string().isoDate().required(),
  decision: reason.allow(null).required(),
  inspected,
  keepMinor: orderAmount.required(),
  replacementId: idSchema.allow(null).required(),
});
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
    "return.open": { ...ofMall, summary: "Keep what was asked for", params: Joi.object<OpenReturn, true>(whole) },
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
        did: Joi.string().valid("admit", "settle").required(),
        refused: reason,
        replacementId: idSchema,
      }),
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
