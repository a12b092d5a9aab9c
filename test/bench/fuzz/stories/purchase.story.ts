/** What was bought: checkouts, orders, and what is written of them. */
import { eventually } from "../../../support/eventually";
import { Stuck, type Scene, type Stage, type Story } from "../stage";
import { kept } from "./kept";
import { address, aReadyCart, type CartOf, type FilledCart } from "./market";

type Body = Readonly<Record<string, unknown>>;

interface Bought extends FilledCart {
  readonly orderId: string;
  readonly paymentId: string;
  readonly checkoutId: string;
}

const LATER_MS = 20_000;
/** What a provider took in is asked after for the first time when twenty seconds have gone. */
const REFUSED_LATE_MS = 60_000;
const ERRANDS_TOLD = 100;
const ORDERS_USED = 12;

/** What the mall does by itself, a little later. */
const later = <T>(what: string, probe: () => Promise<T | undefined>, timeoutMs = LATER_MS): Promise<T> =>
  eventually(what, async () => (await probe()) ?? false, { timeoutMs }).catch((error: unknown) => {
    if (error instanceof Stuck) throw error;
    throw new Stuck(error instanceof Error ? error.message : String(error));
  });

/** A refund that the provider took in and refused later: the mall asks again, and leaves it to people. */
async function left(stage: Stage): Promise<string> {
  const cart = await aReadyCart(stage);
  const payment = { provider: "test", method: "tok_refund_late" };
  const params = { id: cart.id, payment, totalMinor: undefined };
  const { paymentId, orders } = await stage.ask("checkout.start", { as: cart.as, params });
  const [order] = (orders ?? []) as readonly { readonly orderId: string }[];
  await later("the money", async () => {
    const { papers } = await stage.ask("order.get", { params: { id: order?.orderId } });
    return (papers as readonly Body[]).length > 0 || undefined;
  });
  await stage.ask("order.refund", { params: { id: order?.orderId, amountMinor: 1 } });
  const own = async (): Promise<string | undefined> => {
    const { items } = await stage.ask("errand.list", { params: { limit: ERRANDS_TOLD, status: "open" } });
    const all = (items as readonly { readonly id: string }[]).map(({ id }) => id);
    // the oldest come first: where there are many, another one will do
    return all.find((id) => id === paymentId) ?? (all.length === ERRANDS_TOLD ? all.at(-1) : undefined);
  };
  return later("what is left to people", own, REFUSED_LATE_MS);
}

export const PAID = { payment: { provider: "test", method: "tok_ok" }, totalMinor: undefined };

export async function bought(stage: Stage, of?: CartOf): Promise<Bought> {
  const cart = await aReadyCart(stage, of);
  const body = await stage.ask("checkout.start", { as: cart.as, params: { id: cart.id, ...PAID } });
  const [order] = (body["orders"] ?? []) as readonly { readonly orderId: string }[];
  if (!order) throw new Stuck(`a checkout came to "${String(body["status"])}"`);
  return { ...cart, orderId: order.orderId, paymentId: String(body["paymentId"]), checkoutId: String(body["id"]) };
}

export async function lineOf(stage: Stage, orderId: string): Promise<string> {
  const { lines } = await stage.ask("order.get", { params: { id: orderId } });
  return String((lines as readonly Body[])[0]?.["lineId"]);
}

type More = (lineId: string, sold: Bought) => Body;

interface Stocked {
  readonly sold: Bought;
  readonly lineId: string;
}

async function ordered(stage: Stage, of?: CartOf): Promise<Stocked> {
  const sold = await bought(stage, of);
  return { sold, lineId: await lineOf(stage, sold.orderId) };
}

const ofIt = (stage: Stage, { sold, lineId }: Stocked, more: More): Scene => ({
  as: stage.one,
  params: { id: sold.orderId, ...more(lineId, sold) },
});

/** By the first administrator, on an order that was only just placed. */
const ofOrder =
  (more: More = () => ({})): Story =>
  async (stage) =>
    ofIt(stage, await ordered(stage), more);

/** Of so many units that one more or less is the same. */
const large = (stage: Stage, name = "order"): Promise<Stocked> =>
  kept(stage, name, ORDERS_USED, () => ordered(stage, { quantity: ORDERS_USED * 2 }));

const ofKept =
  (more: More = () => ({}), name?: string): Story =>
  async (stage) =>
    ofIt(stage, await large(stage, name), more);

const oneUnit: More = (lineId) => ({ lines: [{ lineId, quantity: 1 }] });

const delivered: Story = async (stage) => {
  const { sold, lineId } = await large(stage);
  const id = sold.orderId;
  await stage.ask("order.ship", { params: { id, ...oneUnit(lineId, sold) } });
  const { fulfilments } = await stage.ask("order.get", { params: { id } });
  return { as: stage.one, params: { id, fulfilmentId: (fulfilments as readonly Body[]).at(-1)?.["id"] } };
};

/** Captured: there is something to give back. */
async function billed(stage: Stage): Promise<{ readonly sold: Bought; readonly number: number }> {
  const sold = await bought(stage);
  const number = await later("an invoice", async () => {
    const { papers } = await stage.ask("order.get", { params: { id: sold.orderId } });
    return (papers as readonly { readonly number: number }[])[0]?.number;
  });
  return { sold, number };
}

export const invoiced = (stage: Stage) => kept(stage, "invoice", ORDERS_USED, () => billed(stage));

const ofInvoice: Story = async (stage) => {
  const { sold, number } = await invoiced(stage);
  return { as: stage.one, params: { sellerId: sold.market.sellerId, kind: "invoice", number } };
};

/** The mail is out: that is when it can be sent again. */
const ofMessage: Story = async (stage) => {
  const { orderId } = (await large(stage)).sold;
  const id = await later("a message", async () => {
    const { items } = await stage.ask("message.list", { params: { orderId, status: "sent" } });
    return (items as readonly { readonly id: string }[])[0]?.id;
  });
  return { as: stage.one, params: { id } };
};

export const purchaseStories: Readonly<Record<string, Story>> = {
  "checkout.get": async (stage) => {
    const { as, checkoutId: id } = (await large(stage)).sold;
    return { as, params: { id } };
  },
  "payment.get": async (stage) => ({ as: stage.one, params: { id: (await large(stage)).sold.paymentId } }),
  "order.ship": ofKept(oneUnit),
  "order.deliver": delivered,
  "order.cancel": ofOrder(),
  "order.decline": ofKept(oneUnit, "order declined"),
  "order.edit": ofOrder((lineId) => ({ lines: [{ lineId, quantity: 1 }], reductionMinor: undefined })),
  "order.redirect": ofKept(() => ({ shippingAddress: address }), "order redirected"),
  "order.refund": async (stage) => {
    const { sold } = await invoiced(stage);
    return { as: stage.one, params: { id: sold.orderId, amountMinor: 1 } };
  },
  "order.retry": ofKept(),
  "order.get": ofKept(),
  "order.sold": ofKept((_lineId, { market: { sellerId } }) => ({ sellerId })),
  "order.track": async (stage) => {
    const { orderId: id, email } = await bought(stage);
    return { params: { id, key: await stage.code(email) } };
  },
  "ordergroup.get": async (stage) => {
    const { groupId: id } = await stage.ask("order.get", { params: { id: (await invoiced(stage)).sold.orderId } });
    return { as: stage.one, params: { id } };
  },
  "invoice.get": ofInvoice,
  "invoice.sold": ofInvoice,
  "errand.get": async (stage) => ({
    as: stage.one,
    params: { id: await kept(stage, "errand", ORDERS_USED, () => left(stage)) },
  }),
  "errand.close": async (stage) => ({ as: stage.one, params: { id: await left(stage) } }),
  "message.get": ofMessage,
  "message.resend": ofMessage,
};
