/** More of an order, and files that are sold. */
import { Stuck, type Scene, type Stage, type Story } from "../stage";
import { kept as shared } from "./kept";
import type { Person } from "../run";
import { aBuyer, aMarket, guest, address } from "./market";
import { bought, invoiced } from "./purchase.story";

type Body = Readonly<Record<string, unknown>>;

const USES_MAX = 12;
const PAYMENT = { provider: "test", method: "tok_ok" };

interface Raised {
  readonly by: Person;
  readonly order: { readonly orderId: string; readonly raiseId: unknown };
}

/** An order for which two more units are proposed. */
async function raised(stage: Stage): Promise<Raised> {
  const by = aBuyer(stage);
  const { orderId } = await bought(stage, { as: by });
  const { lines } = await stage.ask("order.get", { params: { id: orderId } });
  const lineId = (lines as readonly Body[])[0]?.["lineId"];
  await stage.ask("order.raise", { params: { id: orderId, lines: [{ lineId, quantity: 2 }], articles: undefined } });
  const { raise } = await stage.ask("order.get", { params: { id: orderId } });
  return { by, order: { orderId, raiseId: (raise as Body | null)?.["raiseId"] } };
}

const supplement =
  (method: string): Story =>
  async (stage) => {
    const payment = { ...PAYMENT, method };
    const { by, order } = await raised(stage);
    const { id } = await stage.ask("supplement.start", { as: by, params: { ...order, payment } });
    return { as: by, params: { id } };
  };

async function digital(
  stage: Stage,
): Promise<{ readonly sellerId: string; readonly offerId: string; readonly channelId: string }> {
  const { sellerId, productId, channelId } = await aMarket(stage);
  const price = { amountMinor: 500, currency: "EUR" };
  const sold = { productId, sellerId, price, delivery: "digital", variantId: undefined, weightGrams: undefined };
  const { id } = await stage.ask("offer.make", { params: sold });
  return { sellerId, offerId: String(id), channelId };
}

const FILE = Buffer.from("a file that is sold");

const uploading: Story = async (stage): Promise<Scene> => {
  const { sellerId, offerId } = await digital(stage);
  return { as: stage.one, params: { sellerId, offerId, name: "book.pdf" }, file: FILE };
};

async function kept(stage: Stage) {
  const found = await digital(stage);
  const { sellerId, offerId } = found;
  await stage.ask("goods.keep", { params: { sellerId, offerId, name: "book.pdf" }, file: FILE });
  return found;
}

const ofFile: Story = async (stage) => {
  const { sellerId, offerId } = await shared(stage, "file", USES_MAX, () => kept(stage));
  return { as: stage.one, params: { sellerId, offerId } };
};

/** A file that was bought by the first administrator. */
async function owned(stage: Stage): Promise<string> {
  const { channelId, offerId } = await kept(stage);
  const as = stage.one;
  // an account has one cart: what else lies in it would have to be sent
  const { id } = await stage.ask("cart.open", { as: guest(stage), params: { channelId } });
  await stage.ask("cart.set", { as: guest(stage), params: { id, offerId, quantity: 1 } });
  const to = { id, contact: { email: "mia@example.org" }, shippingAddress: address };
  await stage.ask("cart.address", { as: guest(stage), params: to });
  const start = { id, payment: PAYMENT, totalMinor: undefined };
  const { orders } = await stage.ask("checkout.start", { as: guest(stage), params: start });
  const [order] = (orders ?? []) as readonly { readonly orderId: string }[];
  if (!order) throw new Stuck(`${as.name} bought no file`);
  return order.orderId;
}

const downloads: Story = async (stage) => ({
  as: stage.one,
  params: { orderId: await shared(stage, "file bought", USES_MAX, () => owned(stage)), key: undefined },
});

/** A guest's order, and the key to it that came by mail. */
async function ofGuest(
  stage: Stage,
): Promise<{ readonly orderId: string; readonly key: string; readonly lineId: string }> {
  const { orderId, email } = await bought(stage);
  const { lines } = await stage.ask("order.get", { params: { id: orderId } });
  const lineId = String((lines as readonly Body[])[0]?.["lineId"]);
  return { orderId, key: await stage.code(email), lineId };
}

/** By nobody who is signed in. */
const byKey =
  (more: (found: Awaited<ReturnType<typeof ofGuest>>, stage: Stage) => Body | Promise<Body>): Story =>
  async (stage) => ({ params: await more(await ofGuest(stage), stage) });

async function proposed(id: string, lineId: string, stage: Stage): Promise<unknown> {
  await stage.ask("order.raise", { params: { id, lines: [{ lineId, quantity: 1 }], articles: undefined } });
  const { raise } = await stage.ask("order.get", { params: { id } });
  return (raise as Body | null)?.["raiseId"];
}

async function returning(stage: Stage): Promise<Body> {
  const { orderId, key, lineId } = await ofGuest(stage);
  await stage.ask("order.ship", { params: { id: orderId, lines: undefined } });
  const lines = [{ lineId, quantity: 1 }];
  const { id } = await stage.ask("return.trackRequest", { params: { orderId, key, kind: "return", lines } });
  return { orderId, key, id };
}

const guestStories: Readonly<Record<string, Story>> = {
  "order.trackCancel": byKey(({ orderId: id, key }) => ({ id, key })),
  "order.trackRedirect": byKey(({ orderId: id, key }) => ({ id, key, shippingAddress: address })),
  "order.trackRefuseRaise": byKey(async ({ orderId: id, key, lineId }, stage) => ({
    ...{ id, key, raiseId: await proposed(id, lineId, stage) },
  })),
  "supplement.trackStart": byKey(async ({ orderId, key, lineId }, stage) => ({
    ...{ orderId, key, raiseId: await proposed(orderId, lineId, stage), payment: PAYMENT },
  })),
  "supplement.trackConfirm": byKey(async ({ orderId, key, lineId }, stage) => {
    const raiseId = await proposed(orderId, lineId, stage);
    const payment = { ...PAYMENT, method: "tok_challenge" };
    const { id } = await stage.ask("supplement.trackStart", { params: { orderId, key, raiseId, payment } });
    return { orderId, key, id };
  }),
  "return.trackRequest": byKey(async ({ orderId, key, lineId }, stage) => {
    await stage.ask("order.ship", { params: { id: orderId, lines: undefined } });
    return { orderId, key, kind: "return", lines: [{ lineId, quantity: 1 }] };
  }),
  "return.trackGet": async (stage) => ({ params: await returning(stage) }),
  "return.trackWithdraw": async (stage) => ({ params: await returning(stage) }),
  "invoice.track": async (stage) => {
    const { sold, number } = await invoiced(stage);
    return { params: { orderId: sold.orderId, key: await stage.code(sold.email), kind: "invoice", number } };
  },
};

export const moreStories: Readonly<Record<string, Story>> = {
  "order.raise": async (stage) => {
    const { orderId: id } = await bought(stage);
    const { lines } = await stage.ask("order.get", { params: { id } });
    return {
      as: stage.one,
      params: { id, lines: [{ lineId: (lines as readonly Body[])[0]?.["lineId"], quantity: 1 }], articles: undefined },
    };
  },
  "order.refuseRaise": async (stage) => {
    const { by, order } = await raised(stage);
    return { as: by, params: { id: order.orderId, raiseId: order.raiseId } };
  },
  "supplement.start": async (stage) => {
    const { by, order } = await raised(stage);
    return { as: by, params: { ...order, payment: PAYMENT } };
  },
  ...guestStories,
  "supplement.confirm": supplement("tok_challenge"),
  "supplement.get": supplement("tok_ok"),
  "goods.keep": uploading,
  "goods.get": ofFile,
  "entitlement.downloads": downloads,
  "entitlement.get": async (stage) => {
    const { items } = await stage.ask("entitlement.downloads", await downloads(stage));
    return { as: stage.one, params: { id: (items as readonly Body[])[0]?.["id"] } };
  },
};
