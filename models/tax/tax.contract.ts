/** What a country takes of what is sold there. */
import Joi from "../kernel/schema";
import { countrySchema, TAX_RATE_MAX_BP } from "../cart/cart.quote.contract";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, textSchema, type Text } from "../kernel/text";

export interface TaxKey {
  /** ISO 3166-1, two capitals. */
  readonly country: string;
}

/** Of products in a category, or in one below it that has no rate of its own. */
export interface CategoryRate {
  readonly categoryId: string;
  readonly rateBp: number;
}

/** Rates are in hundredths of a percent: 1900 is 19 %. */
export interface TaxRates {
  /** `{ "en": "VAT", "de": "MwSt." }` */
  readonly name: Text;
  readonly standardBp: number;
  /** Left out: the standard one. */
  readonly shippingBp?: number;
  readonly categories?: readonly CategoryRate[];
  /** Stands on invoices beside what is taxed at nothing: the provision by which it is. */
  readonly exemption?: Text;
}

export interface SetTax extends TaxKey, TaxRates {}

export interface TaxView extends SetTax {
  readonly id: string;
  readonly version: number;
}

export interface ListTaxes {
  readonly limit: number;
}

export interface ListedTaxes {
  readonly items: readonly TaxView[];
}

/** Something that is taxed: which categories it lies in, from the nearest to the top. */
export interface Taxable {
  readonly key: string;
  readonly kind: "goods" | "shipping";
  readonly categoryIds: readonly string[];
}

/** Which rates hold for a sale into a country. */
export interface AskTax extends TaxKey {
  readonly taxables: readonly Taxable[];
  /** Who answers; left out: the table of rates. */
  readonly provider?: string;
}

export interface TaxAnswer {
  /** By key; 1900 is 19 %. */
  readonly ratesBp: Readonly<Record<string, number>>;
}

export interface TaxCalls {
  "tax.set": { params: SetTax; result: Receipt };
  "tax.get": { params: TaxKey; result: TaxView };
  "tax.list": { params: ListTaxes; result: ListedTaxes };
  "tax.rates": { params: AskTax; result: TaxAnswer };
}

export const taxIdOf = ({ country }: TaxKey): string => derivedId("tax", country);

export const RATES_MAX = 200;
/** Lines and parcels of a cart. */
export const TAXABLES_MAX = 400;

const rate = Joi.number().integer().min(0).max(TAX_RATE_MAX_BP);
const country = countrySchema.required();
const rates = {
  country,
  name: textSchema(100).required(),
  exemption: textSchema(300),
  standardBp: rate.required().description("1900 is 19 %"),
  shippingBp: rate,
  categories: Joi.array()
    .items(Joi.object<CategoryRate, true>({ categoryId: idSchema.required(), rateBp: rate.required() }))
    .unique("categoryId")
    .max(RATES_MAX),
};
const path = "/v1/taxes/{country}";
const byCountry = Joi.object<TaxKey, true>({ country });
const read = { kind: "query", permission: PUBLIC, owner: "platform" } as const;
// not strict: Joi has no word for read-only lists
const view = Joi.object<TaxView>({
  id: idSchema.required(),
  version: Joi.number().integer().min(1).required(),
  ...rates,
});

export const taxContract: Contract<TaxCalls> = {
  aggregate: "tax",
  actions: {
    "tax.set": {
      kind: "command",
      keyOf: taxIdOf,
      summary: "Set a country's tax rates: the standard one, that of shipping, and those of categories",
      params: Joi.object<SetTax>(rates),
      permission: "tax.write",
      owner: "platform",
      http: { method: "PUT", path },
    },
    "tax.get": {
      ...read,
      keyOf: taxIdOf,
      summary: "A country's tax rates",
      params: byCountry,
      result: view,
      http: { method: "GET", path },
    },
    "tax.list": {
      ...read,
      summary: "The tax rates of all countries",
      params: Joi.object<ListTaxes, true>({ limit: Joi.number().integer().min(1).max(300).default(100) }),
      result: Joi.object<ListedTaxes>({ items: Joi.array().items(view).max(300).required() }),
      http: { method: "GET", path: "/v1/taxes" },
    },
    "tax.rates": {
      ...read,
      summary: "Which rates hold for what is sold into a country, for other services",
      params: Joi.object<AskTax>({
        country,
        taxables: Joi.array()
          .items(
            Joi.object<Taxable>({
              key: Joi.string().max(140).required(),
              kind: Joi.string().valid("goods", "shipping").required(),
              categoryIds: Joi.array().items(idSchema).max(16).required(),
            }),
          )
          .max(TAXABLES_MAX)
          .required(),
        provider: idSchema,
      }),
    },
  },
};
