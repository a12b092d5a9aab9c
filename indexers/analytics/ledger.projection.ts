/** Every posting of every entry of sellers' books, debit positive and credit negative: together they come to zero. */
import type { Commit } from "../../models/kernel/row";
import type { LedgerEvent } from "../../models/ledger/ledger.aggregate";
import { date, keyword, long } from "../kernel/fields";
import type { Json } from "../kernel/projection";
import type { Recording } from "../kernel/records";

function posted(commit: Commit): readonly Json[] {
  return (commit.events as readonly LedgerEvent[]).flatMap((event): Json[] => {
    if (event.type !== "ledger.posted") return [];
    const { sellerId, currency, entry } = event.data;
    return entry.postings.map(({ account, amountMinor }) => ({
      "@timestamp": entry.at,
      "event.action": entry.kind,
      "event.dataset": "stoa.ledger",
      "organization.id": sellerId,
      "stoa.currency": currency,
      "stoa.ledger.account": account,
      "stoa.ledger.amount_minor": amountMinor,
    }));
  });
}

export const ledgerRecords: Recording = {
  name: "ledger-entries",
  revision: 1,
  properties: {
    "@timestamp": date,
    ...{ "event.action": keyword, "event.dataset": keyword, "organization.id": keyword, "stoa.currency": keyword },
    ...{ "stoa.ledger.account": keyword, "stoa.ledger.amount_minor": long },
  },
  sources: { ledger: posted },
};
