import type { Aggregate } from "../kernel/aggregate";
import type { Iso } from "../kernel/row";
import type { InvoiceBookKey, IssueInvoice } from "./invoice.contract";

/** The papers themselves stand in the history: the n-th version is the n-th paper. */
export type InvoiceState =
  { readonly status: "absent" } | (InvoiceBookKey & { readonly status: "open"; readonly issued: number });

export interface InvoiceEvent {
  readonly type: "invoice.issued";
  readonly data: IssueInvoice & { readonly number: number; readonly issuedAt: Iso };
}

export interface InvoiceCommands {
  readonly "invoice.issue": IssueInvoice;
}

const issued = (state: InvoiceState): number => (state.status === "absent" ? 0 : state.issued);

export const invoice: Aggregate<InvoiceState, InvoiceCommands, InvoiceEvent> = {
  name: "invoice",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "invoice.issue": (state, params, issuedAt) => [
      { type: "invoice.issued", data: { ...params, number: issued(state) + 1, issuedAt } },
    ],
  },
  evolve: {
    "invoice.issued": (_state, { sellerId, kind, number }) => ({ status: "open", sellerId, kind, issued: number }),
  },
};
