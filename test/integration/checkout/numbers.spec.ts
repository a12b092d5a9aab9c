/** As an accountant would: each number of some purchases, worked out by hand. */
import type { CartView } from "../../../models/cart/cart.view.contract";
import type { CheckoutView } from "../../../models/checkout/checkout.contract";
import type { InvoiceView } from "../../../models/invoice/invoice.contract";
import type { Account, Entry } from "../../../models/ledger/ledger.book.contract";
import type { PagedEntries } from "../../../models/ledger/ledger.contract";
import type { OrderView } from "../../../models/order/order.view.contract";
import type { ShippingChoices } from "../../../models/shipping/shipping.choices.contract";
import { sendDue } from "../../support/due";
import { eventually } from "../../support/eventually";
import { address, contact, openMarket, shopper, type Market } from "../cart/market";

const mia = shopper("mia");

let market: Market;
beforeAll(async () => {
  market = await openMarket();
  await market.do("commission.set", { rateBp: 1_000 });
});
afterAll(() => market.node.stop());

const settle = (): Promise<void> =>
  sendDue(market.node, ["order", "payment", "return"], new Date(Date.now() + 60_000).toISOString());

interface Basket {
  readonly channelId: string;
  readonly lines: Readonly<Record<string, number>>;
  readonly coupons?: readonly string[];
  readonly shipping: Readonly<Record<string, string>>;
  /** By coupons and by what runs. */
  readonly discountMinor: number;
}

/** The orders by their sellers, paid and booked. */
async function buy({
  channelId,
  lines,
  coupons = [],
  shipping,
  discountMinor,
}: Basket): Promise<Readonly<Record<string, OrderView>>> {
  const { id } = await market.do("cart.open", { channelId }, mia);
  for (const [offerId, quantity] of Object.entries(lines)) await market.do("cart.add", { id, offerId, quantity }, mia);
  await market.do("cart.address", { id, contact, shippingAddress: address }, mia);
  for (const code of coupons) await market.do("cart.redeem", { id, code }, mia);
  for (const [sellerId, methodId] of Object.entries(shipping)) {
    // what was said a moment ago a cart may not have heard of
    await eventually("the way of shipping is known", async () => {
      const { items } = await market.do<ShippingChoices>("cart.shipping", { id }, mia);
      return items.some((one) => one.methodId === methodId);
    });
    await market.do("cart.ship", { id, sellerId, methodId }, mia);
  }
  await eventually("the promotions are known", async () => {
    const { quote } = await market.do<CartView>("cart.get", { id }, mia);
    return quote?.discountMinor === discountMinor;
  });
  const payment = { provider: "test", method: "tok_ok" };
  const { status, orders, totalMinor } = await market.do<CheckoutView>("checkout.start", { id, payment }, mia);
  expect(status).toBe("done");
  await settle();
  const views = await Promise.all(orders.map(({ orderId }) => market.do<OrderView>("order.get", { id: orderId })));
  expect(views.reduce((sum, { money }) => sum + money.totalMinor, 0)).toBe(totalMinor);
  expect(views.flatMap(({ problems }) => problems)).toEqual([]);
  return Object.fromEntries(views.map((view) => [view.sellerId, view]));
}

/** What an order's entries of a kind come to, by account. */
async function booked(order: OrderView, kind: Entry["kind"]): Promise<Partial<Record<Account, number>>> {
  const { sellerId, currency, id } = order;
  const { items } = await market.do<PagedEntries>("ledger.entries", { sellerId, currency });
  const postings = items.filter((one) => one.kind === kind && one.reference.startsWith(`${id}/`));
  const sums: Partial<Record<Account, number>> = {};
  for (const { account, amountMinor } of postings.flatMap((one) => one.postings)) {
    sums[account] = (sums[account] ?? 0) + amountMinor;
  }
  return sums;
}

const papersOf = async (order: OrderView): Promise<InvoiceView[]> => {
  const { papers } = await market.do<OrderView>("order.get", { id: order.id });
  return Promise.all(papers.map((one) => market.do<InvoiceView>("invoice.get", { sellerId: order.sellerId, ...one })));
};

async function coupon(code: string, promotion: object): Promise<void> {
  const { id } = await market.do("promotion.create", { name: { en: code }, byCoupon: true, ...promotion });
  await market.do("coupon.issue", { code, promotionId: id });
}

test("a coupon of the mall and one of a seller in one purchase: each pays its own", async () => {
  const channels = [market.channelId];
  const ten = { effect: { kind: "order-percent", percentBp: 1_000 } };
  await coupon("MALL-10", { rule: ten, channels, priority: 10 });
  await coupon("LUMEN-5", {
    rule: { effect: { kind: "order-amount", amountMinor: 500 } },
    channels,
    sellerId: "lumen",
  });
  const { lamp, bulb, rug } = market.offers;
  const { lumen, weave } = await buy({
    ...{ channelId: market.channelId, coupons: ["MALL-10", "LUMEN-5"], discountMinor: 4_339 },
    lines: { [lamp]: 1, [bulb]: 3, [rug]: 1 },
    shipping: { lumen: market.post, weave: market.post },
  });
  if (!lumen || !weave) throw new Error("an order of each seller was to be expected");
  // 10 % of 383.97 is 38.39, shared out as 11.90 + 1.50 + 24.99; of lumen's rest 5.00 as 4.44 + 0.56
  expect(lumen.lines.map(({ discounts, totalMinor }) => [discounts.map((one) => one.amountMinor), totalMinor])).toEqual(
    [
      [[1_190, 444], 10_266],
      [[150, 56], 1_291],
    ],
  );
  expect(weave.lines.map(({ totalMinor }) => totalMinor)).toEqual([22_501]);
  // commission: 10 % of 114.56 and of 14.41, as the lines cost without what the mall gives, rounded down
  expect(await booked(lumen, "sale")).toEqual({
    ...{ cash: 10_266 + 1_291 + 990, subsidy: 1_340, commission: -(1_145 + 144) },
    held: -(12_547 + 1_340 - 1_289),
  });
  expect(await booked(weave, "sale")).toEqual({ cash: 22_991, subsidy: 2_499, commission: -2_500, held: -22_990 });
  // two of three bulbs are declined: floor(1,291 × 2 / 3) … and the same share of everything goes back
  const line = lumen.lines[1]?.lineId;
  await market.do("order.decline", { id: lumen.id, lines: [{ lineId: line, quantity: 2 }], reason: "broken" });
  await settle();
  const back = await booked(lumen, "refund");
  expect(back).toMatchObject({ cash: -860, subsidy: -100, commission: 96 });
  expect(Object.values(back).reduce((sum, amountMinor) => sum + amountMinor, 0)).toBe(0);
  const [invoice, credit] = await papersOf(lumen);
  expect([invoice?.totalMinor, credit?.totalMinor]).toEqual([12_547, 860]);
  for (const paper of [invoice, credit]) {
    expect(paper?.lines.reduce((sum, one) => sum + one.totalMinor, 0)).toBe(paper?.totalMinor);
    expect(paper?.lines.reduce((sum, one) => sum + one.taxMinor, 0)).toBe(paper?.taxMinor);
  }
  // all of it cancelled: nothing is left on any account but what was paid for payments, which is nothing here
  await market.do("order.cancel", { id: lumen.id }, mia);
  await market.do("order.cancel", { id: weave.id }, mia);
  await settle();
  for (const order of [lumen, weave]) {
    const [sold, given] = [await booked(order, "sale"), await booked(order, "refund")];
    for (const account of ["cash", "subsidy", "commission"] as const) {
      expect((sold[account] ?? 0) + (given[account] ?? 0)).toBe(0);
    }
  }
});

test("three equal lines and an odd discount, in dollars and without tax in the prices: nothing is lost", async () => {
  const { id: channelId } = await market.do("channel.open", {
    ...{ code: "us", name: { en: "US" }, currency: "USD", languages: ["en"], taxInclusive: false },
    ...{ countries: ["DE"], orderPrefix: "US-" },
  });
  const lines: Record<string, number> = {};
  for (const sku of ["RED", "GREEN", "BLUE"]) {
    const { id: productId } = await market.do("product.create", {
      ...{ title: { en: sku }, channels: [channelId], publish: true },
    });
    const price = { amountMinor: 333, currency: "USD" };
    const { id } = await market.do("offer.make", { productId, sellerId: "lumen", sku, price, condition: "new" });
    await market.do("stock.receive", { offerId: id, location: "berlin", quantity: 10 });
    lines[id] = 1;
  }
  const { id: mail } = await market.do("shipping.create", {
    ...{ name: { en: "Mail" }, currency: "USD", zones: [{ countries: ["DE"], steps: [{ priceMinor: 100 }] }] },
  });
  await market.do("promotion.create", {
    ...{ name: { en: "One off" }, channels: [channelId] },
    rule: { effect: { kind: "order-amount", amountMinor: 100 } },
  });
  const { lumen } = await buy({ channelId, lines, shipping: { lumen: mail }, discountMinor: 100 });
  if (!lumen) throw new Error("an order was to be expected");
  expect(lumen.number).toMatch(/^US-\d+$/);
  const [, ...rest] = lumen.lines;
  expect(lumen.lines.map(({ netMinor, taxMinor, totalMinor }) => [netMinor, taxMinor, totalMinor])).toEqual([
    // 19 % of 2.99 is 0.5681
    [299, 57, 356],
    [300, 57, 357],
    [300, 57, 357],
  ]);
  expect([lumen.parcel?.netMinor, lumen.parcel?.taxMinor]).toEqual([100, 19]);
  expect(lumen.money).toMatchObject({ totalMinor: 356 + 357 + 357 + 119, capturedMinor: 1_189, taxMinor: 190 });
  await market.do("order.ship", { id: lumen.id, lines: [{ lineId: lumen.lines[0]?.lineId, quantity: 1 }] });
  for (const { lineId } of rest) {
    await market.do("order.decline", { id: lumen.id, lines: [{ lineId, quantity: 1 }], reason: "sold out" });
  }
  await settle();
  const ended = await market.do<OrderView>("order.get", { id: lumen.id });
  // a part was sent, so that the sending is paid for
  expect(ended).toMatchObject({ status: "shipped", money: { refundedMinor: 714 }, problems: [] });
  const papers = await papersOf(lumen);
  expect(papers.map(({ kind, totalMinor, taxMinor }) => [kind, totalMinor, taxMinor])).toEqual([
    ["invoice", 1_189, 190],
    ["credit-note", 357, 57],
    ["credit-note", 357, 57],
  ]);
  expect(papers.every(({ currency }) => currency === "USD")).toBe(true);
  // the same seller's euros know nothing of it
  const trial = await market.do<{ balances: Readonly<Record<Account, number>> }>("ledger.get", {
    ...{ sellerId: "lumen", currency: "USD" },
  });
  expect(trial.balances).toMatchObject({ cash: 475, subsidy: 34 });
  expect(Object.values(trial.balances).reduce((sum, one) => sum + one, 0)).toBe(0);
});
