/** What the fields of an application hold, and what is sent of it. Pure. */
import type { PaperKind } from "../../models/seller/application.contract";
import type { Part as PartName } from "../../models/seller/guide.contract";
import type { ApplicationView } from "../../models/seller/seller.contract";

export const FIELDS = {
  business: ["legalName", "street", "postalCode", "city"],
  contact: ["contactName", "email", "phone"],
  tax: ["vatId", "taxNumber"],
  bank: ["holder", "iban"],
  papers: ["register-extract", "trade-licence", "identity", "tax-certificate"],
} as const satisfies Readonly<Record<PartName, readonly string[]>>;

export type Values = Readonly<Record<string, string>>;

/** A contact's name is called otherwise here, for a form must not have two fields of one name. */
const wireName = (field: string): string => (field === "contactName" ? "name" : field);

type Said = { readonly [P in PartName]?: ApplicationView[P] | null };

/** What was said before, to go on from. */
export function valuesOf(view: Said, part: PartName): Values {
  if (part === "papers") {
    return Object.fromEntries((view.papers ?? []).map(({ kind, reference = "" }) => [kind, reference]));
  }
  const said = (view[part] ?? {}) as Values;
  return Object.fromEntries(FIELDS[part].map((field) => [field, said[wireName(field)] ?? ""]));
}

/** As the mall takes it: what was left empty is not said. */
export function sentOf(part: PartName, values: Values): object {
  const filled = Object.entries(values).flatMap(([field, value]) => {
    const text = value.trim();
    return text === "" ? [] : [[field, text] as const];
  });
  if (part === "papers") return filled.map(([kind, reference]) => ({ kind: kind as PaperKind, reference }));
  return Object.fromEntries(filled.map(([field, text]) => [wireName(field), text]));
}
