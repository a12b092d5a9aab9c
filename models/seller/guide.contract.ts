/**
 * Where an application stands: part by part what is there, what is missing or wrong, why, and what to do. The same
 * function guides the applicant and decides whether the application can be handed in, so that both always agree.
 */
import { createRequire } from "node:module";
import type * as Ibantools from "ibantools" with { "resolution-mode": "import" };
import type { ApplicationParts, Beginning, PaperKind, Tax } from "./application.contract";
import { checkTaxNumber, checkVatId, vatPrefix } from "./tax-number.contract";

// its types say that it is an ES module only, though it can be required as well
const { electronicFormatIBAN, isValidIBAN } = createRequire(__filename)("ibantools") as typeof Ibantools;

export type Part = "business" | "contact" | "tax" | "bank" | "papers";

/** A person of the mall should look: the rule of the country is not kept here. */
export type StepState = "done" | "done-unchecked" | "missing" | "wrong";

export interface Step {
  readonly part: Part;
  readonly state: StepState;
  /** Null when it is done. */
  readonly why: string | null;
  readonly todo: string | null;
}

/** A personal part is null once the account behind it was erased. */
export type Guided = Beginning &
  Pick<ApplicationParts, "about"> & {
    readonly [P in keyof Omit<ApplicationParts, "about">]: ApplicationParts[P] | null;
  };

const done = (part: Part, state: "done" | "done-unchecked" = "done"): Step => ({ part, state, why: null, todo: null });
const missing = (part: Part, why: string, todo: string): Step => ({ part, state: "missing", why, todo });
const wrong = (part: Part, why: string, todo: string): Step => ({ part, state: "wrong", why, todo });

/**
 * The papers that the mall asks for: its own policy, by what the registers of a country give out. A company shows that
 * it is registered; a person shows who they are, and the licence where the country has one.
 */
const PERSON_PAPERS: Readonly<Record<string, readonly PaperKind[]>> = {
  AT: ["identity", "trade-licence"],
  DE: ["identity", "trade-licence"],
  CZ: ["identity", "trade-licence"],
  IT: ["identity", "tax-certificate"],
  ES: ["identity", "tax-certificate"],
};
const COMPANY_PAPERS: Readonly<Record<string, readonly PaperKind[]>> = {
  ES: ["register-extract", "tax-certificate"],
  IT: ["register-extract", "tax-certificate"],
};

export function requiredPapers({ country, form }: Pick<Beginning, "country" | "form">): readonly PaperKind[] {
  if (form === "company") return COMPANY_PAPERS[country] ?? ["register-extract"];
  return PERSON_PAPERS[country] ?? ["identity"];
}

function taxNumbers(country: string, { vatId, taxNumber }: Tax) {
  const vat = vatId === undefined ? null : checkVatId(country, vatId);
  const tax = taxNumber === undefined ? null : checkTaxNumber(country, taxNumber);
  return { vat, tax };
}

function taxStep({ country, form, tax }: Guided): Step {
  const prefix = vatPrefix(country);
  if (!tax) return missing("tax", "No tax number is given.", `Give a VAT number (${prefix}…) or a tax number.`);
  const checked = taxNumbers(country, tax);
  if (checked.vat === "wrong") {
    const why = `The VAT number is none of ${country}: its form or its check digit does not fit.`;
    return wrong("tax", why, `Compare it with the notice of the tax office; it begins with ${prefix}.`);
  }
  if (checked.tax === "wrong") {
    const why = `The tax number is none of ${country}: its form or its check digit does not fit.`;
    return wrong("tax", why, "Compare it with the notice of the tax office.");
  }
  if (form === "company" && checked.vat === null) {
    return missing("tax", "A company needs a VAT number.", `Give the number that begins with ${prefix}.`);
  }
  return done("tax", [checked.vat, checked.tax].includes("right") ? "done" : "done-unchecked");
}

function bankStep({ bank }: Guided): Step {
  if (!bank) return missing("bank", "No bank account is given.", "Give its holder and its IBAN.");
  if (isValidIBAN(electronicFormatIBAN(bank.iban) ?? "")) return done("bank");
  return wrong("bank", "The IBAN does not fit its check digits or its country's length.", "Copy it from a statement.");
}

function papersStep(guided: Guided): Step {
  const given = new Set((guided.papers ?? []).map(({ kind }) => kind));
  const lacking = requiredPapers(guided).filter((kind) => !given.has(kind));
  if (lacking.length === 0) return done("papers");
  const why = `A ${guided.form} in ${guided.country} shows: ${requiredPapers(guided).join(", ")}.`;
  return missing("papers", why, `Upload or name: ${lacking.join(", ")}.`);
}

function businessStep({ business }: Guided): Step {
  const todo = "Give the registered name and the address.";
  return business ? done("business") : missing("business", "Nobody knows yet who you are.", todo);
}

function contactStep({ contact }: Guided): Step {
  const todo = "Name a person and an e-mail address.";
  return contact ? done("contact") : missing("contact", "There is nobody to talk to.", todo);
}

/** In the order in which they are asked for. */
export const stepsOf = (guided: Guided): readonly Step[] => [
  businessStep(guided),
  contactStep(guided),
  taxStep(guided),
  bankStep(guided),
  papersStep(guided),
];

const isOpen = ({ state }: Step): boolean => state === "missing" || state === "wrong";

/** What keeps the application from being handed in. */
export const openSteps = (guided: Guided): readonly Step[] => stepsOf(guided).filter(isOpen);
