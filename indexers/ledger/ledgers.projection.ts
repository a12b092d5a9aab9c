/** One document per book: its balances, from which the trial balance is summed. */
import type { LedgerState } from "../../models/ledger/ledger.aggregate";
import { keyword, long } from "../kernel/fields";
import type { DocumentProjection } from "../kernel/projection";

export const ledgers: DocumentProjection = {
  kind: "document",
  name: "ledgers",
  revision: 1,
  source: "ledger",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      sellerId: keyword,
      currency: keyword,
      entries: long,
      balances: {
        properties: {
          ...{ cash: long, payable: long, held: long, commission: long, fees: long, subsidy: long, goodwill: long },
        },
      },
    },
  },
  document({ state }) {
    const book = state as LedgerState;
    if (book.status === "absent") return null;
    const { sellerId, currency, entries, balances } = book;
    return { sellerId, currency, entries, balances };
  },
};
