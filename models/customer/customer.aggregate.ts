import type { Aggregate } from "../kernel/aggregate";
import type { AssignGroups, CustomerId } from "./customer.contract";

export type CustomerState =
  { readonly status: "absent" } | ({ readonly status: "known"; readonly groups: readonly string[] } & CustomerId);

export interface CustomerEvent {
  readonly type: "customer.assigned";
  readonly data: AssignGroups;
}

export interface CustomerCommands {
  "customer.assign": AssignGroups;
}

export const customer: Aggregate<CustomerState, CustomerCommands, CustomerEvent> = {
  name: "customer",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "customer.assign": (_state, data) => [{ type: "customer.assigned", data }],
  },
  evolve: {
    "customer.assigned": (_state, data) => ({ status: "known", ...data }),
  },
};
