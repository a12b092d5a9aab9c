/** What is answered about memberships, as schemas: for OpenAPI, and held against real answers by a test. */
import Joi from "../kernel/schema";
import { idSchema } from "../kernel/text";
import type { Joined, ListedStaff, MembershipHit, MembershipNote, MembershipView } from "./membership.contract";

const id = idSchema.required();

export const roleSchema = Joi.string().valid("seller-owner", "seller-staff");
export const codeSchema = Joi.string().max(128).required();

const hit = {
  id,
  version: Joi.number().integer().min(1).required(),
  sellerId: id,
  role: roleSchema.required(),
  status: Joi.string().valid("invited", "accepted", "member", "leaving", "ended").required(),
  accountId: idSchema.allow(null).required(),
};

export const membershipSchema = Joi.object<MembershipView, true>({
  ...hit,
  email: Joi.string().allow(null).required().description("Null once it was accepted or has ended"),
});
export const membershipListSchema = Joi.object<ListedStaff, true>({
  items: Joi.array().items(Joi.object<MembershipHit, true>(hit)).max(200).required(),
});
export const joinedSchema = Joi.object<Joined, true>({ sellerId: id, role: roleSchema.required() });
export const noteSchema = Joi.object<MembershipNote, true>({ id, status: Joi.string().valid("sent").required() });
