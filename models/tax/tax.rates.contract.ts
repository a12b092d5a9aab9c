/** Which of a country's rates holds. Pure. */
import type { Taxable, TaxAnswer, TaxRates } from "./tax.contract";

function rateOf({ standardBp, shippingBp = standardBp, categories = [] }: TaxRates, { kind, categoryIds }: Taxable) {
  if (kind === "shipping") return shippingBp;
  for (const id of categoryIds) {
    const found = categories.find(({ categoryId }) => categoryId === id);
    if (found) return found.rateBp;
  }
  return standardBp;
}

/** The rate of the nearest category that has one, else the standard one. */
export const ratesFor = (rates: TaxRates, taxables: readonly Taxable[]): TaxAnswer => ({
  ratesBp: Object.fromEntries(taxables.map((taxable) => [taxable.key, rateOf(rates, taxable)])),
});
