/** What a business says of itself when it applies to sell, part by part: the same for saving it and for showing it. */
import Joi from "../kernel/schema";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";

export type SellerForm = "company" | "sole-trader";

/** Under whose name and where the business is registered. */
export interface Business {
  readonly legalName: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
}

export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
}

/** At least one of both, as the country has it. */
export interface Tax {
  /** With the country's prefix: `DE136695976`. */
  readonly vatId?: string;
  /** The number under which the country's own tax office knows the business. */
  readonly taxNumber?: string;
}

export interface Bank {
  readonly holder: string;
  readonly iban: string;
}

export type PaperKind = "register-extract" | "trade-licence" | "identity" | "tax-certificate";

/** A document: uploaded here (`assetId`), or named so that it can be looked up (`reference`). */
export interface Paper {
  readonly kind: PaperKind;
  readonly assetId?: string;
  readonly reference?: string;
}

/** What must be said at the very beginning: it decides what else is asked for. */
export interface Beginning {
  /** As shoppers will see it. */
  readonly name: string;
  /** Where the business is registered, ISO 3166-1 alpha-2: `DE`. */
  readonly country: string;
  readonly form: SellerForm;
}

/** Saved step by step; what is left out stays as it is. */
export interface ApplicationParts {
  readonly about?: Text;
  readonly business?: Business;
  readonly contact?: Contact;
  readonly tax?: Tax;
  readonly bank?: Bank;
  readonly papers?: Paper[];
}

const line = plainText(200).min(1);
const digits = plainText(32)
  .min(4)
  .pattern(/^[A-Za-z0-9][A-Za-z0-9 ./-]*$/, "letters and digits");

export const beginningSchemas = {
  name: plainText(100).min(1),
  country: Joi.string().pattern(/^[A-Z]{2}$/, "ISO 3166-1 alpha-2 code"),
  form: Joi.string().valid("company", "sole-trader"),
};

const kinds: readonly PaperKind[] = ["register-extract", "trade-licence", "identity", "tax-certificate"];

export const partSchemas = {
  about: textSchema(2_000),
  business: Joi.object<Business, true>({
    legalName: line.required(),
    street: line.required(),
    postalCode: plainText(20).min(1).required(),
    city: line.required(),
  }),
  contact: Joi.object<Contact, true>({
    name: line.required(),
    // the mail itself tells whether the address is good; no list of top-level domains would stay true
    email: plainText(254).email({ tlds: false }).required(),
    phone: plainText(32).pattern(/^\+?[0-9][0-9 ()/.-]*$/, "telephone number"),
  }),
  tax: Joi.object<Tax, true>({ vatId: digits, taxNumber: digits }).or("vatId", "taxNumber"),
  bank: Joi.object<Bank, true>({
    holder: line.required(),
    iban: plainText(42)
      .pattern(/^[A-Za-z0-9 ]+$/, "letters and digits")
      .required(),
  }),
  papers: Joi.array()
    .items(
      Joi.object<Paper, true>({
        kind: Joi.string()
          .valid(...kinds)
          .required(),
        assetId: idSchema,
        reference: plainText(100).min(3),
      }).xor("assetId", "reference"),
    )
    .unique("kind")
    .max(kinds.length),
};
