import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { plainText, textSchema, type Text } from "../kernel/text";

/** What a role permits. The id is the name by which grants speak of it: `warehouse-staff`. */
export interface DefineRole {
  readonly id: string;
  readonly name: Text;
  readonly permissions: string[];
}

export interface ReviseRole {
  readonly id: string;
  readonly name?: Text;
  readonly permissions?: string[];
}

export interface RoleId {
  readonly id: string;
}

export interface RoleView extends DefineRole {
  /** 0 for a role that is as it was built in. */
  readonly version: number;
  readonly status: "defined" | "retired";
  readonly builtin: boolean;
}

export interface ListedRoles {
  readonly items: RoleView[];
}

export interface RoleCalls {
  "role.define": { params: DefineRole; result: Receipt };
  "role.revise": { params: ReviseRole; result: Receipt };
  "role.retire": { params: RoleId; result: Receipt };
  "role.get": { params: RoleId; result: RoleView };
  "role.list": { params: object; result: ListedRoles };
}

export const ROLES_MAX = 500;
export const PERMISSIONS_MAX = 200;

const id = plainText(40)
  .pattern(/^[a-z][a-z0-9-]*$/, "role name")
  .required();
const name = textSchema(100);
/** `*` is no permission that a role can be given: the admin-owner alone has it. */
const permissions = Joi.array()
  .items(plainText(60).pattern(/^[a-z]+\.[a-z][a-z-]*$/, "permission"))
  .unique()
  .max(PERMISSIONS_MAX);
const path = "/v1/roles/{id}";
// a role is worth what everybody has who holds it: two people change it
const write = { kind: "command", key: "id", permission: "role.write", owner: "platform", fourEyes: true } as const;
const read = { kind: "query", permission: "role.read", owner: "platform" } as const;

const view = Joi.object<RoleView, true>({
  id,
  name: name.required(),
  // built in: every permission
  permissions: Joi.array().items(plainText(60)).max(PERMISSIONS_MAX).required(),
  version: Joi.number().integer().min(0).required(),
  status: Joi.string().valid("defined", "retired").required(),
  builtin: Joi.boolean().required(),
});

export const roleContract: Contract<RoleCalls> = {
  aggregate: "role",
  actions: {
    "role.define": {
      ...write,
      summary: "Define a role: what those who hold it may do",
      params: Joi.object<DefineRole, true>({ id, name: name.required(), permissions: permissions.required() }),
      http: { method: "PUT", path },
    },
    "role.revise": {
      ...write,
      summary: "Change a role's name or permissions",
      params: Joi.object<ReviseRole, true>({ id, name, permissions }).or("name", "permissions"),
      http: { method: "PATCH", path },
    },
    "role.retire": {
      ...write,
      summary: "Retire a role: it permits nothing any more",
      params: Joi.object<RoleId, true>({ id }),
      http: { method: "POST", path: `${path}/retire` },
    },
    "role.get": {
      ...read,
      key: "id",
      summary: "One role",
      params: Joi.object<RoleId, true>({ id }),
      result: view,
      http: { method: "GET", path },
    },
    "role.list": {
      ...read,
      summary: "All roles, those built in included",
      params: Joi.object({}),
      result: Joi.object<ListedRoles, true>({ items: Joi.array().items(view).max(ROLES_MAX).required() }),
      http: { method: "GET", path: "/v1/roles" },
    },
  },
};
