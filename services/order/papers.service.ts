/** What stands on the invoice of a capture, and on the credit note of a refund. Pure. */
import { portion, shareOut } from "../../models/cart/cart.shares.contract";
import type { InvoiceLine, IssueInvoice } from "../../models/invoice/invoice.contract";
import type { Iso } from "../../models/kernel/row";
import type { Placed, PlacedOrder } from "../../models/order/order.state.aggregate";
import { worthOf, worthOfFirst, type Units } from "../../models/order/order.units.aggregate";

interface Moved {
  readonly kind: IssueInvoice["kind"];
  readonly units: Units;
  readonly shipping: boolean;
  /** Of the shipping, where it is not all of it. */
  readonly shippingMinor?: number | undefined;
  readonly amountMinor: number;
  /** When it was; tasks of before it was kept do not say. */
  readonly at?: Iso | undefined;
}

const BESIDE = { en: "Adjustment", de: "Anpassung" };
const LESS = { en: "Deduction", de: "Abzug" };

const one = (netMinor: number) => ({ quantity: 1, unitNetMinor: netMinor, discountNetMinor: 0 });

/** As tax law wants it: the price of a unit without tax, and what was taken off that it does not tell. */
function netOf(line: Placed["lines"][number], [from, to]: readonly [number, number], inclusive: boolean) {
  const { discounts, quantity, unitMinor, taxRateBp } = line;
  const whole = discounts.reduce((all, { amountMinor }) => all + amountMinor, 0);
  const offMinor = worthOfFirst(whole, quantity, to) - worthOfFirst(whole, quantity, from);
  const net = (amountMinor: number): number =>
    inclusive ? portion(amountMinor, 10_000, 10_000 + taxRateBp) : amountMinor;
  return { unitNetMinor: net(unitMinor), discountNetMinor: net(offMinor) };
}

/** Sending, or the part of it that goes back. */
function sendingOf({ parcel }: Placed, { shipping, shippingMinor }: Moved): InvoiceLine[] {
  const totalMinor = shippingMinor ?? parcel?.totalMinor ?? 0;
  if (!shipping || !parcel || totalMinor === 0) return [];
  const { methodName: title, taxRateBp } = parcel;
  const taxMinor = shippingMinor === undefined ? parcel.taxMinor : portion(totalMinor, taxRateBp, 10_000 + taxRateBp);
  return [{ title, ...one(totalMinor - taxMinor), taxRateBp, taxMinor, totalMinor }];
}

function linesOf(bought: Placed, moved: Moved): InvoiceLine[] {
  const { units } = moved;
  const goods = bought.lines.flatMap((line): InvoiceLine[] => {
    const range = units[line.lineId];
    if (!range) return [];
    const { title, taxRateBp } = line;
    const [taxMinor, totalMinor] = [worthOf(line, range, "taxMinor"), worthOf(line, range, "totalMinor")];
    const quantity = range[1] - range[0];
    return [{ title, quantity, ...netOf(line, range, bought.taxInclusive), taxRateBp, taxMinor, totalMinor }];
  });
  return [...goods, ...sendingOf(bought, moved)];
}

const sum = (lines: readonly InvoiceLine[], of: "taxMinor" | "totalMinor"): number =>
  lines.reduce((total, line) => total + line[of], 0);

type Taxed = Pick<InvoiceLine, "taxRateBp" | "taxMinor" | "totalMinor">;

/** By their rates, what they come to. */
function byRate(among: readonly Taxed[]): Taxed[] {
  const rates = new Map<number, Taxed>();
  for (const { taxRateBp, taxMinor, totalMinor } of among) {
    const before = rates.get(taxRateBp) ?? { taxRateBp, taxMinor: 0, totalMinor: 0 };
    rates.set(taxRateBp, {
      taxRateBp,
      taxMinor: before.taxMinor + taxMinor,
      totalMinor: before.totalMinor + totalMinor,
    });
  }
  return [...rates.values()];
}

const less = (totalMinor: number, taxMinor: number) => ({
  ...{ title: LESS, taxMinor: 0 - taxMinor, totalMinor: -totalMinor },
});

/** What is moved beside the lines is taxed as they are, in proportion; what is less never has more tax than they. */
function besideOf(amountMinor: number, among: readonly Taxed[]): InvoiceLine[] {
  const rates = byRate(among);
  const shares = shareOut(
    Math.abs(amountMinor),
    rates.map(({ totalMinor }) => totalMinor),
  );
  return rates.flatMap(({ taxRateBp, taxMinor: mostMinor }, n): InvoiceLine[] => {
    const totalMinor = shares[n] ?? 0;
    const taxMinor = portion(totalMinor, taxRateBp, 10_000 + taxRateBp);
    if (totalMinor === 0) return [];
    const said =
      amountMinor > 0 ? { title: BESIDE, taxMinor, totalMinor } : less(totalMinor, Math.min(taxMinor, mostMinor));
    return [{ ...said, ...one(said.totalMinor - said.taxMinor), taxRateBp }];
  });
}

/** The rest is known by others: the seller, the book of papers, and the table of taxes. */
type OrdersPart = Omit<IssueInvoice, "sellerName" | "seller" | "amends" | "exemption">;

/** Money that is taken with the order is taken before anything is sent. */
function suppliedOn({ money }: PlacedOrder, { kind, at }: Moved): IssueInvoice["supplied"] {
  if (kind !== "invoice" || at === undefined) return null;
  return { how: money.capture === "shipment" ? "sent" : "paid", on: at.slice(0, 10) };
}

/** Its lines come to what was moved, to the last unit: what is more or less than they are worth is lines of its own. */
export function paperOf(order: PlacedOrder, bought: Placed, moved: Moved): OrdersPart {
  const { amountMinor: totalMinor } = moved;
  const goods = linesOf(bought, moved);
  const worthMinor = sum(goods, "totalMinor");
  const all = [...bought.lines, ...(bought.parcel ? [bought.parcel] : [])];
  const lines = [...goods, ...besideOf(totalMinor - worthMinor, worthMinor > 0 ? goods : all)];
  const { sellerId, id: orderId, number: orderNumber, customerId, currency, language } = order;
  return {
    ...{ kind: moved.kind, sellerId, orderId, orderNumber, customerId, currency, language, totalMinor },
    supplied: suppliedOn(order, moved),
    buyer: { contact: order.contact, address: order.billingAddress },
    lines,
    taxMinor: sum(lines, "taxMinor"),
  };
}
