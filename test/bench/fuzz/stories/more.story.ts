/** More of an order, and files that are sold. */
import { Stuck, type Scene, type Stage, type Story } from "../stage";
import { kept as shared } from "./kept";
import type { Person } from "../run";
import { aBuyer, aMarket, guest, address } from "./market";
import { bought } from "./purchase.story";

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
  await stage.ask("order.raise", { params: { id: orderId, lines: [{ lineId, quantity: 2 }] } });
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

export const moreStories: Readonly<Record<string, Story>> = {
  "order.raise": async (stage) => {
    const { orderId: id } = await bought(stage);
    const { lines } = await stage.ask("order.get", { params: { id } });
    return {
      as: stage.one,
      params: { id, lines: [{ lineId: (lines as readonly Body[])[0]?.["lineId"], quantity: 1 }] },
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
