/**
 * Check digits of VAT and tax numbers. A number that passes may still belong to somebody else, or to nobody; one that
 * fails was mistyped. Sources: the construction rules for VAT identification numbers of the member states as the
 * Austrian Ministry of Finance publishes them (BMF, "Konstruktionsregeln UID"), ISO/IEC 7064 for MOD 11,10 and
 * MOD 97-10, the Swiss Federal Statistical Office for the UID (eCH-0097), HMRC for the United Kingdom.
 */

/** `unknown`: no rule for this country is kept here, so that a person must look. */
export type NumberCheck = "right" | "wrong" | "unknown";

/** Without the blanks, dots and dashes that people write. */
export const plainNumber = (text: string): string => text.replace(/[^A-Za-z0-9]/g, "").toUpperCase();

const signsOf = (text: string): string[] => Array.from(text);
const digitsOf = (text: string): number[] => signsOf(text).map(Number);

const weighted = (text: string, weights: readonly number[]): number =>
  digitsOf(text).reduce((sum, digit, i) => sum + digit * (weights[i] ?? 0), 0);

const digitSum = (value: number): number => Math.floor(value / 10) + (value % 10);

/** Luhn's sum: from the right, every second digit doubled, the digits of the products added. */
const luhn = (text: string): number =>
  digitsOf(text)
    .reverse()
    .reduce((sum, digit, i) => sum + (i % 2 === 0 ? digit : digitSum(digit * 2)), 0) % 10;

/** ISO/IEC 7064, MOD 11,10: true when the last digit is the check digit of those before it. */
function mod11and10(text: string): boolean {
  const product = digitsOf(text.slice(0, -1)).reduce((held, digit) => (((held + digit) % 10 || 10) * 2) % 11, 10);
  return (product + Number(text.at(-1))) % 10 === 1;
}

/** ISO/IEC 7064, MOD 97-10 over digits and letters (A = 10 … Z = 35): true when the remainder is 1. */
const mod97and10 = (text: string): boolean =>
  signsOf(text).reduce((rest, sign) => Number(`${rest}${Number.parseInt(sign, 36)}`) % 97, 0) === 1;

const last = (text: string): number => Number(text.at(-1));

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
const CIF_LETTERS = "JABCDEFGHI";
const NIE_DIGITS: Readonly<Record<string, string>> = { X: "0", Y: "1", Z: "2" };

/** The digits that a person's letter follows from: of residents, of foreigners (X, Y, Z), and of others (K, L, M). */
function personalDigits(text: string): string | null {
  if (/^\d{8}[A-Z]$/.test(text)) return text.slice(0, 8);
  if (!/^[XYZKLM]\d{7}[A-Z]$/.test(text)) return null;
  return `${NIE_DIGITS[text.charAt(0)] ?? ""}${text.slice(1, 8)}`;
}

function spanish(text: string): boolean {
  const person = personalDigits(text);
  if (person !== null) return DNI_LETTERS.charAt(Number(person) % 23) === text.slice(-1);
  if (!/^[ABCDEFGHJNPQRSUVW]/.test(text)) return false;
  const check = (10 - luhn(`${text.slice(1, 8)}0`)) % 10;
  // sources disagree on which kind of entity has a digit and which a letter, so either will do
  return [String(check), CIF_LETTERS.charAt(check)].includes(text.slice(-1));
}

/** Netherlands: legal persons by MOD 11, sole traders since 2020 by MOD 97-10 over the whole number. */
function dutch(text: string): boolean {
  const byEleven = weighted(text.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(text.charAt(8));
  return byEleven || mod97and10(`NL${text}`);
}

const FRENCH_SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** The key of two digits that most numbers have, or the newer one in which at least one is a letter. */
function frenchKey(text: string): boolean {
  const siren = Number(text.slice(2));
  if (/^\d\d/.test(text)) return (12 + 3 * (siren % 97)) % 97 === Number(text.slice(0, 2));
  const [first, second] = [FRENCH_SIGNS.indexOf(text.charAt(0)), FRENCH_SIGNS.indexOf(text.charAt(1))];
  const key = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
  return (siren + 1 + Math.floor(key / 11)) % 11 === key % 11;
}

const french = (text: string): boolean => luhn(text.slice(2)) === 0 && frenchKey(text);

function polish(text: string): boolean {
  return weighted(text.slice(0, 9), [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === last(text);
}

function portuguese(text: string): boolean {
  const check = 11 - (weighted(text.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (check > 9 ? 0 : check) === last(text);
}

/** Powers of two from the right, the remainder by 11, and of that by 10. */
function greek(text: string): boolean {
  return (weighted(text.slice(0, 8), [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === last(text);
}

function british(text: string): boolean {
  const sum = weighted(text.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) + Number(text.slice(7, 9));
  // numbers given out since 2010 have 55 added
  return sum % 97 === 0 || (sum + 55) % 97 === 0;
}

function swiss(text: string): boolean {
  return (11 - (weighted(text.slice(0, 8), [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11 === Number(text.charAt(8));
}

interface Rule {
  /** What follows the prefix. */
  readonly form: RegExp;
  readonly check: (text: string) => boolean;
}

/** By the prefix of the number, which for Greece is not the code of the country. */
const VAT_RULES: Readonly<Record<string, Rule>> = {
  AT: { form: /^U\d{8}$/, check: (text) => (16 - luhn(text.slice(1, 8))) % 10 === last(text) },
  BE: { form: /^[01]\d{9}$/, check: (text) => 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8)) },
  CHE: { form: /^\d{9}(MWST|TVA|IVA)?$/, check: swiss },
  DE: { form: /^[1-9]\d{8}$/, check: mod11and10 },
  DK: { form: /^[1-9]\d{7}$/, check: (text) => weighted(text, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 },
  EL: { form: /^\d{9}$/, check: greek },
  ES: { form: /^[A-Z0-9]\d{7}[A-Z0-9]$/, check: spanish },
  FI: { form: /^\d{8}$/, check: (text) => weighted(text, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0 },
  FR: { form: /^[A-HJ-NP-Z0-9]{2}\d{9}$/, check: french },
  GB: { form: /^\d{9}(\d{3})?$/, check: british },
  HR: { form: /^\d{11}$/, check: mod11and10 },
  IT: { form: /^\d{11}$/, check: (text) => luhn(text) === 0 },
  LU: { form: /^\d{8}$/, check: (text) => Number(text.slice(0, 6)) % 89 === Number(text.slice(6)) },
  NL: { form: /^\d{9}B\d{2}$/, check: dutch },
  PL: { form: /^\d{10}$/, check: polish },
  PT: { form: /^[1-9]\d{8}$/, check: portuguese },
  SE: { form: /^\d{10}\d{2}$/, check: (text) => luhn(text.slice(0, 10)) === 0 },
};

const PREFIXES: Readonly<Record<string, string>> = { GR: "EL", CH: "CHE" };

/** What VAT numbers of a country begin with: `DE`; `EL` for Greece, `CHE` for Switzerland. */
export const vatPrefix = (country: string): string => PREFIXES[country] ?? country;

/** Whether a VAT number can be one of this country (ISO 3166-1 alpha-2). */
export function checkVatId(country: string, vatId: string): NumberCheck {
  const number = plainNumber(vatId);
  const prefix = vatPrefix(country);
  if (!number.startsWith(prefix)) return "wrong";
  const rule = VAT_RULES[prefix];
  if (rule === undefined) return "unknown";
  const text = number.slice(prefix.length);
  return rule.form.test(text) && rule.check(text) ? "right" : "wrong";
}

/** Germany's number for persons: of its first ten digits one or two come twice or three times, never all once. */
function germanIdentification(text: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of text.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return repeated.length === 1 && Math.max(...repeated) <= 3 && mod11and10(text);
}

const TAX_RULES: Readonly<Record<string, Rule>> = {
  DE: { form: /^[1-9]\d{10}$/, check: germanIdentification },
  ES: { form: /^[A-Z0-9]\d{7}[A-Z0-9]$/, check: spanish },
  PL: { form: /^\d{10}$/, check: polish },
  PT: { form: /^[1-9]\d{8}$/, check: portuguese },
};

/** Germany's tax offices give businesses another number, without a rule that holds in all states. */
const GERMAN_OFFICE_NUMBER = /^\d{10}$|^\d{13}$/;

/** Whether a number can be one under which the country's own tax office knows a business. */
export function checkTaxNumber(country: string, taxNumber: string): NumberCheck {
  const text = plainNumber(taxNumber);
  if (country === "DE" && GERMAN_OFFICE_NUMBER.test(text)) return "unknown";
  const rule = TAX_RULES[country];
  if (rule === undefined) return "unknown";
  return rule.form.test(text) && rule.check(text) ? "right" : "wrong";
}
