/** How an export is written down. A further form is a function from a record to text and a line here. Pure. */
import { stringify } from "csv-stringify/sync";
import type { ImportOffer, ImportRecord } from "../import/record";
import { digitsOf } from "../import/decimal";

export interface Form {
  readonly name: "jsonl" | "csv";
  readonly contentType: string;
  /** Stands before the first record. */
  readonly head: string;
  /** Whole lines. */
  write(record: ImportRecord): string;
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

export const forms: readonly Form[] = [
  {
    name: "jsonl",
    contentType: "application/jsonl",
    head: "",
    write: (record) => `${JSON.stringify(record)}\n`,
  },
  { name: "csv", contentType: "text/csv; charset=utf-8", head: csv([COLUMNS]), write: csvOf },
];
