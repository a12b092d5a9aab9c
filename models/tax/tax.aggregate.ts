import type { Aggregate } from "../kernel/aggregate";
import type { SetTax } from "./tax.contract";

export type TaxState = { readonly status: "absent" } | ({ readonly status: "set" } & SetTax);

export interface TaxEvent {
  readonly type: "tax.set";
  readonly data: SetTax;
}

export interface TaxCommands {
  "tax.set": SetTax;
}

export const tax: Aggregate<TaxState, TaxCommands, TaxEvent> = {
  name: "tax",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "tax.set": (_state, data) => [{ type: "tax.set", data }],
  },
  evolve: {
    // in place of what was set before: a rate that is left out is none
    "tax.set": (_state, data) => ({ status: "set", ...data }),
  },
};
