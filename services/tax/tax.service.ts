import type { ServiceSchema } from "moleculer";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { tax, type TaxState } from "../../models/tax/tax.aggregate";
import {
  taxContract,
  taxIdOf,
  type AskTax,
  type ListedTaxes,
  type ListTaxes,
  type TaxKey,
  type TaxView,
} from "../../models/tax/tax.contract";
import { createHeadsBook } from "../kernel/heads-book";
import { historyReader, newestOrRefuse, remembering } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";
import { providerNamed, TABLE, tableProvider } from "./tax.provider.service";

function viewOf(id: string, version: number, state: Exclude<TaxState, { status: "absent" }>): TaxView {
  const { status: _status, ...rates } = state;
  return { ...rates, id, version };
}

export const taxService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "tax");
  const book = createHeadsBook<TaxState>(node, { aggregate: "tax", thingsMax: 300 });
  return aggregateService(node, {
    contract: anyContract(taxContract),
    aggregate: erased(tax),
    queries: {
      "tax.get": async (key: TaxKey): Promise<TaxView> => {
        const id = taxIdOf(key);
        const { version, state } = await newestOrRefuse<TaxState>(reader, id, "table of tax rates");
        return viewOf(id, version, state);
      },
      "tax.list": async ({ limit }: ListTaxes, { meta }): Promise<ListedTaxes> => {
        const items = [...(await book(meta))].flatMap(([id, { version, state }]) =>
          state.status === "absent" ? [] : [viewOf(id, version, state)],
        );
        return { items: items.sort((a, b) => (a.country < b.country ? -1 : 1)).slice(0, limit) };
      },
      "tax.rates": (ask: AskTax, context) => {
        const tableOf = async (country: string) => {
          const found = await remembering(reader, context).newest(taxIdOf({ country }));
          const row = found as Row<TaxState> | null;
          return row && row.state.status !== "absent" ? row.state : null;
        };
        const providers = new Map([[TABLE, tableProvider(tableOf)]]);
        return providerNamed(providers, ask.provider ?? TABLE).rates(ask);
      },
    },
  });
};
