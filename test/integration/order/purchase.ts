/** A seller with a lamp, and purchases of it as checkout makes them, on all services in one process. */
import type { Receipt } from "../../../models/kernel/contract";
import { ACCOUNTS } from "../../../models/ledger/ledger.book.contract";
import type { BookView } from "../../../models/ledger/ledger.contract";
import type { PlaceOrder } from "../../../models/order/order.place.contract";
import type { OrderView } from "../../../models/order/order.view.contract";
import type { StockView } from "../../../models/stock/stock.contract";
import { sendDue } from "../../support/due";
import { openMemoryNode, type MemoryNode, type MemoryNodeOptions } from "../../support/memory-node";
import { placeOrder, quoteLine } from "../../support/orders";

const ROOT = { id: "root", permissions: ["*"] };
const TIMED = ["supplement", "order", "ledger", "payout", "return", "message"];
export const seller = { sellerId: "seller-1", currency: "EUR" };

type Capture = "order" | "shipment";

/** By Mia with a good card, or otherwise; null: by a guest. */
interface By {
  readonly customerId?: string | null;
  readonly method?: string;
  readonly categoryId?: string;
  readonly taxRateBp?: number;
  /** Of whom it is bought. */
  readonly sellerId?: string;
}

export interface Bought {
  readonly id: string;
  readonly paymentId: string;
  readonly holdId: string;
  /** The seller's offer of something else, for 1,500. */
  readonly shadeId: string;
}

export interface Purchases {
  readonly mall: MemoryNode;
  readonly channelId: string;
  call<R = Receipt>(action: string, params: object): Promise<R>;
  /** Sends what is due, by a clock that may be ahead. */
  settle(aheadMs?: number): Promise<void>;
  bought(quantity: number, capture?: Capture, by?: By): Promise<Bought>;
  /** … and nothing that is due is sent yet. */
  placed(quantity: number, capture?: Capture, by?: By): Promise<Bought>;
  book(): Promise<BookView>;
  stock(): Promise<StockView>;
  orderOf(id: string): Promise<OrderView>;
  balanced(): Promise<void>;
}

const untaxedAt = (taxRateBp: number | undefined, quantity: number) =>
  taxRateBp === 0 ? { taxRateBp, taxMinor: 0, netMinor: quantity * 1_000 - 100 } : {};

const inCategory = (categoryId: string | undefined) => (categoryId === undefined ? {} : { categoryId });

export async function openPurchases({
  units = 100,
  ...options
}: MemoryNodeOptions & { units?: number } = {}): Promise<Purchases> {
  const mall = await openMemoryNode(options);
  let runs = 0;
  const call = <R = Receipt>(action: string, params: object): Promise<R> =>
    mall.call<R>(ROOT, action, params, { exempt: "approved" });
  const settle = (aheadMs = 0): Promise<void> =>
    sendDue(
      mall,
      TIMED.filter((name) => mall.histories.has(name)),
      new Date(Date.now() + aheadMs + 60_000).toISOString(),
    );
  const { id: channelId } = await call("channel.open", {
    ...{ code: "main", name: { en: "Main" }, currency: "EUR", languages: ["en"], taxInclusive: true },
  });
  const { id: productId } = await call("product.create", { title: { en: "Lamp" }, channels: [], publish: true });
  const { id: offerId } = await call("offer.make", {
    ...{
      productId,
      sellerId: "seller-1",
      sku: "lamp",
      price: { amountMinor: 1_000, currency: "EUR" },
      condition: "new",
    },
  });
  await call("stock.receive", { offerId, location: "berlin", quantity: units });
  const { id: shadeOf } = await call("product.create", {
    title: { en: "Shade" },
    channels: [channelId],
    publish: true,
  });
  const { id: shadeId } = await call("offer.make", {
    ...{ productId: shadeOf, sellerId: "seller-1", sku: "a-shade", condition: "new" },
    price: { amountMinor: 1_500, currency: "EUR" },
  });
  await call("stock.receive", { offerId: shadeId, location: "berlin", quantity: units });
  await call("commission.set", { rateBp: 1_000 });
  await call("commission.set", { sellerId: "seller-1", rateBp: 500 });
  await call("ledger.terms", { ...seller, holdDays: 0, feeMinor: 30 });
  const book = (): Promise<BookView> => call<BookView>("ledger.get", seller);
  /** Reserved, authorised, placed; and, unless the order takes it itself, captured. */
  const placed: Purchases["placed"] = async (
    quantity,
    capture = "order",
    { customerId = "mia", method = "tok_ok", categoryId, taxRateBp, sellerId = "seller-1" } = {},
  ) => {
    const n = ++runs;
    const [paymentId, holdId] = [`payment-${n}`, `hold-${n}`];
    const discounts = [{ promotionId: "p", fundedBy: "platform", amountMinor: 100 }] as const;
    const held = { offerId, location: "berlin", quantity, holdId };
    await call("stock.reserve", held);
    const more = { offerId, productId, discounts, ...untaxedAt(taxRateBp, quantity), ...inCategory(categoryId) };
    const params: PlaceOrder = placeOrder([quoteLine("l1", quantity, 1_000, more)], {
      ...{ checkoutId: `checkout-${n}`, channelId, reservations: [{ lineId: "l1", ...held }], customerId, sellerId },
    });
    const amountMinor = params.payment.totalMinor;
    await call("payment.authorise", {
      ...{ id: paymentId, provider: "test", method, currency: "EUR", amountMinor, customerId },
    });
    const { id } = await call("order.place", { ...params, payment: { paymentId, totalMinor: amountMinor, capture } });
    if (capture === "order") {
      await call("payment.capture", { id: paymentId, amountMinor });
      await call("order.recordCapture", { id, captureId: `capture-${n}`, amountMinor });
    }
    return { id, paymentId, holdId, shadeId };
  };
  return {
    mall,
    channelId,
    call,
    settle,
    book,
    stock: () => call<StockView>("stock.get", { offerId, location: "berlin" }),
    orderOf: (id) => call<OrderView>("order.get", { id }),
    async balanced() {
      const { balances } = await book();
      expect(ACCOUNTS.reduce((sum, account) => sum + balances[account], 0)).toBe(0);
    },
    placed,
    async bought(quantity, capture, by) {
      const made = await placed(quantity, capture, by);
      await settle();
      return made;
    },
  };
}
