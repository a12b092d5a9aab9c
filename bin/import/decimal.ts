/** Amounts as files write them (`49.99`, `40.000`), as minor units of a currency. Pure. */
import { AMOUNT_MINOR_MAX } from "../../models/kernel/money";

const digits = new Map<string, number>();

/** How many digits follow the point: two for most, none for JPY. */
export function digitsOf(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const found = format.resolvedOptions().maximumFractionDigits ?? 2;
  digits.set(currency, found);
  return found;
}

/** Rounded to the nearest minor unit, without a detour over binary fractions; null for what is no amount. */
export function minorOf(amount: string | number, currency: string): number | null {
  const [, whole = "", rest = ""] = /^(\d{1,12})(?:\.(\d{0,12}))?$/.exec(String(amount)) ?? [];
  if (whole === "") return null;
  const count = digitsOf(currency);
  const kept = Number(whole + rest.padEnd(count, "0").slice(0, count));
  const up = Number(rest.charAt(count) || "0") >= 5 ? 1 : 0;
  return kept + up <= AMOUNT_MINOR_MAX ? kept + up : null;
}
