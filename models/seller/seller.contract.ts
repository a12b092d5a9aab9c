import Joi from "../kernel/schema";
import { PUBLIC, type ActionContract, type Contract, type Receipt } from "../kernel/contract";
import type { ToVersion } from "../kernel/restoring";
import { idSchema, plainText, versionSchema, type Text } from "../kernel/text";
import { beginningSchemas, partSchemas, type ApplicationParts, type Beginning } from "./application.contract";
import type { Guided, Step } from "./guide.contract";
import { imprint, type ImprintCalls } from "./seller.imprint.contract";
import { review, toSeller, type Reason, type ReviewCalls, type SellerId } from "./seller.review.contract";
import { applicationSchema, glanceSchema, listSchema, ownSchema, profileSchema } from "./seller.result.contract";

export type { AmendSeller, SellerImprint } from "./seller.imprint.contract";

export type SellerStatus = "draft" | "submitted" | "active" | "suspended" | "closed";

export interface SaveApplication extends SellerId, Partial<Beginning>, ApplicationParts {}

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

/** What the applicant has said, and what is to be done next. */
export interface ApplicationView extends Guided {
  readonly id: string;
  readonly version: number;
  readonly status: SellerStatus;
  /** The account that applied. */
  readonly accountId: string;
  /** Why it was sent back; empty when it was not. */
  readonly reasons: readonly Reason[];
  readonly steps: readonly Step[];
  /** The first step that is not done; null when the application can be handed in, or was. */
  readonly next: Step | null;
}

/** For other services. */
export interface SellerGlance {
  readonly status: SellerStatus;
  readonly name: string;
}

export interface Admitted {
  /** False for a seller that the mall does not know, as imports name them. */
  readonly known: boolean;
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

/** What somebody applied for, as far as a list needs it: the rest tells `seller.application`. */
export interface OwnApplication {
  readonly id: string;
  readonly version: number;
  readonly status: SellerStatus;
  readonly name: string;
}

export interface OwnApplications {
  /** The last changed first, ten at most. */
  readonly items: readonly OwnApplication[];
}

export interface SellerCalls extends ReviewCalls, ImprintCalls {
  "seller.apply": { params: Beginning; result: Receipt };
  "seller.save": { params: SaveApplication; result: Receipt };
  "seller.submit": { params: SellerId; result: Receipt };
  "seller.withdraw": { params: SellerId; result: Receipt };
  "seller.revise": { params: ReviseSeller; result: Receipt };
  "seller.revert": { params: ToVersion; result: Receipt };
  "seller.get": { params: SellerId; result: SellerProfile };
  "seller.application": { params: SellerId; result: ApplicationView };
  "seller.admit": { params: SellerId; result: Admitted };
  "seller.peek": { params: SellerId; result: SellerGlance };
  "seller.list": { params: ListSellers; result: ListedSellers };
  "seller.mine": { params: object; result: OwnApplications };
}

const id = idSchema.required();
const byId = Joi.object<SellerId, true>({ id });

/** Before it is approved, an application belongs to the account that made it. */
const applying = { permission: "seller.apply", owner: { field: "accountId" } } as const;

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
      params: Joi.object<Beginning, true>({
        name: beginningSchemas.name.required(),
        country: beginningSchemas.country.required(),
        form: beginningSchemas.form.required(),
      }),
      permission: "seller.apply",
      owner: "caller",
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
    "seller.withdraw": {
      ...toSeller("withdraw", "Take back an application that is not decided yet"),
      params: byId,
      ...applying,
    },
    ...review,
    ...imprint,
    "seller.revise": {
      kind: "command",
      key: "id",
      summary: "Change what shoppers see of an active seller",
      params: Joi.object<ReviseSeller, true>({ id, name: beginningSchemas.name, about: partSchemas.about }).min(2),
      permission: "seller.write",
      owner: { field: "id" },
      http: { method: "PATCH", path: "/v1/sellers/{id}" },
    },
    "seller.revert": {
      kind: "command",
      key: "id",
      summary: "Bring back what shoppers saw of a seller at an earlier version; reached by restoring its history",
      params: Joi.object<ToVersion, true>({ id, version: versionSchema.required() }),
      permission: "seller.write",
      owner: { field: "id" },
      restores: ["name", "about"],
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
    "seller.application": {
      kind: "query",
      key: "id",
      summary: "An application: what was said, what is missing or wrong, and why",
      params: byId,
      result: applicationSchema,
      permission: "seller.read",
      owner: { field: "accountId" },
      discloses: { of: ({ accountId }) => [accountId] },
      http: { method: "GET", path: "/v1/sellers/{id}/application" },
    },
    "seller.admit": {
      kind: "query",
      key: "id",
      summary: "Refuse what a seller that is not active wants to write, for other services",
      params: byId,
      permission: PUBLIC,
      owner: { field: "id" },
    },
    "seller.peek": {
      kind: "query",
      key: "id",
      summary: "Name and status of a seller, for other services",
      params: byId,
      result: glanceSchema,
      permission: PUBLIC,
      owner: { field: "id" },
    },
    "seller.list": list,
    "seller.mine": {
      kind: "query",
      summary: "What one has applied for, wherever it was begun",
      params: Joi.object<object, true>({}),
      result: ownSchema,
      permission: "seller.apply",
      owner: "caller",
      http: { method: "GET", path: "/v1/me/applications" },
    },
  },
};
