import Joi from "joi";
import { PUBLIC, type ActionContract, type Contract, type Receipt } from "../kernel/contract";
import { idSchema, plainText, type Text } from "../kernel/text";
import { beginningSchemas, partSchemas, type ApplicationParts, type Beginning } from "./application.contract";
import { glanceSchema, listSchema, profileSchema } from "./seller.result.contract";

export type SellerStatus = "draft" | "submitted" | "active" | "suspended" | "closed";

export interface ApplyAsSeller extends Beginning {
  /** The account that applies, and that the seller will belong to. */
  readonly accountId: string;
}

export interface SellerId {
  readonly id: string;
}

export interface SaveApplication extends SellerId, Partial<Beginning>, ApplicationParts {}

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

export interface ReviseSeller extends SellerId {
  readonly name?: string;
  readonly about?: Text;
}

/** What everybody may know of a seller. */
export interface SellerProfile {
  readonly id: string;
  readonly version: number;
  readonly status: SellerStatus;
  readonly name: string;
  readonly about: Text;
  readonly country: string;
  /** ISO 8601; null for one that was never approved. */
  readonly activeSince: string | null;
}

/** Whether a seller may sell, for other services. */
export interface SellerGlance {
  readonly status: SellerStatus;
  readonly name: string;
}

export interface ListSellers {
  /** Words of the name. */
  readonly q?: string;
  readonly status?: SellerStatus;
  readonly limit: number;
  /** From the last answer: the next page. */
  readonly cursor?: string;
}

export interface ListedSellers {
  readonly items: SellerProfile[];
  readonly total: number;
  readonly cursor: string | null;
}

export interface SellerCalls {
  "seller.apply": { params: ApplyAsSeller; result: Receipt };
  "seller.save": { params: SaveApplication; result: Receipt };
  "seller.submit": { params: SellerId; result: Receipt };
  "seller.approve": { params: SellerId; result: Receipt };
  "seller.return": { params: ReturnApplication; result: Receipt };
  "seller.suspend": { params: SuspendSeller; result: Receipt };
  "seller.reinstate": { params: SellerId; result: Receipt };
  "seller.close": { params: SuspendSeller; result: Receipt };
  "seller.revise": { params: ReviseSeller; result: Receipt };
  "seller.get": { params: SellerId; result: SellerProfile };
  "seller.peek": { params: SellerId; result: SellerGlance };
  "seller.list": { params: ListSellers; result: ListedSellers };
}

const id = idSchema.required();
const byId = Joi.object<SellerId, true>({ id });
const reason = plainText(500).min(1).required();
const withReason = Joi.object<SuspendSeller, true>({ id, reason });

/** Before it is approved, an application belongs to the account that made it. */
const applying = { permission: "seller.apply", owner: { field: "accountId" } } as const;

/** A command on one seller: `POST /v1/sellers/{id}/<verb>`. */
const toSeller = (verb: string, summary: string) =>
  ({ kind: "command", key: "id", summary, http: { method: "POST", path: `/v1/sellers/{id}/${verb}` } }) as const;

const list: ActionContract<ListSellers, ListedSellers> = {
  kind: "query",
  summary: "Sellers by name and status",
  params: Joi.object<ListSellers, true>({
    q: plainText(100).allow(""),
    status: Joi.string().valid("draft", "submitted", "active", "suspended", "closed"),
    limit: Joi.number().integer().min(1).max(100).default(24),
    cursor: Joi.string().max(2_000),
  }),
  result: listSchema,
  permission: "seller.read",
  owner: "platform",
  http: { method: "GET", path: "/v1/sellers" },
};

export const sellerContract: Contract<SellerCalls> = {
  aggregate: "seller",
  actions: {
    "seller.apply": {
      kind: "create",
      summary: "Apply to sell in the mall: a draft that is completed step by step",
      params: Joi.object<ApplyAsSeller, true>({
        accountId: id,
        name: beginningSchemas.name.required(),
        country: beginningSchemas.country.required(),
        form: beginningSchemas.form.required(),
      }),
      ...applying,
      http: { method: "POST", path: "/v1/sellers" },
    },
    "seller.save": {
      kind: "command",
      key: "id",
      summary: "Save a part of the application; parts left out stay as they are",
      params: Joi.object<SaveApplication, true>({ id, ...beginningSchemas, ...partSchemas }).min(2),
      ...applying,
      http: { method: "PATCH", path: "/v1/sellers/{id}/application" },
    },
    "seller.submit": {
      ...toSeller("submit", "Hand the application in: from now on it waits for the mall's decision"),
      params: byId,
      ...applying,
    },
    "seller.approve": {
      ...toSeller("approve", "Let a seller in"),
      params: byId,
      permission: "seller.approve",
      owner: "platform",
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
    "seller.revise": {
      kind: "command",
      key: "id",
      summary: "Change what shoppers see of an active seller",
      params: Joi.object<ReviseSeller, true>({ id, name: beginningSchemas.name, about: partSchemas.about }).min(2),
      permission: "seller.write",
      owner: { field: "id" },
      http: { method: "PATCH", path: "/v1/sellers/{id}" },
    },
    "seller.get": {
      kind: "query",
      key: "id",
      summary: "A seller's public profile",
      params: byId,
      result: profileSchema,
      permission: PUBLIC,
      owner: { field: "id" },
      http: { method: "GET", path: "/v1/sellers/{id}" },
    },
    "seller.peek": {
      kind: "query",
      key: "id",
      summary: "Whether a seller may sell, for other services",
      params: byId,
      result: glanceSchema,
      permission: PUBLIC,
      owner: { field: "id" },
    },
    "seller.list": list,
  },
};
