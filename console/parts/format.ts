/** Values as people of the page's language read them. */
import type { Money } from "../../models/kernel/money";
import type { Text } from "../../models/kernel/text";
import { language } from "../app/taste";
import { locale, t, told } from "../words/words";

/** The text in the reader's language, else in English, else in the first language there is. */
export function textOf(text: Text | null | undefined): string {
  if (!text) return "";
  const found = [language.get(), "en", ...Object.keys(text)].find((one) => Object.hasOwn(text, one));
  return found === undefined ? "" : (text[found] ?? "");
}

/** `{ amountMinor: 1250, currency: "EUR" }` → `€12.50`; the number of digits is the currency's own. */
export function priceOf(amountMinor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(locale(), { style: "currency", currency });
    return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return `${amountMinor / 100} ${currency}`;
  }
}

export const moneyOf = ({ amountMinor, currency }: Money): string => priceOf(amountMinor, currency);

export const countOf = (count: number): string => new Intl.NumberFormat(locale()).format(count);
export const percentOf = (share: number, digits = 0): string =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: digits }).format(share);

const dated = (options: Intl.DateTimeFormatOptions) => (iso: string) =>
  new Intl.DateTimeFormat(locale(), options).format(new Date(iso));

export const dayOf = dated({ dateStyle: "medium" });
export const momentOf = dated({ dateStyle: "medium", timeStyle: "short" });
export const exactOf = dated({ dateStyle: "medium", timeStyle: "medium" });

const STEPS: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [60, "second"],
  [60, "minute"],
  [24, "hour"],
  [30, "day"],
  [12, "month"],
  [Infinity, "year"],
];

/** `3 days ago`, `in 2 hours` */
export function agoOf(iso: string, now = Date.now()): string {
  let value = (Date.parse(iso) - now) / 1_000;
  for (const [size, unit] of STEPS) {
    if (Math.abs(value) < size) {
      return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(value), unit);
    }
    value /= size;
  }
  return dayOf(iso);
}

/** `display_diagonal` → `Display diagonal` */
export function labelOf(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const PLACE = /^(shown|alike)_(\d+)$/;

/** What a model or a rule looks at, in the page's words where it has some. */
export function featureOf(name: string): string {
  const [, what, place] = PLACE.exec(name) ?? [];
  if (what !== undefined && place !== undefined) return told(`feature.${what}`, { place }) ?? labelOf(name);
  // what a ranking is made of is told to shoppers in the same words
  return told(`feature.${name}`) ?? told(`part.${name.slice(name.indexOf(".") + 1)}`) ?? labelOf(name);
}

/** A value of an attribute or a field, as it is read. */
export function valueOf(value: unknown): string {
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "number") return countOf(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What was typed as `12.50` or `12,50`, in minor units; null for what is no amount. */
export function minorOf(text: string, currency: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value) || value < 0) return null;
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return Math.round(value * 10 ** digits);
}

/** The other way round, for a field: `12.50` */
export function typedOf(amountMinor: number, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  return (amountMinor / 10 ** digits).toFixed(digits);
}
