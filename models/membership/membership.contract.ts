/** Who works for a seller: invited by mail, accepted by an account, and then a grant of that account. */
import type { ObjectSchema } from "joi";
import Joi from "../kernel/schema";
import type { ActionContract, Contract, Receipt } from "../kernel/contract";
import { idSchema, plainText } from "../kernel/text";
import {
  codeSchema,
  joinedSchema,
  membershipListSchema,
  membershipSchema,
  noteSchema,
  roleSchema,
} from "./membership.result.contract";

export type StaffRole = "seller-owner" | "seller-staff";
/** `accepted` and `leaving` last until the account was given, or lost, its grant. */
export type MembershipStatus = "invited" | "accepted" | "member" | "leaving" | "ended";

export interface MembershipId {
  readonly id: string;
}

export interface InviteStaff {
  readonly sellerId: string;
  readonly email: string;
  readonly role: StaffRole;
}

export interface OfferMembership extends InviteStaff, MembershipId {
  /** A MAC over the address: one address is invited to a seller once at a time. */
  readonly emailKey: string;
}

/** Somebody belongs to a seller from the beginning: who applied. */
export interface FoundMembership extends MembershipId {
  readonly sellerId: string;
  readonly role: StaffRole;
  readonly accountId: string;
}

export interface AcceptMembership extends MembershipId {
  readonly accountId: string;
}

export interface JoinSeller {
  /** From the mail. */
  readonly code: string;
}

export interface Joined {
  readonly sellerId: string;
  readonly role: StaffRole;
}

export interface MembershipNote {
  readonly id: string;
  readonly status: "sent";
}

export interface MembershipView {
  readonly id: string;
  readonly version: number;
  readonly sellerId: string;
  readonly role: StaffRole;
  readonly status: MembershipStatus;
  /** To which it was sent; null once it was accepted or has ended. */
  readonly email: string | null;
  readonly accountId: string | null;
}

export type MembershipHit = Omit<MembershipView, "email">;

export interface ListStaff {
  readonly sellerId: string;
  readonly limit: number;
}

export interface ListedStaff {
  readonly items: MembershipHit[];
}

export interface MembershipCalls {
  "membership.invite": { params: InviteStaff; result: MembershipNote };
  "membership.join": { params: JoinSeller; result: Joined };
  "membership.settle": { params: MembershipId; result: MembershipHit };
  "membership.offer": { params: OfferMembership; result: Receipt };
  "membership.found": { params: FoundMembership; result: Receipt };
  "membership.accept": { params: AcceptMembership; result: Receipt };
  "membership.confirm": { params: MembershipId; result: Receipt };
  "membership.remove": { params: MembershipId; result: Receipt };
  "membership.release": { params: MembershipId; result: Receipt };
  "membership.expire": { params: MembershipId; result: Receipt };
  "membership.peek": { params: MembershipId; result: MembershipHit };
  "membership.get": { params: MembershipId; result: MembershipView };
  "membership.list": { params: ListStaff; result: ListedStaff };
}

const id = idSchema.required();
const byId = Joi.object<MembershipId, true>({ id });
const email = plainText(254).email({ tlds: false }).required();
const internal = { permission: "membership.keep", owner: "platform" } as const;
const read = { kind: "query", permission: "membership.read", owner: { field: "sellerId" } } as const;

/** A step that only the mall itself takes. */
const step = <P extends MembershipId>(summary: string, params: ObjectSchema<P>): ActionContract<P, Receipt> => ({
  kind: "command",
  key: "id",
  summary,
  params,
  ...internal,
});

export const membershipContract: Contract<MembershipCalls> = {
  aggregate: "membership",
  actions: {
    "membership.invite": {
      kind: "procedure",
      summary: "Invite somebody to work for a seller; a code comes by mail",
      params: Joi.object<InviteStaff, true>({ sellerId: id, email, role: roleSchema.required() }),
      result: noteSchema,
      permission: "membership.write",
      owner: { field: "sellerId" },
      http: { method: "POST", path: "/v1/sellers/{sellerId}/members" },
    },
    "membership.join": {
      kind: "procedure",
      summary: "Accept an invitation with the code from the mail",
      params: Joi.object<JoinSeller, true>({ code: codeSchema }),
      result: joinedSchema,
      permission: "membership.join",
      owner: "caller",
      http: { method: "POST", path: "/v1/memberships/join" },
    },
    "membership.settle": {
      kind: "procedure",
      key: "id",
      summary: "Give or take the grant that a membership stands for",
      params: byId,
      ...internal,
    },
    "membership.offer": step(
      "Offer a membership",
      Joi.object<OfferMembership, true>({
        id,
        sellerId: id,
        email,
        role: roleSchema.required(),
        emailKey: plainText(64).required(),
      }),
    ),
    "membership.found": step(
      "Begin a membership without an invitation",
      Joi.object<FoundMembership, true>({ id, sellerId: id, role: roleSchema.required(), accountId: id }),
    ),
    "membership.accept": step("Accept", Joi.object<AcceptMembership, true>({ id, accountId: id })),
    "membership.confirm": step("The account has its grant", byId),
    "membership.remove": {
      kind: "command",
      key: "id",
      summary: "Take back an invitation, or end a membership",
      params: byId,
      permission: "membership.write",
      owner: { field: "sellerId" },
      http: { method: "DELETE", path: "/v1/memberships/{id}" },
    },
    "membership.release": step("The account has lost its grant", byId),
    "membership.expire": step("Nobody accepted in time", byId),
    "membership.peek": {
      kind: "query",
      key: "id",
      summary: "Where a membership stands, for the mall's own steps",
      params: byId,
      ...internal,
    },
    "membership.get": {
      ...read,
      key: "id",
      summary: "One membership",
      params: byId,
      result: membershipSchema,
      // an invited address is a subject of its own: see membership.model.ts
      discloses: { of: ({ id: membership, email: address }) => (address === null ? [] : [`membership-${membership}`]) },
      http: { method: "GET", path: "/v1/memberships/{id}" },
    },
    "membership.list": {
      ...read,
      summary: "Who works for a seller, and who is invited",
      params: Joi.object<ListStaff, true>({ sellerId: id, limit: Joi.number().integer().min(1).max(200).default(50) }),
      result: membershipListSchema,
      http: { method: "GET", path: "/v1/sellers/{sellerId}/members" },
    },
  },
};
