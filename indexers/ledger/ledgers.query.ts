/** Answers ledger.trial from the `ledgers` index. */
import { ACCOUNTS, type Balances } from "../../models/ledger/ledger.book.contract";
import type { Trial, TrialLine } from "../../models/ledger/ledger.contract";
import { asking } from "../kernel/client";
import { aliasOf } from "../kernel/indices";
import { waited, type QueryContext, type QueryDeps } from "../kernel/query";

const PROJECTION = "ledgers";
/** There are fewer currencies in the world. */
const CURRENCIES_MAX = 300;

type Summed = Readonly<Record<string, { readonly value: number }>> & {
  readonly key: string;
  readonly doc_count: number;
};

const sumOf = (field: string) => ({ sum: { field } });

function lineOf(bucket: Summed): TrialLine {
  const of = (name: string): number => bucket[name]?.value ?? 0;
  const balances = Object.fromEntries(ACCOUNTS.map((account) => [account, of(account)])) as Balances;
  const sumMinor = ACCOUNTS.reduce((sum, account) => sum + of(account), 0);
  return { currency: bucket.key, books: bucket.doc_count, entries: of("entries"), balances, sumMinor };
}

async function trial(deps: QueryDeps, context: QueryContext): Promise<Trial> {
  await waited(deps, context, { projection: PROJECTION, visibility: "search" });
  const { aggregations } = await asking("add up the books", () =>
    deps.client.search({
      index: aliasOf(deps.namespace, PROJECTION),
      size: 0,
      aggs: {
        currencies: {
          terms: { field: "currency", size: CURRENCIES_MAX, order: { _key: "asc" } },
          aggs: {
            entries: sumOf("entries"),
            ...Object.fromEntries(ACCOUNTS.map((account) => [account, sumOf(`balances.${account}`)])),
          },
        },
      },
    }),
  );
  const { buckets } = (aggregations as unknown as { currencies: { buckets: readonly Summed[] } }).currencies;
  const currencies = buckets.map(lineOf);
  return { balanced: currencies.every(({ sumMinor }) => sumMinor === 0), currencies };
}

export const ledgerQueries = (deps: QueryDeps) => ({
  "ledger.trial": (_params: object, context: QueryContext) => trial(deps, context),
});
