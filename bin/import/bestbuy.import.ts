/**
 * Products in the form of Typesense's showcase of Best Buy's open data: a JSON array of
 * `{ name, description, brand, categories, price, image, popularity }`. The only number that a product has stands in
 * the name of its picture (`…/4984700_sb.jpg`); prices are US dollars unless --currency says otherwise.
 */
import type { ImportRecord, Parsed } from "./record";
import { minorOf } from "./decimal";
import { failed, type Entry, type Format } from "./entry";
import { objectsIn } from "./json-array";
import { readJsonLine, type JsonObject } from "./json-line";

const SELLER = "bestbuy";
const LOCATION = "main";
const STOCK = 100;
const LEVELS_MAX = 8;

const textOf = (row: JsonObject, name: string, max: number): string => {
  const value = row[name];
  return typeof value === "string" ? value.trim().slice(0, max) : "";
};

function categoriesOf({ categories }: JsonObject): string[] {
  const all: unknown[] = Array.isArray(categories) ? categories : [];
  const names = all.filter((one): one is string => typeof one === "string" && one.trim() !== "");
  return names.slice(0, LEVELS_MAX).map((name) => name.trim().slice(0, 100));
}

function productOf(row: JsonObject, title: string): ImportRecord["product"] {
  const [description, brand, image] = [textOf(row, "description", 20_000), textOf(row, "brand", 100), row["image"]];
  const categoryPath = categoriesOf(row);
  const { popularity } = row;
  return {
    title: { en: title },
    ...(description === "" ? {} : { description: { en: description } }),
    ...(brand === "" ? {} : { brand }),
    ...(categoryPath.length === 0 ? {} : { categoryPath }),
    ...(typeof popularity === "number" ? { attributes: { popularity } } : {}),
    ...(typeof image === "string" ? { media: [{ kind: "image" as const, url: image }] } : {}),
    publish: true,
  };
}

function priceOf({ price }: JsonObject, currency: string): number | null {
  return typeof price === "number" ? minorOf(price, currency) : null;
}

function recordOf(row: JsonObject, id: string, currency: string): Parsed {
  const title = textOf(row, "name", 500);
  if (title === "") return failed(id, 'the product has no "name"');
  const amountMinor = priceOf(row, currency);
  if (amountMinor === null) return failed(id, '"price" is no amount');
  const price = { amountMinor, currency };
  const offer = { sellerId: SELLER, sku: id, price, condition: "new" as const, stock: { [LOCATION]: STOCK } };
  return { ok: true, record: { id, product: productOf(row, title), offers: [offer] } };
}

export function parseProduct(text: string | null, { currency }: { currency: string }): Parsed {
  if (text === null) return failed(null, "the product is larger than 1 MiB");
  const row = readJsonLine(text);
  if (typeof row === "string") return failed(null, row);
  const [, id = null] = /\/(\d{1,20})_[^/]*$/.exec(textOf(row, "image", 2_000)) ?? [];
  if (id === null) return failed(id, 'the product has no number: "image" does not end like /4984700_sb.jpg');
  return recordOf(row, id, currency);
}

export const bestbuy: Format = {
  name: "bestbuy",
  summary: "Best Buy products as in Typesense's showcase, a JSON array (US dollars unless --currency)",
  async *read(chunks, options): AsyncGenerator<Entry, void, undefined> {
    for await (const { number, line, text } of objectsIn(chunks)) {
      yield { number, line, parse: () => parseProduct(text, options) };
    }
  },
};
