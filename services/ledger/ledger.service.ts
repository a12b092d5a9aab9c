import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { ledger, type LedgerEvent, type LedgerState } from "../../models/ledger/ledger.aggregate";
import { bookIdOf, type BookKey, type Entry } from "../../models/ledger/ledger.book.contract";
import {
  ledgerContract,
  type BookView,
  type PagedEntries,
  type PageEntries,
} from "../../models/ledger/ledger.contract";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

/** Rows that are looked at for one page: few of a book's commits are no entries. */
const ROWS_MAX = 2_000;
const ROWS_AT_ONCE = 200;

const entriesOf = (row: Row): Entry[] =>
  (row.events as readonly LedgerEvent[]).flatMap((event) => (event.type === "ledger.posted" ? [event.data.entry] : []));

export const ledgerService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "ledger");

  /** The n-th entry never stands before the n-th version: that is where the search begins. */
  async function entriesAfter(id: string, after: number, limit: number): Promise<Entry[]> {
    const found: Entry[] = [];
    let version = after;
    for (let looked = 0; looked < ROWS_MAX && found.length < limit; looked += ROWS_AT_ONCE) {
      const rows = await node.histories("ledger").page(id, version, ROWS_AT_ONCE);
      found.push(...rows.flatMap(entriesOf).filter(({ n }) => n > after));
      version = rows.at(-1)?.version ?? version;
      if (rows.length < ROWS_AT_ONCE) break;
    }
    return found.slice(0, limit);
  }
  return aggregateService(node, {
    contract: anyContract(ledgerContract),
    aggregate: erased(ledger),
    queries: {
      "ledger.get": async (key: BookKey): Promise<BookView> => {
        const id = bookIdOf(key);
        const { version, state } = await newestOrRefuse<LedgerState>(reader, id, "book");
        const { sellerId, currency, entries, balances, terms, nextPayoutAt } = state;
        const { payable, held } = balances;
        const now = { payableMinor: 0 - payable, heldMinor: 0 - held };
        return { id, version, sellerId, currency, entries, balances, ...now, terms, nextPayoutAt };
      },
      "ledger.entries": async ({ sellerId, currency, after = 0, limit }: PageEntries): Promise<PagedEntries> => {
        const items = await entriesAfter(bookIdOf({ sellerId, currency }), after, limit);
        return { sellerId, currency, items, after: items.length < limit ? null : (items.at(-1)?.n ?? null) };
      },
    },
  });
};
