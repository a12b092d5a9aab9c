/**
 * What the demo market's people have done before anybody looks: the shopper bought a few things, the seller sent some
 * of them, one comes back, and a new seller waits to be let in. All by the requests that people send.
 */
import type { Address, Contact } from "../../models/cart/cart.quote.contract";
import type { CheckoutView } from "../../models/checkout/checkout.contract";
import type { ListedOffers } from "../../models/offer/offer.list.contract";
import type { OrderView } from "../../models/order/order.view.contract";
import type { ShippingChoices } from "../../models/shipping/shipping.choices.contract";
import { inParallel } from "../client/in-parallel";
import { idMadeBy, keyOf } from "../client/keys";
import type { Mall } from "../client/mall";
import { sendOne } from "./found";
import { ibanOf, vatIdOf } from "./founding";
import { crowdIn } from "./crowd";
import { regularsOf, salesOf } from "./sales";
import { visit } from "./visit";
import { voicesOf } from "./voices";

export interface Stage {
  readonly url: string;
  readonly sellerId: string;
  readonly channelId: string;
  readonly currency: string;
  /** Access tokens. */
  readonly shopper: string;
  readonly seller: string;
  /** The administrator, and a second one whose requests wait for agreement. */
  readonly mall: Mall;
  readonly second: Mall;
  readonly principalId: string;
}

const CONTACT: Contact = { email: "shopper@demo.example", name: "Sam" };
const HOME: Address = { name: "Sam", street: "Lindenweg 4", postalCode: "10119", city: "Berlin", country: "DE" };
const SALES_SEED = 7;
const SALES_AT_ONCE = 6;

type Offers = ListedOffers["items"];

/** @returns the order at the demo seller */
async function buy({ url, channelId, shopper: token }: Stage, offers: Offers): Promise<string> {
  const opened = await visit<{ id: string }>(url, "/v1/carts", { body: { channelId }, token });
  const cart = `/v1/carts/${opened.answer.id}`;
  for (const { id } of offers) await visit(url, `${cart}/lines`, { body: { offerId: id, quantity: 1 }, token });
  const address = { method: "PATCH", body: { contact: CONTACT, shippingAddress: HOME }, token } as const;
  const { after } = await visit(url, cart, address);
  const ways = await visit<ShippingChoices>(url, `${cart}/shipping`, { token, after });
  for (const sellerId of new Set(ways.answer.items.map((way) => way.sellerId))) {
    const methodId = ways.answer.items.find((way) => way.sellerId === sellerId)?.methodId;
    await visit(url, `${cart}/shipping/${sellerId}`, { method: "PUT", body: { methodId }, token });
  }
  const body = { payment: { provider: "test", method: "tok_ok" } };
  const { answer } = await visit<CheckoutView>(url, `${cart}/checkout`, { body, token });
  return answer.orders[0]?.orderId ?? "";
}

async function send({ url, sellerId, seller: token }: Stage, id: string, arrives: boolean): Promise<void> {
  const body = { carrier: "DHL", tracking: `00340${id.slice(0, 8).toUpperCase()}` };
  const { after } = await visit(url, `/v1/orders/${id}/ship`, { body, token });
  if (!arrives) return;
  const { answer } = await visit<OrderView>(url, `/v1/sellers/${sellerId}/orders/${id}`, { token, after });
  const fulfilmentId = answer.fulfilments[0]?.id ?? "";
  await visit(url, `/v1/orders/${id}/deliver`, { body: { fulfilmentId }, token });
}

async function sendBack({ url, shopper: token }: Stage, orderId: string): Promise<void> {
  const { answer } = await visit<OrderView>(url, `/v1/orders/${orderId}`, { token });
  const lines = answer.lines.slice(0, 1).map(({ lineId }) => ({ lineId, quantity: 1 }));
  const body = { orderId, kind: "return", lines, reason: "It is lovely, but too large for the hall." };
  await visit(url, "/v1/me/returns", { body, token });
}

/** A seller who has handed everything in; letting it in waits for a second pair of eyes. */
async function apply({ mall, second, principalId }: Stage): Promise<void> {
  const key = keyOf("demo", "applicant");
  const id = idMadeBy(principalId, "seller.apply", key);
  const name = "Töpferei Sandstein";
  const application = {
    about: { en: "Bowls and vases, turned by hand.", de: "Schalen und Vasen, von Hand gedreht." },
    business: { legalName: `${name} GmbH`, street: "Am Ofen 3", postalCode: "01099", city: "Dresden" },
    contact: { name: "Order desk", email: "orders@sandstein.example" },
    tax: { vatId: vatIdOf("10999999") },
    bank: { holder: `${name} GmbH`, iban: ibanOf("000000000000009999") },
    papers: [{ kind: "register-extract", reference: "HRB 9999" }],
  };
  const step = (action: string, params: object) => ({ action, params, idempotencyKey: `${key}/${action}` });
  const applied = { name, country: "DE", form: "company" };
  await sendOne(mall, { ...step("seller.apply", applied), idempotencyKey: key });
  await sendOne(mall, step("seller.save", { id, ...application }));
  await sendOne(mall, step("seller.submit", { id }));
  await sendOne(second, step("seller.approve", { id }));
}

/** One after the other: they go through the shopper's one cart. */
async function shopAndSend(stage: Stage, items: Offers): Promise<void> {
  const [arrived, underway, ...open] = [0, 2, 4, 6]
    .map((n) => items.slice(n, n + 2))
    .filter(({ length }) => length > 0);
  if (arrived !== undefined) {
    const order = await buy(stage, arrived);
    await send(stage, order, true);
    await sendBack(stage, order);
  }
  if (underway !== undefined) await send(stage, await buy(stage, underway), false);
  for (const offers of open) await buy(stage, offers);
}

/** @throws Sentence when the mall refuses */
export async function playStory(stage: Stage): Promise<void> {
  const { url, sellerId, seller: token, mall } = stage;
  const path = `/v1/sellers/${sellerId}/offers?status=open&onHandMin=5&limit=12`;
  const { items } = (await visit<ListedOffers>(url, path, { token })).answer;
  const selling = { ...stage, seed: SALES_SEED, offers: items, nowMs: Date.now() };
  const sales = [...salesOf(selling), ...regularsOf(selling)];
  const record = async (): Promise<void> => {
    for (const commands of [sales, voicesOf(sales)]) {
      await inParallel(commands, SALES_AT_ONCE, async (command) => {
        await sendOne(mall, command);
      });
    }
  };
  await Promise.all([record(), apply(stage), shopAndSend(stage, items)]);
  // what is recommended is what was bought
  await crowdIn({ ...stage, seed: SALES_SEED });
}
