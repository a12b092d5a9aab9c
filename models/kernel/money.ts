/**
 * Money is an integer number of minor units (cents) and an ISO 4217 currency. Nothing is ever lost by dividing:
 * `split` gives the parts by largest remainder, and their sum is the whole, always.
 */
import Joi from "./schema";
import { refuseKernel } from "./refusal";

export interface Money {
  readonly amountMinor: number;
  /** ISO 4217, three capitals. */
  readonly currency: string;
}

/** Ten billion in a currency of two digits; far below 2^53, so that sums of lines stay exact. */
export const AMOUNT_MINOR_MAX = 1_000_000_000_000;

export const currencySchema = Joi.string().pattern(/^[A-Z]{3}$/, "ISO 4217 currency");

/** A price: never negative. */
export const moneySchema = Joi.object<Money, true>({
  amountMinor: Joi.number().integer().min(0).max(AMOUNT_MINOR_MAX).required(),
  currency: currencySchema.required(),
});

export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    refuseKernel("CURRENCY_MISMATCH", `Cannot add ${b.currency} to ${a.currency}.`, {
      currencies: [a.currency, b.currency],
    });
  }
  return { amountMinor: a.amountMinor + b.amountMinor, currency: a.currency };
}

/** So many hundredths of a percent of an amount, rounded down; exact for every amount that money may have. */
export function basisPoints(amountMinor: number, points: number): number {
  const rest = amountMinor % 10_000;
  return ((amountMinor - rest) / 10_000) * points + Math.floor((rest * points) / 10_000);
}

/**
 * Splits `whole` in proportion to `weights` (≥ 0, at least one > 0) by largest remainder; ties go to the earlier part.
 * @throws RangeError for weights that cannot share anything
 */
export function split(whole: Money, weights: readonly number[]): Money[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0) || weights.some((weight) => !(weight >= 0))) throw new RangeError("weights must be ≥ 0, with one > 0");
  const exact = weights.map((weight) => (whole.amountMinor * weight) / sum);
  const parts = exact.map(Math.floor);
  const left = whole.amountMinor - parts.reduce((total, part) => total + part, 0);
  const byRemainder = exact.map((value, i) => ({ i, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let n = 0; n < left; n++) {
    const { i } = byRemainder[n % byRemainder.length] as { i: number };
    parts[i] = (parts[i] ?? 0) + 1;
  }
  return parts.map((amountMinor) => ({ amountMinor, currency: whole.currency }));
}

/** Making one costs as much as a hundred uses; there are few languages, and few currencies. */
const formats = new Map<string, Intl.NumberFormat>();
const FORMATS_MAX = 500;

function formatOf(currency: string, language: string): Intl.NumberFormat {
  const key = `${language}/${currency}`;
  const known = formats.get(key);
  if (known) return known;
  if (formats.size >= FORMATS_MAX) formats.clear();
  const made = new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "code" });
  formats.set(key, made);
  return made;
}

/** For people: `1,234.50 EUR`, with as many digits as the currency has. */
export function amountText(amountMinor: number, currency: string, language = "en"): string {
  const format = formatOf(currency, language);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits).replaceAll("\u00a0", " ");
}
