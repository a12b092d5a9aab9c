/** How papers look: an invoice or credit note, and the statement of a payout, on A4. */
import type PDFDocument from "pdfkit";
import type { Buyer, InvoiceView } from "../../models/invoice/invoice.contract";
import { amountText } from "../../models/kernel/money";
import type { Statement } from "../../models/payout/payout.contract";

const MARGIN = 50;
const RIGHT = 545;
const BOTTOM = 760;
const ROW = 16;
/** Lines of a text in a table: more would run into the next row. */
const CELL_CHARS = 58;

const WORDS = {
  en: {
    invoice: "Invoice",
    "credit-note": "Credit note",
    order: "Order",
    date: "Date",
    total: "Total",
    tax: "of it tax",
    net: "net",
  },
  de: {
    invoice: "Rechnung",
    "credit-note": "Gutschrift",
    order: "Bestellung",
    date: "Datum",
    total: "Summe",
    tax: "davon Steuer",
    net: "netto",
  },
} as const;

type Paper = InstanceType<typeof PDFDocument>;

/** The library costs 25 MB of memory and a tenth of a second of each start: it comes with the first paper. */
async function drawn(title: string, draw: (paper: Paper) => void): Promise<Buffer> {
  const { default: Document } = await import("pdfkit");
  return new Promise((resolve, reject) => {
    const paper = new Document({ size: "A4", margin: MARGIN, info: { Title: title } });
    const parts: Buffer[] = [];
    paper.on("data", (part: Buffer) => parts.push(part));
    paper.on("end", () => resolve(Buffer.concat(parts)));
    paper.on("error", reject);
    paper.fontSize(18).text(title).moveDown().fontSize(10);
    draw(paper);
    paper.end();
  });
}

interface Cell {
  readonly x: number;
  readonly text: string;
  readonly right?: true;
}

/** One row of a table, on a new page where this one is full. */
function row(paper: Paper, cells: readonly Cell[]): void {
  if (paper.y > BOTTOM) paper.addPage();
  const { y } = paper;
  for (const { x, text, right } of cells) {
    const place = right ? { width: RIGHT - x, align: "right" as const } : { width: RIGHT - x };
    paper.text(text.slice(0, CELL_CHARS), x, y, { ...place, lineBreak: false });
  }
  paper.x = MARGIN;
  paper.y = y + ROW;
}

/** Of goods that are sent nowhere, who bought them. */
const nameOf = (contact: Buyer["contact"]): string => contact?.name ?? contact?.email ?? "";

function addressOf(buyer: Buyer | null): string[] {
  if (buyer === null) return [];
  if (buyer.address === null) return [nameOf(buyer.contact)];
  const { name, company, street, street2, postalCode, city, country } = buyer.address;
  return [company, name, street, street2, `${postalCode} ${city}`, country].filter((line) => line !== undefined);
}

/** What is taxed at each rate, the highest first; they come to the paper's own sums. Exported for its tests. */
export function ratesOf(lines: InvoiceView["lines"]) {
  const rates = new Map<number, { taxRateBp: number; netMinor: number; taxMinor: number }>();
  for (const { taxRateBp, taxMinor, totalMinor } of lines) {
    const found = rates.get(taxRateBp) ?? { taxRateBp, netMinor: 0, taxMinor: 0 };
    found.netMinor += totalMinor - taxMinor;
    found.taxMinor += taxMinor;
    rates.set(taxRateBp, found);
  }
  return [...rates.values()].sort((a, b) => b.taxRateBp - a.taxRateBp);
}

export function invoicePdf(invoice: InvoiceView): Promise<Buffer> {
  const { kind, number, language, currency, sellerName, orderNumber, issuedAt, lines, totalMinor } = invoice;
  const words = WORDS[language];
  const money = (amountMinor: number): string => amountText(amountMinor, currency, language);
  return drawn(`${words[kind]} ${number}`, (paper) => {
    paper.text(sellerName).moveDown();
    for (const line of addressOf(invoice.buyer)) paper.text(line);
    paper
      .moveDown()
      .text(`${words.date}: ${issuedAt.slice(0, 10)}    ${words.order}: ${orderNumber}`)
      .moveDown();
    for (const { title, quantity, taxRateBp, totalMinor: worth } of lines) {
      const name = title[language] ?? Object.values(title)[0] ?? "";
      const cells = [
        { x: MARGIN, text: `${quantity} × ${name}` },
        { x: 380, text: `${taxRateBp / 100} %` },
      ];
      row(paper, [...cells, { x: 430, text: money(worth), right: true }]);
    }
    paper.moveDown();
    row(paper, [
      { x: MARGIN, text: words.total },
      { x: 430, text: money(totalMinor), right: true },
    ]);
    for (const { taxRateBp, netMinor, taxMinor } of ratesOf(lines)) {
      row(paper, [
        { x: MARGIN, text: `${words.tax} ${taxRateBp / 100} %` },
        { x: 300, text: `${words.net} ${money(netMinor)}` },
        { x: 430, text: money(taxMinor), right: true },
      ]);
    }
  });
}

/** `entries`: how many there are; of too many the last ones are shown. */
export function statementPdf({ payout, items }: Statement, entries: number): Promise<Buffer> {
  const { cycle, amountMinor, currency, openedAt, status } = payout;
  return drawn(`Payout ${cycle}`, (paper) => {
    paper.text(`${openedAt.slice(0, 10)}    ${amountText(amountMinor, currency)}    ${status}`).moveDown();
    if (entries > items.length)
      paper.text(`The last ${items.length} of ${entries} entries; all are in the CSV.`).moveDown();
    for (const { n, at, kind, memo, postings } of items) {
      const owedMinor = postings
        .filter(({ account }) => account === "payable" || account === "held")
        .reduce((sum, posting) => sum - posting.amountMinor, 0);
      const cells = [
        { x: MARGIN, text: String(n) },
        { x: 90, text: at.slice(0, 10) },
        { x: 170, text: `${kind} ${memo}` },
      ];
      row(paper, [...cells, { x: 430, text: amountText(owedMinor, currency), right: true }]);
    }
  });
}
