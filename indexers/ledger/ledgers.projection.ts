/** One document per book: its balances, from which the trial balance is summed. */
import type { LedgerState } from "../../models/ledger/ledger.aggregate";
import { documentOf } from "../kernel/document";
import { keyword, long } from "../kernel/fields";

export const ledgers = documentOf<LedgerState>({
  name: "ledgers",
  revision: 1,
  source: "ledger",
  fields: {
    sellerId: keyword,
    currency: keyword,
    entries: long,
    balances: {
      properties: {
        ...{ cash: long, payable: long, held: long, commission: long, fees: long, subsidy: long, goodwill: long },
      },
    },
  },
  document(book) {
    const { sellerId, currency, entries, balances } = book;
    return { sellerId, currency, entries, balances };
  },
});
