/**
 * Products with variants in the form of Saleor's demo shop: a fixture (a JSON array of `{ model, pk, fields }`). What
 * a variant chooses are its attributes; where they do not tell variants apart, their names do. A variant is sold
 * at its price in the channel of --currency; without one it is brought in without an offer.
 */
import type { Attributes, Option, Variant } from "../../models/product/product.contract";
import { minorOf } from "./decimal";
import { failed, type Entry, type Format } from "./entry";
import { objectsIn } from "./json-array";
import type { ImportOffer, ImportRecord, Parsed } from "./record";
import { keyText, readTables, type SaleorRow, type Tables } from "./saleor-tables";

const SELLER = "saleor";
const LEVELS_MAX = 8;

const text = ({ fields }: SaleorRow, name: string): string => {
  const value = fields[name];
  return typeof value === "string" ? value.trim() : "";
};

function categoryPath(tables: Tables, product: SaleorRow): string[] {
  const path: string[] = [];
  let at = tables.one("product.category", product.fields["category"]);
  while (at && path.length < LEVELS_MAX) {
    path.unshift(text(at, "name").slice(0, 100));
    at = tables.one("product.category", at.fields["parent"]);
  }
  return path;
}

interface Assigned {
  /** Slug of the attribute. */
  readonly name: string;
  readonly value: string | number | boolean;
}

function assigned(tables: Tables, row: SaleorRow): Assigned[] {
  const value = tables.one("attribute.attributevalue", row.fields["value"]);
  const attribute = value && tables.one("attribute.attribute", value.fields["attribute"]);
  if (!attribute) return [];
  const said = text(value, "name").slice(0, 1_000);
  const name = text(attribute, "slug").toLowerCase();
  if (said === "" || !/^[a-z0-9][a-z0-9_-]{0,63}$/.test(name)) return [];
  const flag = value.fields["boolean"];
  if (typeof flag === "boolean") return [{ name, value: flag }];
  const isNumber = attribute.fields["input_type"] === "numeric" && Number.isFinite(Number(said));
  return [{ name, value: isNumber ? Number(said) : said }];
}

function attributesOf(tables: Tables, product: SaleorRow): Attributes {
  const found: Record<string, string | number | boolean> = {};
  for (const row of tables.of("attribute.assignedproductattributevalue", product.pk)) {
    for (const { name, value } of assigned(tables, row)) {
      const before = found[name];
      // several values of one attribute are told in one line
      found[name] = before === undefined ? value : `${String(before)}, ${String(value)}`;
    }
  }
  return found;
}

/** What a variant chooses, by attribute. */
function choices(tables: Tables, variant: SaleorRow): Record<string, string> {
  const rows = tables
    .of("attribute.assignedvariantattribute", variant.pk)
    .flatMap(({ pk }) => tables.of("attribute.assignedvariantattributevalue", pk));
  return Object.fromEntries(
    rows.flatMap((row) => assigned(tables, row)).map(({ name, value }) => [name, String(value)]),
  );
}

const variantName = (variant: SaleorRow): string => text(variant, "name") || text(variant, "sku") || variant.pk;

/** Every variant must choose one value of every option, and no two the same. */
function optionsOf(tables: Tables, variants: readonly SaleorRow[]): Record<string, string>[] {
  const chosen = variants.map((variant) => choices(tables, variant));
  const names = Object.keys(chosen[0] ?? {}).sort().join(); // prettier-ignore
  const alike = chosen.every((one) => Object.keys(one).sort().join() === names);
  const distinct = new Set(chosen.map((one) => JSON.stringify(Object.entries(one).sort()))).size === chosen.length;
  if (alike && distinct && names !== "") return chosen;
  const called = variants.map(variantName);
  const unique = new Set(called).size === called.length;
  return variants.map((variant, i) => ({ variant: unique ? (called[i] ?? "") : `${called[i] ?? ""} ${variant.pk}` }));
}

const variantIdOf = ({ pk }: SaleorRow): string => `variant-${pk}`;

function choiceOf(tables: Tables, variants: readonly SaleorRow[]): { options: Option[]; variants: Variant[] } {
  const chosen = optionsOf(tables, variants);
  const names = Object.keys(chosen[0] ?? {});
  return {
    options: names.map((name) => ({ name, values: [...new Set(chosen.map((one) => one[name] ?? ""))] })),
    variants: variants.map((variant, i) => ({ id: variantIdOf(variant), options: chosen[i] ?? {} })),
  };
}

function stockOf(tables: Tables, variant: SaleorRow): Record<string, number> {
  const stock: Record<string, number> = {};
  for (const { fields } of tables.of("warehouse.stock", variant.pk)) {
    const warehouse = tables.one("warehouse.warehouse", fields["warehouse"]);
    const location = (warehouse && text(warehouse, "slug").toLowerCase()) || "main";
    if (typeof fields["quantity"] === "number") stock[location] = (stock[location] ?? 0) + fields["quantity"];
  }
  return stock;
}

function offersOf(tables: Tables, variant: SaleorRow, currency: string): ImportOffer[] {
  const listings = tables.of("product.productvariantchannellisting", variant.pk);
  const listed = listings.find(({ fields }) => fields["currency"] === currency);
  const amountMinor = minorOf(keyText(listed?.fields["price_amount"]), currency);
  if (amountMinor === null) return [];
  return [
    {
      sellerId: SELLER,
      sku: text(variant, "sku") || variantIdOf(variant),
      price: { amountMinor, currency },
      condition: "new",
      variantId: variantIdOf(variant),
      stock: stockOf(tables, variant),
    },
  ];
}

export function parseSaleor(tables: Tables, product: SaleorRow, { currency }: { currency: string }): Parsed {
  const title = text(product, "name").slice(0, 500);
  if (title === "") return failed(product.pk, 'the product has no "name"');
  const variants = tables.of("product.productvariant", product.pk);
  const description = text(product, "description_plaintext").slice(0, 20_000);
  const path = categoryPath(tables, product);
  const pictures = tables.of("product.productmedia", product.pk).map((row) => text(row, "external_url"));
  const media = pictures.filter((url) => /^https?:/.test(url)).map((url) => ({ kind: "image" as const, url }));
  const content: ImportRecord["product"] = {
    title: { en: title },
    ...(description === "" ? {} : { description: { en: description } }),
    ...(path.length === 0 ? {} : { categoryPath: path }),
    attributes: attributesOf(tables, product),
    ...(variants.length === 0 ? {} : choiceOf(tables, variants)),
    media,
    publish: tables
      .of("product.productchannellisting", product.pk)
      .some(({ fields }) => fields["is_published"] === true),
  };
  const offers = variants.flatMap((variant) => offersOf(tables, variant, currency));
  return { ok: true, record: { id: product.pk, product: content, offers } };
}

export const saleor: Format = {
  name: "saleor",
  summary: "a Saleor shop as a fixture, a JSON array: products with their variants (prices of --currency)",
  async *read(chunks, options): AsyncGenerator<Entry, void, undefined> {
    const tables = await readTables(objectsIn(chunks));
    for (const product of tables.all("product.product")) {
      const { number, line } = product;
      yield { number, line, parse: () => parseSaleor(tables, product, options) };
    }
  },
};
