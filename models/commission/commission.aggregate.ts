import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { CommissionScope, SetCommission } from "./commission.contract";

export interface KeptCommission extends SetCommission {
  readonly status: "active" | "ended";
}

export type CommissionState = { readonly status: "absent" } | KeptCommission;

export type CommissionEvent =
  | { readonly type: "commission.set"; readonly data: SetCommission }
  | { readonly type: "commission.ended"; readonly data: object };

export interface CommissionCommands {
  readonly "commission.set": SetCommission;
  readonly "commission.end": CommissionScope;
}

export const commission: Aggregate<CommissionState, CommissionCommands, CommissionEvent> = {
  name: "commission",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "commission.set": (state, params) => {
      if (state.status === "active" && state.rateBp === params.rateBp) return [];
      return [{ type: "commission.set", data: params }];
    },
    "commission.end": (state) => {
      if (state.status === "absent") return refuse("NOT_FOUND", "There is no rule for exactly this scope.");
      return state.status === "ended" ? [] : [{ type: "commission.ended", data: {} }];
    },
  },
  evolve: {
    "commission.set": (_state, data) => ({ ...data, status: "active" }),
    "commission.ended": (state) => ({ ...(state as KeptCommission), status: "ended" }),
  },
};
