/**
 * Invoices of the "Online Retail" data set (UCI): a CSV line per article with InvoiceNo, StockCode, Description,
 * Quantity, InvoiceDate, UnitPrice, CustomerID, Country. The lines of an invoice stand together; one whose number
 * begins with C takes back. Prices are pounds with up to three digits: they are counted in tenths of a penny.
 */
import { CsvError, parse as csvParser } from "csv-parse";
import { Readable } from "node:stream";
import { Sentence } from "../terminal/sentence";

const COLUMNS = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
] as const;
const RECORD_BYTES_MAX = 64 << 10;
/** Forty times as many as the set has. */
const INVOICES_MAX = 1_000_000;
/** No invoice of the set has a fifth of it. */
const LINES_MAX = 10_000;

type Raw = Readonly<Record<(typeof COLUMNS)[number], string>>;

export interface InvoiceLine {
  /** From 1 in the file; the header is the first one. */
  readonly line: number;
  readonly code: string;
  readonly description: string;
  /** Below zero for what goes back. */
  readonly units: number;
  /** Per unit, in tenths of a penny. */
  readonly priceMills: number;
}

export interface Invoice {
  /** From 1, in the order of the file. */
  readonly ordinal: number;
  readonly number: string;
  /** True where the invoice takes back. */
  readonly returns: boolean;
  /** ISO 8601; the file's hours are taken for UTC. */
  readonly at: string;
  /** Null where the file names none. */
  readonly customer: string | null;
  readonly lines: readonly InvoiceLine[];
}

const columnsOf = (header: readonly string[]): string[] => {
  const missing = COLUMNS.filter((name) => !header.includes(name));
  if (missing.length === 0) return [...header];
  throw new Sentence(`The first line of the file does not name the columns ${missing.join(", ")}.`);
};

/** `2.55` is 2550. @throws Sentence */
function millsOf(text: string, line: number): number {
  const found = /^(-?)(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text);
  if (!found) throw new Sentence(`Line ${line}: "${text}" is no price with at most three digits behind the point.`);
  const [, sign, whole = "0", digits = ""] = found;
  return (sign === "-" ? -1 : 1) * Number(whole + digits.padEnd(3, "0"));
}

/** @throws Sentence */
function unitsOf(text: string, line: number): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new Sentence(`Line ${line}: "${text}" is no quantity.`);
  return Number(text);
}

/** @throws Sentence */
function momentOf(text: string, line: number): string {
  const at = new Date(`${text.replace(" ", "T")}Z`);
  if (Number.isNaN(at.getTime())) throw new Sentence(`Line ${line}: "${text}" is no date like 2010-12-01 08:26:00.`);
  return at.toISOString();
}

const lineOf = (raw: Raw, line: number): InvoiceLine => ({
  line,
  code: raw.StockCode.trim(),
  description: raw.Description.trim(),
  units: unitsOf(raw.Quantity, line),
  priceMills: millsOf(raw.UnitPrice, line),
});

async function* rowsIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ raw: Raw; line: number }, void, undefined> {
  const parser = csvParser({ columns: columnsOf, bom: true, info: true, max_record_size: RECORD_BYTES_MAX });
  const source = Readable.from(chunks);
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const found of parser) {
      const { record, info } = found as { record: Raw; info: { lines: number } };
      yield { raw: record, line: info.lines };
    }
  } catch (error) {
    throw error instanceof CsvError ? new Sentence(`The file is no CSV: ${error.message}.`) : error;
  }
}

const customerOf = (text: string): string | null => text.trim().replace(/\.0$/, "") || null;

/**
 * Names invoices apart: one of the set is interrupted by another, and what is left of it comes as if it were a second
 * one under the same number. @throws Sentence
 */
function namer(): (number: string) => string {
  const seen = new Map<string, number>();
  return (number) => {
    const times = (seen.get(number) ?? 0) + 1;
    seen.set(number, times);
    if (seen.size > INVOICES_MAX) throw new Sentence(`The file has more than ${INVOICES_MAX} invoices.`);
    return times === 1 ? number : `${number}+${times}`;
  };
}

/** @throws Sentence for a file that is none of this form */
export async function* invoicesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Invoice, void, undefined> {
  let ordinal = 0;
  const nameOf = namer();
  let open: { raw: Raw; line: number; lines: InvoiceLine[] } | null = null;
  const closed = ({ raw, line, lines }: NonNullable<typeof open>): Invoice => ({
    ordinal: (ordinal += 1),
    number: nameOf(raw.InvoiceNo),
    returns: raw.InvoiceNo.startsWith("C"),
    at: momentOf(raw.InvoiceDate, line),
    customer: customerOf(raw.CustomerID),
    lines,
  });
  for await (const { raw, line } of rowsIn(chunks)) {
    if (open?.raw.InvoiceNo !== raw.InvoiceNo) {
      if (open) yield closed(open);
      open = { raw, line, lines: [] };
    }
    if (open.lines.length >= LINES_MAX)
      throw new Sentence(`Invoice ${raw.InvoiceNo} has more than ${LINES_MAX} lines.`);
    open.lines.push(lineOf(raw, line));
  }
  if (open) yield closed(open);
}
