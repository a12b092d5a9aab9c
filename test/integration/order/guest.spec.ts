/** What a guest does with an own order, by the key that came by mail; and what nobody does with another's. */
import Fastify from "fastify";
import { pino } from "pino";
import { contracts } from "../../../models/contracts";
import type { InvoiceView } from "../../../models/invoice/invoice.contract";
import type { OrderView } from "../../../models/order/order.view.contract";
import type { ReturnView } from "../../../models/return/return.contract";
import type { SupplementView } from "../../../models/supplement/supplement.contract";
import { addDocuments } from "../../../services/gateway/documents";
import { failing } from "../../../services/gateway/failures";
import { arrive } from "../../../services/gateway/session";
import { ANONYMOUS, type CallMeta, type Principal } from "../../../services/kernel/call";
import { trackKeyOf } from "../../../services/order/order.service";
import { address } from "../../support/orders";
import { openPurchases, type Bought, type Purchases } from "./purchase";

const SAM: Principal = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };
const ONE = [{ lineId: "l1", quantity: 1 }];
const PAYMENT = { provider: "test", method: "tok_ok" };

let mall: Purchases;
beforeAll(async () => {
  mall = await openPurchases();
});
afterAll(() => mall.mall.stop());

type Guests = Bought & { readonly key: string };

async function bought(quantity: number, customerId: string | null = null): Promise<Guests> {
  const made = await mall.bought(quantity, "order", { customerId });
  return { ...made, key: trackKeyOf(mall.mall.node, made.id) };
}

/** By nobody who is signed in. */
const asGuest = <R>(action: string, params: object): Promise<R> => mall.mall.call<R>(ANONYMOUS, action, params);

const CHANGES: readonly (readonly [string, object])[] = [
  ["order.trackCancel", {}],
  ["order.trackRedirect", { shippingAddress: address }],
  ["order.trackRefuseRaise", { raiseId: "x1" }],
];

test("cancels, and has it sent elsewhere before", async () => {
  const { id, key } = await bought(2);
  await asGuest("order.trackRedirect", { id, key, shippingAddress: { ...address, city: "Bonn" } });
  expect(await asGuest<OrderView>("order.track", { id, key })).toMatchObject({ shippingAddress: { city: "Bonn" } });
  expect(await asGuest("order.trackCancel", { id, key, reason: "too late" })).toMatchObject({ id });
  await mall.settle();
  const found = await asGuest<OrderView>("order.track", { id, key });
  expect(found).toMatchObject({ status: "cancelled", money: { refundedMinor: 2_490 }, problems: [] });
  await mall.balanced();
});

test("pays for more that is proposed, also for what was not in the order, or leaves it", async () => {
  const { id, key } = await bought(1);
  await mall.mall.call(SAM, "order.raise", { id, lines: ONE, reason: "asked on the phone" });
  const { raise } = await asGuest<OrderView>("order.track", { id, key });
  const raiseId = raise?.raiseId ?? "";
  await asGuest("order.trackRefuseRaise", { id, key, raiseId });
  await mall.mall.call(SAM, "order.raise", { id, lines: ONE, reason: "asked again" });
  const again = await asGuest<OrderView>("order.track", { id, key });
  const params = { orderId: id, key, raiseId: again.raise?.raiseId, payment: PAYMENT };
  const paid = await asGuest<SupplementView>("supplement.trackStart", params);
  expect(paid).toMatchObject({ status: "done", customerId: null, amountMinor: 1_000 });
  await mall.settle();
  expect((await asGuest<OrderView>("order.track", { id, key })).money.payments).toHaveLength(2);
  await mall.mall.call(SAM, "order.raise", { id, lines: ONE, reason: "and again" });
  const third = (await asGuest<OrderView>("order.track", { id, key })).raise?.raiseId;
  const asked = { ...params, raiseId: third, payment: { ...PAYMENT, method: "tok_challenge" } };
  const waiting = await asGuest<SupplementView>("supplement.trackStart", asked);
  expect(waiting).toMatchObject({ status: "waiting", challenge: { url: expect.any(String) as string } });
  const other = await bought(1);
  const theirs = { id: waiting.id, orderId: other.id, key: other.key };
  await expect(asGuest("supplement.trackConfirm", theirs)).rejects.toMatchObject({ type: "NOT_FOUND" });
  const done = await asGuest<SupplementView>("supplement.trackConfirm", { id: waiting.id, orderId: id, key });
  expect(done.status).toBe("done");
  await mall.settle();
  await mall.balanced();
});

test("returns, looks how it stands, and takes it back; the papers are theirs", async () => {
  const { id, key } = await bought(2);
  await mall.mall.call(SAM, "order.ship", { id });
  await mall.settle();
  const asked = { orderId: id, key, kind: "return", lines: ONE, reason: "does not fit" };
  const first = await asGuest<{ id: string }>("return.trackRequest", asked);
  const of = { orderId: id, key, id: first.id };
  expect(await asGuest<ReturnView>("return.trackGet", of)).toMatchObject({ status: "requested", customerId: null });
  expect(await asGuest("return.trackWithdraw", of)).toMatchObject({ status: "withdrawn" });
  await mall.settle();
  const second = await asGuest<{ id: string }>("return.trackRequest", {
    ...asked,
    lines: [{ ...ONE[0], quantity: 2 }],
  });
  await mall.mall.call(SAM, "return.approve", { id: second.id });
  await mall.mall.call(SAM, "return.inspect", { id: second.id, lines: [{ ...ONE[0], restock: true }] });
  await mall.settle();
  const order = await asGuest<OrderView>("order.track", { id, key });
  expect(order).toMatchObject({ money: { refundedMinor: 950 }, returns: [first.id, second.id] });
  expect(order.papers.map(({ kind }) => kind)).toEqual(["invoice", "credit-note"]);
  for (const paper of order.papers) {
    const found = await asGuest<InvoiceView>("invoice.track", { orderId: id, key, ...paper });
    expect(found).toMatchObject({ ...paper, orderId: id });
  }
  const other = await bought(1);
  const [paper] = order.papers;
  for (const [action, params] of [
    ["return.trackGet", { id: first.id }],
    ["return.trackWithdraw", { id: first.id }],
    ["invoice.track", { ...paper }],
  ] as const) {
    const theirs = asGuest(action, { orderId: other.id, key: other.key, ...params });
    await expect(theirs).rejects.toMatchObject({ type: "NOT_FOUND" });
  }
});

test("fetches the invoice as a file, by the key and by no other", async () => {
  const { id, key } = await bought(1);
  const { node, broker } = mall.mall;
  const door = Fastify();
  door.addHook("onRequest", (request) => arrive(() => Promise.resolve(ANONYMOUS), request));
  door.setErrorHandler(failing(pino({ level: "silent" })));
  const call = (action: string, params: object, { meta }: { meta: CallMeta }) => broker.call(action, params, { meta });
  addDocuments(door, { contracts, secret: "a secret of the tests", roles: node.roles, call });
  const fetched = (by: string) => door.inject(`/v1/orders/${id}/track/papers/invoice/${number}/pdf?key=${by}`);
  const { number } = (await mall.orderOf(id)).papers[0] ?? { number: 0 };
  const file = await fetched(key);
  expect([file.statusCode, file.headers["content-type"]]).toEqual([200, "application/pdf"]);
  expect(file.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await fetched("another")).statusCode).toBe(404);
  await door.close();
});

test("changes nothing with a wrong key, nor an account's order with a right one", async () => {
  const [own, mias] = [await bought(1), await bought(1, "mia")];
  for (const [action, params] of CHANGES) {
    const wrong = asGuest(action, { id: own.id, key: mias.key, ...params });
    await expect(wrong).rejects.toMatchObject({ type: "NOT_FOUND" });
    const accounts = asGuest(action, { id: mias.id, key: mias.key, ...params });
    await expect(accounts).rejects.toMatchObject({ type: "NOT_FOUND" });
  }
});
