/**
 * From an invoice to what is recorded in the mall. Pure but for the shelf, which remembers what was bought and has not
 * come back. What cannot be taken is refused line by line, each for a named reason; what comes back without a purchase
 * that it belongs to is a goodwill credit.
 */
import { derivedId } from "../../models/kernel/ids";
import type { Invoice, InvoiceLine } from "./invoice";

/** Why a line is not taken. */
export const REASONS = {
  PRICE_NEGATIVE: "the price is below zero: a debt that was written off",
  PRICE_BELOW_PENNY: "the price has a fraction of a penny",
  QUANTITY_NEGATIVE: "units below zero on an invoice that takes nothing back: stock that was written off",
  NOTHING_TO_PAY: "nothing on the invoice costs anything: no purchase",
  MALL_REFUSED: "the mall refused it: the report says why",
} as const;

export type Reason = keyof typeof REASONS;

export interface Piece {
  readonly line: InvoiceLine;
  readonly units: number;
}

export interface PlannedLine extends Piece {
  readonly lineId: string;
  readonly unitMinor: number;
}

/** Becomes one order; long invoices become several. */
export interface Purchase {
  readonly kind: "purchase";
  readonly reference: string;
  readonly lines: readonly PlannedLine[];
}

/** What comes back of one purchase. */
export interface Return {
  readonly kind: "return";
  /** Of the purchase. */
  readonly of: string;
  readonly reference: string;
  readonly lines: readonly PlannedLine[];
}

export interface Credit {
  readonly kind: "credit";
  readonly reference: string;
  readonly amountMinor: number;
  readonly pieces: readonly Piece[];
}

export type Planned = Purchase | Return | Credit;

export interface Plan {
  readonly steps: readonly Planned[];
  readonly refused: readonly (Piece & { readonly reason: Reason })[];
}

/** As many as an order may have, and as many units as a line may have. */
const LINES_MAX = 200;
const UNITS_MAX = 10_000;
const MILLS_PER_MINOR = 10;

interface Bought {
  readonly reference: string;
  readonly lineId: string;
  left: number;
}

/** What each customer has bought at each price and not brought back, newest last. */
export type Shelf = Map<string, Bought[]>;

const placeOf = (customer: string | null, { code, priceMills }: InvoiceLine): string =>
  `${customer ?? "guest"}/${code}/${priceMills}`;

function reasonOf({ units, priceMills }: InvoiceLine, returns: boolean): Reason | null {
  if (priceMills < 0) return "PRICE_NEGATIVE";
  if (priceMills % MILLS_PER_MINOR !== 0) return "PRICE_BELOW_PENNY";
  return units < 0 === returns && units !== 0 ? null : "QUANTITY_NEGATIVE";
}

/** A line of more units than an order's line may have becomes several. */
function piecesOf(line: InvoiceLine, nth: number): PlannedLine[] {
  const units = Math.abs(line.units);
  const unitMinor = line.priceMills / MILLS_PER_MINOR;
  return Array.from({ length: Math.ceil(units / UNITS_MAX) }, (_, i) => ({
    line,
    units: Math.min(UNITS_MAX, units - i * UNITS_MAX),
    lineId: i === 0 ? `l${nth}` : `l${nth}-${i}`,
    unitMinor,
  }));
}

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

function purchases(invoice: Invoice, taken: readonly PlannedLine[], shelf: Shelf): Plan {
  const steps: Purchase[] = [];
  const refused: (Piece & { reason: Reason })[] = [];
  for (const [i, lines] of chunksOf(taken, LINES_MAX).entries()) {
    if (lines.every(({ unitMinor }) => unitMinor === 0)) {
      refused.push(...lines.map((line) => ({ ...line, reason: "NOTHING_TO_PAY" as const })));
      continue;
    }
    const reference = i === 0 ? invoice.number : `${invoice.number}-${i + 1}`;
    steps.push({ kind: "purchase", reference, lines });
    for (const { line, lineId, units } of lines) {
      const place = placeOf(invoice.customer, line);
      const bought = shelf.get(place) ?? [];
      bought.push({ reference, lineId, left: units });
      shelf.set(place, bought);
    }
  }
  return { steps, refused };
}

/** Takes so many units off the shelf, the newest purchase first, and says how many could not be found there. */
function takenBack(shelf: Shelf, place: string, units: number) {
  const found: { reference: string; lineId: string; units: number }[] = [];
  const bought = shelf.get(place) ?? [];
  let missing = units;
  while (missing > 0) {
    const newest = bought.at(-1);
    if (!newest) break;
    const took = Math.min(missing, newest.left);
    found.push({ reference: newest.reference, lineId: newest.lineId, units: took });
    missing -= took;
    newest.left -= took;
    if (newest.left === 0) bought.pop();
  }
  if (bought.length === 0) shelf.delete(place);
  return { found, missing };
}

function returns(invoice: Invoice, taken: readonly PlannedLine[], shelf: Shelf): Plan {
  const byPurchase = new Map<string, PlannedLine[]>();
  const pieces: Piece[] = [];
  let amountMinor = 0;
  for (const { line, units, unitMinor } of taken) {
    const { found, missing } = takenBack(shelf, placeOf(invoice.customer, line), units);
    for (const { reference, lineId, units: some } of found) {
      const same = byPurchase.get(reference) ?? [];
      same.push({ line, units: some, lineId, unitMinor });
      byPurchase.set(reference, same);
    }
    if (missing === 0) continue;
    pieces.push({ line, units: missing });
    amountMinor += missing * unitMinor;
  }
  const steps: Planned[] = [...byPurchase].map(([of, lines]) => {
    const reference = derivedId("return", invoice.number, of);
    return { kind: "return", of, reference, lines };
  });
  if (amountMinor > 0) steps.push({ kind: "credit", reference: invoice.number, amountMinor, pieces });
  return { steps, refused: amountMinor > 0 ? [] : pieces.map((piece) => ({ ...piece, reason: "NOTHING_TO_PAY" })) };
}

/** Notes on the shelf what is bought and brought back: invoices are planned in the order of the file. */
export function planOf(invoice: Invoice, shelf: Shelf): Plan {
  const judged = invoice.lines.map((line, nth) => ({ line, nth, reason: reasonOf(line, invoice.returns) }));
  const taken = judged.flatMap(({ line, nth, reason }) => (reason === null ? piecesOf(line, nth) : []));
  const refused = judged.flatMap(({ line, reason }) =>
    reason === null ? [] : [{ line, units: Math.abs(line.units), reason }],
  );
  const plan = invoice.returns ? returns(invoice, taken, shelf) : purchases(invoice, taken, shelf);
  return { steps: plan.steps, refused: [...refused, ...plan.refused] };
}
