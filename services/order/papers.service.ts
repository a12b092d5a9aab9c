/** What stands on the invoice of a capture, and on the credit note of a refund. Pure. */
import type { InvoiceLine, IssueInvoice } from "../../models/invoice/invoice.contract";
import type { Placed, PlacedOrder } from "../../models/order/order.state.aggregate";
import { worthOf, type Units } from "../../models/order/order.units.aggregate";

interface Moved {
  readonly kind: IssueInvoice["kind"];
  readonly units: Units;
  readonly shipping: boolean;
  readonly amountMinor: number;
}

const BESIDE = { en: "Adjustment", de: "Anpassung" };

function linesOf(bought: Placed, { units, shipping }: Moved): InvoiceLine[] {
  const goods = bought.lines.flatMap((line): InvoiceLine[] => {
    const range = units[line.lineId];
    if (!range) return [];
    const { title, taxRateBp } = line;
    const [taxMinor, totalMinor] = [worthOf(line, range, "taxMinor"), worthOf(line, range, "totalMinor")];
    return [{ title, quantity: range[1] - range[0], taxRateBp, taxMinor, totalMinor }];
  });
  const { parcel } = bought;
  if (!shipping || !parcel || parcel.totalMinor === 0) return goods;
  const { methodName: title, taxRateBp, taxMinor, totalMinor } = parcel;
  return [...goods, { title, quantity: 1, taxRateBp, taxMinor, totalMinor }];
}

const sum = (lines: readonly InvoiceLine[], of: "taxMinor" | "totalMinor"): number =>
  lines.reduce((total, line) => total + line[of], 0);

/** The tax in an amount that is a part of a whole. */
const share = (taxMinor: number, partMinor: number, wholeMinor: number): number =>
  wholeMinor === 0 ? 0 : Math.floor((partMinor / wholeMinor) * taxMinor);

/** More than the lines: one more line. Less: the lines' tax in proportion, for the paper says what was moved. */
export function paperOf(order: PlacedOrder, bought: Placed, moved: Moved): Omit<IssueInvoice, "sellerName"> {
  const { amountMinor: totalMinor } = moved;
  const lines = linesOf(bought, moved);
  const beside = totalMinor - sum(lines, "totalMinor");
  const rateBp = bought.lines[0]?.taxRateBp ?? 0;
  const extra: InvoiceLine[] =
    beside > 0
      ? [
          {
            ...{ title: BESIDE, quantity: 1, taxRateBp: rateBp, totalMinor: beside },
            taxMinor: share(rateBp, beside, 10_000 + rateBp),
          },
        ]
      : [];
  const taxMinor = sum([...lines, ...extra], "taxMinor");
  const { sellerId, id: orderId, number: orderNumber, customerId, currency, language } = order;
  return {
    ...{ kind: moved.kind, sellerId, orderId, orderNumber, customerId, currency, language, totalMinor },
    buyer: { contact: order.contact, address: order.billingAddress },
    lines: [...lines, ...extra],
    taxMinor: beside < 0 ? share(taxMinor, totalMinor, totalMinor - beside) : taxMinor,
  };
}
