/** How an export is written down. A further form is an entry here: of products with their offers, and of things. */
import { stringify } from "csv-stringify/sync";
import type { ImportOffer, ImportRecord } from "../import/record";
import { digitsOf } from "../import/decimal";
import type { Thing } from "./things";

export interface Form {
  readonly name: "jsonl" | "csv";
  readonly contentType: string;
  /** Stands before the first record. */
  readonly head: string;
  /** Whole lines. */
  write(record: ImportRecord): string;
  /** Of things of one kind, which can be asked for several times. */
  readonly sheet: (things: () => AsyncIterable<Thing>) => Promise<Sheet>;
}

export interface Sheet {
  /** Stands before the first thing. */
  readonly head: string;
  readonly write: (thing: Thing) => string;
}

const COLUMNS = [
  "product_id", "status", "title", "brand", "category", "attributes", "seller_id", "sku", "variant_id", "condition",
  "offer_status", "price", "currency", "quantity", "stock",
] as const; // prettier-ignore

type Cells = Readonly<Partial<Record<(typeof COLUMNS)[number], string | number>>>;

/** A cell that a spreadsheet would take for a formula is made a text: whoever opens the file did not write it. */
const csv = (rows: readonly (readonly unknown[])[]): string => stringify([...rows], { escape_formulas: true });

const textOf = (text: Readonly<Record<string, string>>): string => text["en"] ?? Object.values(text)[0] ?? "";

function statusOf({ product, withdrawn }: ImportRecord): string {
  if (withdrawn === true) return "withdrawn";
  return product.publish === true ? "published" : "draft";
}

function productCells(record: ImportRecord): Cells {
  const { id, product } = record;
  return {
    product_id: id,
    status: statusOf(record),
    title: textOf(product.title),
    brand: product.brand ?? "",
    category: (product.categoryPath ?? []).join(" > "),
    attributes: JSON.stringify(product.attributes ?? {}),
  };
}

function offerCells({ sellerId, sku, variantId, condition, price, stock, withdrawn }: ImportOffer): Cells {
  const digits = digitsOf(price.currency);
  return {
    seller_id: sellerId,
    sku,
    variant_id: variantId ?? "",
    condition,
    offer_status: withdrawn === true ? "withdrawn" : "open",
    price: (price.amountMinor / 10 ** digits).toFixed(digits),
    currency: price.currency,
    quantity: Object.values(stock).reduce((sum, onHand) => sum + onHand, 0),
    stock: JSON.stringify(stock),
  };
}

/** A line per offer; a product that nobody offers has one all the same. */
function csvOf(record: ImportRecord): string {
  const product = productCells(record);
  const offers: readonly Cells[] = record.offers.length === 0 ? [{}] : record.offers.map(offerCells);
  const rows: Cells[] = offers.map((offer) => ({ ...product, ...offer }));
  return csv(rows.map((row) => COLUMNS.map((name) => row[name] ?? "")));
}

const COLUMNS_MAX = 200;
const cellOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : (value ?? "");

/** A column for each field that any of the things has: so they are looked through once before the first is written. */
async function sheetOf(things: () => AsyncIterable<Thing>): Promise<Sheet> {
  const names = new Set<string>(["id", "version"]);
  for await (const thing of things()) for (const name of Object.keys(thing)) names.add(name);
  if (names.size > COLUMNS_MAX) throw new Error(`${names.size} columns are too many for a sheet: take jsonl`);
  const columns = [...names];
  return { head: csv([columns]), write: (thing) => csv([columns.map((name) => cellOf(thing[name]))]) };
}

const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`;

export const forms: readonly Form[] = [
  {
    name: "jsonl",
    contentType: "application/jsonl",
    head: "",
    write: lineOf,
    sheet: () => Promise.resolve({ head: "", write: lineOf }),
  },
  { name: "csv", contentType: "text/csv; charset=utf-8", head: csv([COLUMNS]), write: csvOf, sheet: sheetOf },
];
