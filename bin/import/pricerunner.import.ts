/**
 * Offers in the form of the PriceRunner data set (UCI): a CSV line per offer with product_id, product_title,
 * vendor_id, cluster_id, cluster_label, category_id, category_label. A cluster, whose lines stand together, is one
 * product with its vendors' offers. **The data set has no prices**: each offer is given one that is worked out from its
 * numbers, so that offers compete and every import gives the same; it says nothing about the real thing.
 */
import { CsvError, parse as csvParser } from "csv-parse";
import { Readable } from "node:stream";
import { Sentence } from "../terminal/sentence";
import { failed, type Entry, type Format } from "./entry";
import type { ImportOffer, Parsed } from "./record";

const RECORD_BYTES_MAX = 64 << 10;
/** A larger cluster goes on in a further entry, which is the same product. */
const OFFERS_MAX = 200;
const LOCATION = "main";
const STOCK = 10;
const COLUMNS = ["product_id", "product_title", "vendor_id", "cluster_id", "cluster_label", "category_label"] as const;

/** A line that is cut short lacks the last ones. */
export type OfferRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

interface Numbered {
  readonly row: OfferRow;
  /** From 1; the header is the first one. */
  readonly line: number;
}

/** The published file has blanks before its names. */
const columnsOf = (header: readonly string[]): string[] => {
  const names = header.map((name) => name.trim().toLowerCase().replace(/\s+/g, "_"));
  const missing = COLUMNS.filter((name) => !names.includes(name));
  if (missing.length === 0) return names;
  throw new Sentence(`The first line of the file does not name the columns ${missing.join(", ")}.`);
};

async function* rowsIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Numbered, void, undefined> {
  const parser = csvParser({
    columns: columnsOf,
    bom: true,
    info: true,
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  const source = Readable.from(chunks);
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const found of parser) {
      const { record, info } = found as { record: OfferRow; info: { lines: number } };
      yield { row: record, line: info.lines };
    }
  } catch (error) {
    throw error instanceof CsvError ? new Sentence(`The file is no CSV: ${error.message}.`) : error;
  }
}

/** A fraction of 0 up to 1 that is the same for the same text. */
function shareOf(text: string): number {
  let state = 0x811c9dc5;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0) / 4_294_967_296;
}

/** From 10 to 1,000 for a cluster, and up to 15 % more for an offer. */
export const standInMinor = ({ cluster_id, product_id }: OfferRow): number =>
  Math.round(1_000 * 100 ** shareOf(`cluster ${cluster_id}`) * (1 + 0.15 * shareOf(`offer ${product_id}`)));

function offerOf(row: OfferRow, currency: string): ImportOffer {
  const price = { amountMinor: standInMinor(row), currency };
  const sellerId = `vendor-${row.vendor_id}`;
  return { sellerId, sku: row.product_id, price, condition: "new", stock: { [LOCATION]: STOCK } };
}

const isNumber = (text: string | undefined): boolean => /^\d{1,18}$/.test(text ?? "");

function oddOffer(rows: readonly OfferRow[]): string | null {
  const odd = rows.find((row) => !isNumber(row.vendor_id) || !isNumber(row.product_id));
  return odd ? `offer "${odd.product_id}" of vendor "${odd.vendor_id}": both must be numbers` : null;
}

/** @param rows at least one, all of one cluster */
export function parseCluster(rows: readonly OfferRow[], { currency }: { currency: string }): Parsed {
  const { cluster_id: id, cluster_label, category_label } = rows[0] as OfferRow;
  if (!isNumber(id)) return failed(null, '"cluster_id" is no number');
  const title = cluster_label.slice(0, 500);
  if (title === "") return failed(id, 'the cluster has no "cluster_label"');
  const odd = oddOffer(rows);
  if (odd !== null) return failed(id, odd);
  const category = category_label.slice(0, 100);
  const product = { title: { en: title }, ...(category === "" ? {} : { categoryPath: [category] }), publish: true };
  return { ok: true, record: { id, product, offers: rows.map((row) => offerOf(row, currency)) } };
}

export const pricerunner: Format = {
  name: "pricerunner",
  summary: "PriceRunner offers of the UCI data set, CSV; it has no prices, they are made up (US dollars)",
  async *read(chunks, options): AsyncGenerator<Entry, void, undefined> {
    let group: Numbered[] = [];
    const entry = (): Entry => {
      const rows = group.map(({ row }) => row);
      const line = group[0]?.line ?? 0;
      return { number: line, line, parse: () => parseCluster(rows, options) };
    };
    for await (const found of rowsIn(chunks)) {
      const same = group[0]?.row.cluster_id === found.row.cluster_id;
      if (group.length > 0 && (!same || group.length >= OFFERS_MAX)) {
        yield entry();
        group = [];
      }
      group.push(found);
    }
    if (group.length > 0) yield entry();
  },
};
