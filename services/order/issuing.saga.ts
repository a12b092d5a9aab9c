/** Papers of an order: what the order knows, with who sells as the seller said of itself by now. */
import type { Calls } from "../../models/contracts";
import { AMENDS_MAX, type Issuer, type IssueInvoice } from "../../models/invoice/invoice.contract";
import { isRefusal } from "../../models/kernel/refusal";
import type { Text } from "../../models/kernel/text";
import type { OrderPaper } from "../../models/order/order.commands.contract";
import type { PlacedOrder } from "../../models/order/order.state.aggregate";
import type { SellerImprint } from "../../models/seller/seller.contract";
import type { TypedCall } from "../kernel/call";
import { paperOf } from "./papers.service";
import type { TaskSite } from "./tasks.saga";

interface Selling {
  readonly sellerName: string;
  readonly seller: Issuer;
}

const UNKNOWN: Issuer = {
  ...{ version: null, legalName: null, street: null, postalCode: null, city: null, country: null },
  ...{ vatId: null, taxNumber: null },
};

function placeOf(business: SellerImprint["business"]) {
  const { legalName = null, street = null, postalCode = null, city = null } = business ?? {};
  return { legalName, street, postalCode, city };
}

function numbersOf(tax: SellerImprint["tax"]) {
  const { vatId = null, taxNumber = null } = tax ?? {};
  return { vatId, taxNumber };
}

/** A seller that came by an import has no name but its id. */
async function sellingOf(id: string, call: TypedCall<Calls>): Promise<Selling> {
  try {
    const { version, name, country, business, tax } = await call("seller.imprint", { id });
    return { sellerName: name, seller: { version, country, ...placeOf(business), ...numbersOf(tax) } };
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return { sellerName: id, seller: UNKNOWN };
    throw error;
  }
}

/** By which provision nothing is taxed, where that is so: of the country to which it is sold. */
async function exemptionOf(
  order: PlacedOrder,
  lines: IssueInvoice["lines"],
  call: TypedCall<Calls>,
): Promise<Text | null> {
  const country = (order.shippingAddress ?? order.billingAddress)?.country;
  if (country === undefined || lines.every(({ taxRateBp }) => taxRateBp > 0)) return null;
  try {
    return (await call("tax.get", { country })).exemption ?? null;
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

/** The number of a paper is the version that issuing it made. */
export async function issued(site: TaskSite, moved: Parameters<typeof paperOf>[2]): Promise<OrderPaper> {
  const { order, call, bought, papers } = site;
  const paper = paperOf(order, await bought(), moved);
  const [selling, exemption] = await Promise.all([
    sellingOf(order.sellerId, call("seller")),
    exemptionOf(order, paper.lines, call("tax")),
  ]);
  const invoices = papers.flatMap(({ kind, number }) => (kind === "invoice" ? [number] : []));
  const amends = moved.kind === "credit-note" ? invoices.slice(-AMENDS_MAX) : [];
  try {
    const { version: number } = await call("paper")("invoice.issue", { ...paper, ...selling, exemption, amends });
    return { kind: moved.kind, number };
  } catch (error) {
    // issued by who died before it was recorded, when the seller or the buyer was told otherwise: that paper stands
    const { version: number } = (isRefusal(error, "IDEMPOTENCY_KEY_REUSED") ? error.data : {}) as { version?: number };
    if (number === undefined) throw error;
    return { kind: moved.kind, number };
  }
}
