/**
 * Product data in the form of the Chorus data set (Icecat): a JSON object per line with typed attributes by prefix
 * (`attr_t_` text, `attr_n_` number, `attr_b_` yes or no) and a price in cents. The file names no currency; Chorus
 * shows its prices as US dollars, so that is what they are unless --currency says otherwise.
 */
import type { Attributes, Media } from "../../models/product/product.contract";
import { readJsonLine, type JsonObject } from "./json-line";
import { lineFormat } from "./lines";
import type { ImportOffer, ImportRecord, Parsed } from "./record";

const SELLER = "icecat";
const LOCATION = "main";
const STOCK = 100;
const TEXT_MAX = 1_000;
/** Of the contract's 300, two are left for the EAN and the model. */
const ATTRIBUTES_MAX = 298;
const KIND_NAMES = { t: "text", n: "number", b: "flag" } as const;

/** `thermal_design_power__tdp_` becomes `thermal_design_power_tdp`. */
export const cleanName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64);

const clipped = (text: string): string =>
  // a cut must not leave half a character
  text.length > TEXT_MAX ? text.slice(0, TEXT_MAX).replace(/[\ud800-\udbff]$/, "") : text;

type Scalar = string | number | boolean;

function valueOf(value: unknown): Scalar | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : clipped(value.trim());
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "boolean" ? value : undefined;
}

/** Two attributes may have one clean name (`attr_t_size`, `attr_n_size`): the later one says its kind as well. */
export function attributesOf(row: JsonObject): Attributes {
  const found = new Map<string, Scalar>();
  for (const [key, raw] of Object.entries(row)) {
    const [, kind = "", name = ""] = /^attr_([tnb])_(.+)$/.exec(key) ?? [];
    const value = valueOf(raw);
    const clean = cleanName(name);
    if (value === undefined || clean === "") continue;
    const free = found.has(clean) ? `${clean.slice(0, 56)}_${KIND_NAMES[kind as keyof typeof KIND_NAMES]}` : clean;
    found.set(free, value);
  }
  return Object.fromEntries([...found].slice(0, ATTRIBUTES_MAX));
}

const textOf = (row: JsonObject, name: string, max: number): string | undefined => {
  const value = row[name];
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, max) : undefined;
};

/** A product type that is only a figure says nothing. */
function categoryPathOf(row: JsonObject): string[] | undefined {
  const type = textOf(row, "attr_t_product_type", 100);
  return type !== undefined && /\p{L}{2}/u.test(type) ? [type] : undefined;
}

function mediaOf(row: JsonObject): Media[] {
  const urls = ["img_high", "img_500x500", "img_low", "img_thumb"].map((name) => textOf(row, name, 2_000));
  const good = urls.filter((url) => url !== undefined && /^https?:\/\/[^\s]+$/.test(url)) as string[];
  return [...new Set(good)].map((url) => ({ kind: "image", url }));
}

function eanOf(row: JsonObject): string | undefined {
  const { ean } = row;
  const all: unknown[] = Array.isArray(ean) ? ean : [ean];
  return all.find((one): one is string => typeof one === "string" && /^\d{8,14}$/.test(one));
}

function offersOf(row: JsonObject, id: string, currency: string): ImportOffer[] {
  const { price } = row;
  if (typeof price !== "number") return [];
  return [
    {
      sellerId: SELLER,
      sku: id,
      price: { amountMinor: Math.round(price), currency },
      condition: "new",
      stock: { [LOCATION]: STOCK },
    },
  ];
}

function contentOf(row: JsonObject, title: string): ImportRecord["product"] {
  const description = textOf(row, "short_description", 20_000);
  const brand = textOf(row, "supplier", 100);
  const categoryPath = categoryPathOf(row);
  const ean = eanOf(row);
  const model = textOf(row, "name", TEXT_MAX);
  return {
    title: { en: title },
    ...(description === undefined ? {} : { description: { en: description } }),
    ...(brand === undefined ? {} : { brand }),
    ...(categoryPath === undefined ? {} : { categoryPath }),
    // there are no variants to carry it
    attributes: {
      ...(ean === undefined ? {} : { ean }),
      ...(model === undefined ? {} : { model }),
      ...attributesOf(row),
    },
    media: mediaOf(row),
    publish: true,
  };
}

function parse(line: string, { currency }: { currency: string }): Parsed {
  const row = readJsonLine(line);
  if (typeof row === "string") return { ok: false, id: null, problem: row };
  const id = textOf(row, "id", 64) ?? null;
  if (id === null) return { ok: false, id, problem: 'the record has no "id"' };
  const title = textOf(row, "title", 500);
  if (title === undefined) return { ok: false, id, problem: 'the record has no "title"' };
  return { ok: true, record: { id, product: contentOf(row, title), offers: offersOf(row, id, currency) } };
}

export const icecat = lineFormat({
  name: "icecat",
  summary: "Icecat products as in the Chorus data set, JSON lines (prices in US dollars unless --currency)",
  parse,
});
