/** How papers look: an invoice or credit note, and the statement of a payout, on A4. */
import type { Buyer, InvoiceLine, InvoiceView } from "../../models/invoice/invoice.contract";
import { amountText } from "../../models/kernel/money";
import type { Text } from "../../models/kernel/text";
import type { OrderLanguage } from "../../models/order/order.place.contract";
import type { Statement } from "../../models/payout/payout.contract";
import { drawn, MARGIN, row, type Paper } from "./drawing";

const WORDS = {
  en: {
    invoice: "Invoice",
    "credit-note": "Credit note",
    ...{ order: "Order", date: "Date", sent: "Sent on", paid: "Paid on", amends: "amends invoice" },
    ...{ vatId: "VAT ID", taxNumber: "Tax number", unit: "Unit net", rate: "Tax", amount: "Amount" },
    ...{ discount: "Discount, net", total: "Total", tax: "of it tax", net: "net", exempt: "Not taxed" },
  },
  de: {
    invoice: "Rechnung",
    // "Gutschrift" is what the law calls an invoice that the buyer writes
    "credit-note": "Rechnungskorrektur",
    ...{ order: "Bestellung", date: "Datum", sent: "Versandt am", paid: "Bezahlt am", amends: "zu Rechnung" },
    ...{ vatId: "USt-IdNr.", taxNumber: "Steuernummer", unit: "Einzel netto", rate: "Steuer", amount: "Betrag" },
    ...{ discount: "Nachlass, netto", total: "Summe", tax: "davon Steuer", net: "netto", exempt: "Ohne Steuer" },
  },
} as const;

/** The library's own letters are Latin ones: who reads Korean or Arabic gets a paper in English. */
const PAPER_LANGUAGE: Readonly<Record<OrderLanguage, keyof typeof WORDS>> = { en: "en", de: "de", ko: "en", ar: "en" };

const wordsOf = (language: OrderLanguage): (typeof WORDS)["en" | "de"] => WORDS[PAPER_LANGUAGE[language]];

const textOf = (text: Text, language: OrderLanguage): string =>
  text[PAPER_LANGUAGE[language]] ?? Object.values(text)[0] ?? "";

/** Of goods that are sent nowhere, who bought them. */
const nameOf = (contact: Buyer["contact"]): string => contact?.name ?? contact?.email ?? "";

const said = (lines: readonly (string | null | undefined)[]): string[] =>
  lines.filter((line): line is string => line !== null && line !== undefined && line !== "");

function addressOf(buyer: Buyer | null): string[] {
  if (buyer === null) return [];
  if (buyer.address === null) return [nameOf(buyer.contact)];
  const { name, company, street, street2, postalCode, city, country } = buyer.address;
  return said([company, name, street, street2, `${postalCode} ${city}`, country]);
}

/** Who sells: its name in the mall, and under which name, where and by which numbers it is registered. */
function sellerOf({ sellerName, seller, language }: InvoiceView): string[] {
  if (seller === null) return [sellerName];
  const { legalName, street, postalCode, city, country, vatId, taxNumber } = seller;
  const words = wordsOf(language);
  const numbered = (word: string, number: string | null): string | null =>
    number === null ? null : `${word}: ${number}`;
  const names = legalName === null ? [sellerName] : [...new Set([legalName, sellerName])];
  return said([
    ...[...names, street, postalCode !== null && city !== null ? `${postalCode} ${city}` : null, country],
    ...[numbered(words.vatId, vatId), numbered(words.taxNumber, taxNumber)],
  ]);
}

/** What is taxed at each rate, the highest first; they come to the paper's own sums. Exported for its tests. */
export function ratesOf(lines: readonly Pick<InvoiceLine, "taxRateBp" | "taxMinor" | "totalMinor">[]) {
  const rates = new Map<number, { taxRateBp: number; netMinor: number; taxMinor: number }>();
  for (const { taxRateBp, taxMinor, totalMinor } of lines) {
    const found = rates.get(taxRateBp) ?? { taxRateBp, netMinor: 0, taxMinor: 0 };
    found.netMinor += totalMinor - taxMinor;
    found.taxMinor += taxMinor;
    rates.set(taxRateBp, found);
  }
  return [...rates.values()].sort((a, b) => b.taxRateBp - a.taxRateBp);
}

type Money = (amountMinor: number) => string;
const AT = { unit: 300, rate: 385, amount: 430 } as const;

function headed(paper: Paper, invoice: InvoiceView): void {
  const { language, orderNumber, issuedAt, supplied, amends } = invoice;
  const words = wordsOf(language);
  for (const line of sellerOf(invoice)) paper.text(line);
  paper.moveDown();
  for (const line of addressOf(invoice.buyer)) paper.text(line);
  const facts = said([
    `${words.date}: ${issuedAt.slice(0, 10)}`,
    supplied && `${words[supplied.how]}: ${supplied.on}`,
    `${words.order}: ${orderNumber}`,
    amends.length > 0 ? `${words.amends} ${amends.join(", ")}` : null,
  ]);
  paper.moveDown().text(facts.join("    ")).moveDown();
}

function lined(paper: Paper, { language, lines }: InvoiceView, money: Money): void {
  const words = wordsOf(language);
  row(paper, [
    { x: AT.unit, to: AT.rate - 10, text: words.unit, right: true },
    { x: AT.rate, text: words.rate },
    { x: AT.amount, text: words.amount, right: true },
  ]);
  for (const { title, quantity, unitNetMinor, discountNetMinor, taxRateBp, totalMinor } of lines) {
    const name = textOf(title, language);
    row(paper, [
      { x: MARGIN, to: AT.unit - 10, text: `${quantity} × ${name}` },
      { x: AT.unit, to: AT.rate - 10, text: unitNetMinor === null ? "" : money(unitNetMinor), right: true },
      { x: AT.rate, to: AT.amount - 5, text: `${taxRateBp / 100} %` },
      { x: AT.amount, text: money(totalMinor), right: true },
    ]);
    if (discountNetMinor === 0) continue;
    row(paper, [
      { x: MARGIN + 20, to: AT.unit - 10, text: words.discount },
      { x: AT.unit, to: AT.rate - 10, text: money(-discountNetMinor), right: true },
    ]);
  }
}

export function invoicePdf(invoice: InvoiceView): Promise<Buffer> {
  const { kind, number, language, currency, lines, totalMinor, exemption } = invoice;
  const words = wordsOf(language);
  const money: Money = (amountMinor) => amountText(amountMinor, currency, PAPER_LANGUAGE[language]);
  return drawn(`${words[kind]} ${number}`, (paper) => {
    headed(paper, invoice);
    lined(paper, invoice, money);
    paper.moveDown();
    row(paper, [
      { x: MARGIN, text: words.total },
      { x: AT.amount, text: money(totalMinor), right: true },
    ]);
    for (const { taxRateBp, netMinor, taxMinor } of ratesOf(lines)) {
      row(paper, [
        { x: MARGIN, to: AT.unit, text: `${words.tax} ${taxRateBp / 100} %` },
        { x: AT.unit, to: AT.amount, text: `${words.net} ${money(netMinor)}` },
        { x: AT.amount, text: money(taxMinor), right: true },
      ]);
    }
    if (exemption === null) return;
    paper.moveDown().text(`${words.exempt}: ${textOf(exemption, language)}`);
  });
}

/** `entries`: how many there are; of too many the last ones are shown. */
export function statementPdf({ payout, items }: Statement, entries: number): Promise<Buffer> {
  const { cycle, amountMinor, currency, openedAt, status } = payout;
  return drawn(`Payout ${cycle}`, (paper) => {
    paper.text(`${openedAt.slice(0, 10)}    ${amountText(amountMinor, currency)}    ${status}`).moveDown();
    if (entries > items.length)
      paper.text(`The last ${items.length} of ${entries} entries; all are in the CSV.`).moveDown();
    row(paper, [
      { x: 330, to: 420, text: "Commission", right: true },
      { x: AT.amount, text: "Yours", right: true },
    ]);
    for (const { n, at, kind, memo, postings } of items) {
      const of = (...accounts: readonly string[]): number =>
        postings.reduce((sum, one) => (accounts.includes(one.account) ? sum - one.amountMinor : sum), 0);
      const [owedMinor, commissionMinor] = [of("payable", "held"), of("commission")];
      row(paper, [
        { x: MARGIN, text: String(n) },
        { x: 90, text: at.slice(0, 10) },
        { x: 170, to: 325, text: `${kind} ${memo}` },
        { x: 330, to: 420, text: commissionMinor === 0 ? "" : amountText(commissionMinor, currency), right: true },
        { x: AT.amount, text: amountText(owedMinor, currency), right: true },
      ]);
    }
  });
}
