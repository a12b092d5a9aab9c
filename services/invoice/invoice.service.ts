import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { invoice, type InvoiceEvent } from "../../models/invoice/invoice.aggregate";
import {
  invoiceBookOf,
  invoiceContract,
  type GuestsPaper,
  type InvoiceBookKey,
  type InvoiceKey,
  type InvoiceView,
  type ListedInvoices,
  type ListInvoices,
} from "../../models/invoice/invoice.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import type { Node } from "../kernel/node";
import { aggregateService } from "../kernel/service";

/** What papers say that were issued before it was kept: nothing is made up. */
const NOT_KEPT = { seller: null, supplied: null, amends: [], exemption: null };
const NOT_KEPT_OF_LINE = { unitNetMinor: null, discountNetMinor: 0 };

/** A paper as it was issued. */
const viewOf = (data: InvoiceEvent["data"]): InvoiceView =>
  Object.assign({}, NOT_KEPT, data, { lines: data.lines.map((line) => Object.assign({}, NOT_KEPT_OF_LINE, line)) });

export const invoiceService = (node: Node): ServiceSchema => {
  /** The paper's number is its version. */
  async function papers(book: InvoiceBookKey, after: number, limit: number): Promise<InvoiceView[]> {
    const rows = await node.histories("invoice").page(invoiceBookOf(book), after, limit);
    const revealed = await node.personal("invoice").reveal(rows);
    return revealed.flatMap(({ events }) => (events as readonly InvoiceEvent[]).map(({ data }) => viewOf(data)));
  }
  async function one({ number, ...book }: InvoiceKey): Promise<InvoiceView> {
    const [found] = await papers(book, number - 1, 1);
    return found ?? refuse("NOT_FOUND", `There is no ${book.kind} ${number} of this seller.`, { number });
  }
  return aggregateService(node, {
    contract: anyContract(invoiceContract),
    aggregate: erased(invoice),
    queries: {
      "invoice.get": one,
      "invoice.track": async ({ orderId: id, kind, number, key }: GuestsPaper, { caller, meta }) => {
        const { sellerId } = await typed<Calls>(caller, asMall(meta, "track"))("order.ofGuest", { id, key });
        const found = await one({ sellerId, kind, number });
        return found.orderId === id ? found : refuse("NOT_FOUND", `The order has no ${kind} ${number}.`, { number });
      },
      "invoice.sold": one,
      "invoice.list": async ({ sellerId, kind, after = 0, limit }: ListInvoices): Promise<ListedInvoices> => ({
        sellerId,
        items: await papers({ sellerId, kind }, after, limit),
      }),
    },
  });
};
