/**
 * Who knows tax rates. A provider is asked for a whole cart at once; the built-in one reads the table that the mall
 * keeps per country. A further one is a line in `providers`: it may ask a service outside.
 */
import type { AskTax, TaxAnswer, TaxRates } from "../../models/tax/tax.contract";
import { ratesFor } from "../../models/tax/tax.rates.contract";
import { refuse } from "../../models/refusals";

export interface TaxProvider {
  /** One rate per taxable. @throws TAX_UNSET where nobody knows the country's rates */
  readonly rates: (ask: AskTax) => Promise<TaxAnswer>;
}

export const TABLE = "table";

/** @param tableOf the rates that the mall keeps for a country, or null */
export const tableProvider = (tableOf: (country: string) => Promise<TaxRates | null>): TaxProvider => ({
  async rates({ country, taxables }) {
    const rates = await tableOf(country);
    if (rates === null) return refuse("TAX_UNSET", `No tax rates are set for ${country}.`, { country });
    return ratesFor(rates, taxables);
  },
});

/** @throws TAX_UNSET for a provider that there is not */
export function providerNamed(providers: ReadonlyMap<string, TaxProvider>, name: string): TaxProvider {
  const found = providers.get(name);
  return found ?? refuse("TAX_UNSET", `There is no provider of tax rates "${name}".`, { provider: name });
}
