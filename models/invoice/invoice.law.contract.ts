/**
 * What tax law wants on an invoice beside lines and sums: who sells, under which numbers, and when it was supplied or
 * paid (Art. 226 of Directive 2006/112/EC, no. 3, 5 and 7).
 */
import Joi from "../kernel/schema";
import { plainText, versionSchema } from "../kernel/text";

/** Who sells, as it said of itself when the paper was issued: kept with it, whatever it is called later. */
export interface Issuer {
  /** Of the seller's history; null for one that the mall knows by its name alone. */
  readonly version: number | null;
  readonly legalName: string | null;
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly vatId: string | null;
  readonly taxNumber: string | null;
}

/** The day on which goods were sent, or money was taken before they were. */
export interface Supplied {
  readonly how: "sent" | "paid";
  /** `2026-01-31` */
  readonly on: string;
}

const perhaps = plainText(200).allow(null).required();
export const issuerSchema = Joi.object<Issuer, true>({
  version: versionSchema.allow(null).required(),
  legalName: perhaps,
  street: perhaps,
  postalCode: perhaps,
  city: perhaps,
  country: perhaps,
  vatId: perhaps,
  taxNumber: perhaps,
});

export const suppliedSchema = Joi.object<Supplied, true>({
  how: Joi.string().valid("sent", "paid").required(),
  on: plainText(10)
    .pattern(/^\d{4}-\d{2}-\d{2}$/, "day")
    .required(),
});
