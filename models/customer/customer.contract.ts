/** What the mall knows of an account as a customer: the groups for which there are prices and promotions. */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { groupSchema } from "../pricelist/pricelist.contract";

export interface CustomerId {
  /** The account's id. */
  readonly id: string;
}

export interface AssignGroups extends CustomerId {
  /** In place of those that it had. */
  readonly groups: readonly string[];
}

export interface CustomerView extends CustomerId {
  readonly groups: readonly string[];
}

export interface CustomerCalls {
  "customer.assign": { params: AssignGroups; result: Receipt };
  "customer.get": { params: CustomerId; result: CustomerView };
}

export const GROUPS_MAX = 10;

const id = idSchema.required();
const groups = Joi.array().items(groupSchema).unique().max(GROUPS_MAX).required();

export const customerContract: Contract<CustomerCalls> = {
  aggregate: "customer",
  actions: {
    "customer.assign": {
      kind: "command",
      key: "id",
      summary: "Say which customer groups an account belongs to",
      params: Joi.object<AssignGroups>({ id, groups }),
      permission: "customer.write",
      owner: "platform",
      http: { method: "PUT", path: "/v1/customers/{id}/groups" },
    },
    "customer.get": {
      kind: "query",
      key: "id",
      summary: "The customer groups of an account; none when nobody ever said",
      params: Joi.object<CustomerId, true>({ id }),
      result: Joi.object<CustomerView>({ id, groups }),
      permission: "customer.read",
      owner: { field: "id" },
      http: { method: "GET", path: "/v1/customers/{id}/groups" },
    },
  },
};
