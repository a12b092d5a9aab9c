/** Buying: carts, checkouts, orders, what comes back, and what is written of it. */
import { eventually } from "../../../support/eventually";
import type { Person } from "../run";
import { Stuck, type Scene, type Stage, type Story } from "../stage";
import { aCart, aCoupon, address, aMarket, aPromotion, aReadyCart, tenPercent, type FilledCart } from "./market";

type Body = Readonly<Record<string, unknown>>;

interface Bought extends FilledCart {
  readonly orderId: string;
  readonly paymentId: string;
  readonly checkoutId: string;
}

const LATER_MS = 20_000;

/** What the mall does by itself, a little later. */
const later = <T>(what: string, probe: () => Promise<T | undefined>): Promise<T> =>
  eventually(what, async () => (await probe()) ?? false, { timeoutMs: LATER_MS }).catch((error: unknown) => {
    if (error instanceof Stuck) throw error;
    throw new Stuck(error instanceof Error ? error.message : String(error));
  });

const PAID = { payment: { provider: "test", method: "tok_ok" }, totalMinor: undefined };

export async function bought(stage: Stage, as?: Person): Promise<Bought> {
  const cart = await aReadyCart(stage, as);
  const body = await stage.ask("checkout.start", { as: cart.as, params: { id: cart.id, ...PAID } });
  const [order] = (body["orders"] ?? []) as readonly { readonly orderId: string }[];
  if (!order) throw new Stuck(`a checkout came to "${String(body["status"])}"`);
  return { ...cart, orderId: order.orderId, paymentId: String(body["paymentId"]), checkoutId: String(body["id"]) };
}

/** A checkout whose bank asks for something that nobody does. */
const waiting: Story = async (stage) => {
  const { as, id: cartId } = await aReadyCart(stage);
  const payment = { provider: "test", method: "tok_challenge_ignored" };
  const { id } = await stage.ask("checkout.start", { as, params: { id: cartId, payment, totalMinor: undefined } });
  return { as, params: { id } };
};

const previewed: Story = async (stage) => {
  const { channelId, offerId } = await aMarket(stage);
  const { rule } = await tenPercent(stage);
  const tried = { channelId, country: "DE", lines: [{ offerId, quantity: 1 }], rule };
  return { as: stage.one, params: { ...tried, coupons: undefined, sellerId: undefined, at: undefined } };
};

async function lineOf(stage: Stage, orderId: string): Promise<string> {
  const { lines } = await stage.ask("order.get", { params: { id: orderId } });
  return String((lines as readonly Body[])[0]?.["lineId"]);
}

const ofCart =
  (more: (stage: Stage, cart: FilledCart) => Promise<Body> = () => Promise.resolve({})): Story =>
  async (stage) => {
    const cart = await aReadyCart(stage);
    return { as: cart.as, params: { id: cart.id, offerId: cart.market.offerId, ...(await more(stage, cart)) } };
  };

type More = (lineId: string, sold: Bought) => Body;

/** By the first administrator, on an order that was only just placed. */
const ofOrder =
  (more: More = () => ({})): Story =>
  async (stage) => {
    const sold = await bought(stage);
    return { as: stage.one, params: { id: sold.orderId, ...more(await lineOf(stage, sold.orderId), sold) } };
  };

async function shipped(stage: Stage, as?: Person): Promise<Bought & { readonly lineId: string }> {
  const sold = await bought(stage, as);
  await stage.ask("order.ship", { params: { id: sold.orderId } });
  return { ...sold, lineId: await lineOf(stage, sold.orderId) };
}

const delivered: Story = async (stage) => {
  const { orderId: id } = await shipped(stage);
  const { fulfilments } = await stage.ask("order.get", { params: { id } });
  return { as: stage.one, params: { id, fulfilmentId: (fulfilments as readonly Body[])[0]?.["id"] } };
};

/** Captured: there is something to give back. */
async function invoiced(stage: Stage): Promise<{ readonly sold: Bought; readonly number: number }> {
  const sold = await bought(stage);
  const number = await later("an invoice", async () => {
    const { papers } = await stage.ask("order.get", { params: { id: sold.orderId } });
    return (papers as readonly { readonly number: number }[])[0]?.number;
  });
  return { sold, number };
}

const ofInvoice: Story = async (stage) => {
  const { sold, number } = await invoiced(stage);
  return { as: stage.one, params: { sellerId: sold.market.sellerId, kind: "invoice", number } };
};

async function returning(stage: Stage): Promise<Scene> {
  const { orderId, lineId } = await shipped(stage, stage.one);
  const lines = [{ lineId, quantity: 1 }];
  return { as: stage.one, params: { orderId, lines, kind: "return", reason: "does not fit" } };
}

const ofReturn =
  (...steps: readonly string[]): Story =>
  async (stage) => {
    const asked = await returning(stage);
    const { id } = await stage.ask("return.request", asked);
    for (const step of steps) await stage.ask(step, { params: { id } });
    const lines = asked.params?.["lines"] as readonly object[];
    const inspected = lines.map((line) => ({ ...line, restock: true }));
    const { sellerId } = await stage.ask("return.get", { params: { id } });
    return { as: stage.one, params: { id, sellerId, lines: inspected, keepMinor: undefined } };
  };

/** The mail is out: that is when it can be sent again. */
const ofMessage: Story = async (stage) => {
  const { orderId } = await bought(stage);
  const id = await later("a message", async () => {
    const { items } = await stage.ask("message.list", { params: { orderId, status: "sent" } });
    return (items as readonly { readonly id: string }[])[0]?.id;
  });
  return { as: stage.one, params: { id } };
};

export const purchaseStories: Readonly<Record<string, Story>> = {
  "cart.add": ofCart(),
  "cart.set": ofCart(),
  "cart.drop": ofCart(),
  "cart.accept": ofCart(),
  "cart.get": ofCart(),
  "cart.shipping": ofCart(),
  "cart.merge": async (stage) => ({ as: stage.one, params: { id: (await aCart(stage)).id } }),
  "cart.ship": ofCart((_stage, { market: { sellerId, methodId } }) => Promise.resolve({ sellerId, methodId })),
  "cart.redeem": ofCart(async (stage) => ({ code: (await aCoupon(stage)).code })),
  "cart.unredeem": ofCart(async (stage, { as, id }) => {
    const { code } = await aCoupon(stage);
    await stage.ask("cart.redeem", { as, params: { id, code } });
    return { code };
  }),
  "checkout.start": ofCart(() => Promise.resolve(PAID)),
  "checkout.get": async (stage) => {
    const { as, checkoutId: id } = await bought(stage);
    return { as, params: { id } };
  },
  "checkout.confirm": waiting,
  "checkout.cancel": waiting,
  "promotion.create": async (stage) => ({ as: stage.one, params: await tenPercent(stage) }),
  "promotion.stop": async (stage) => ({ as: stage.one, params: { id: await aPromotion(stage) } }),
  "promotion.preview": previewed,
  "payment.get": async (stage) => ({ as: stage.one, params: { id: (await bought(stage)).paymentId } }),
  "coupon.issue": async (stage) => ({ params: { promotionId: (await aCoupon(stage)).promotionId } }),
  "coupon.revoke": async (stage) => ({ as: stage.one, params: await aCoupon(stage) }),
  "coupon.get": async (stage) => ({ as: stage.one, params: await aCoupon(stage) }),
  "order.ship": ofOrder((lineId) => ({ lines: [{ lineId, quantity: 1 }] })),
  "order.deliver": delivered,
  "order.cancel": ofOrder(),
  "order.decline": ofOrder((lineId) => ({ lines: [{ lineId, quantity: 1 }] })),
  "order.edit": ofOrder((lineId) => ({ lines: [{ lineId, quantity: 1 }], reductionMinor: undefined })),
  "order.redirect": ofOrder(() => ({ shippingAddress: address })),
  "order.refund": async (stage) => {
    const { sold } = await invoiced(stage);
    return { as: stage.one, params: { id: sold.orderId, amountMinor: 1 } };
  },
  "order.retry": ofOrder(),
  "order.get": ofOrder(),
  "order.sold": ofOrder((_lineId, { market: { sellerId } }) => ({ sellerId })),
  "order.track": async (stage) => {
    const { orderId: id, email } = await bought(stage);
    return { params: { id, key: await stage.code(email) } };
  },
  "ordergroup.get": async (stage) => {
    const { groupId: id } = await stage.ask("order.get", { params: { id: (await invoiced(stage)).sold.orderId } });
    return { as: stage.one, params: { id } };
  },
  "return.request": returning,
  "return.approve": ofReturn(),
  "return.reject": ofReturn(),
  "return.withdraw": ofReturn(),
  "return.inspect": ofReturn("return.approve"),
  "return.get": ofReturn(),
  "return.sold": ofReturn(),
  "invoice.get": ofInvoice,
  "invoice.sold": ofInvoice,
  "message.get": ofMessage,
  "message.resend": ofMessage,
};
