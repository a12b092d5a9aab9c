/** Files that are bought: brought by their seller, fetched over signed links, as often as was paid for and no more. */
import Fastify, { type FastifyInstance } from "fastify";
import { pino } from "pino";
import { contracts } from "../../../models/contracts";
import {
  entitlementIdOf,
  type Downloads,
  type EntitlementView,
} from "../../../models/entitlement/entitlement.contract";
import type { OrderView } from "../../../models/order/order.view.contract";
import { addDownloads } from "../../../services/gateway/downloads";
import { failing } from "../../../services/gateway/failures";
import { arrive } from "../../../services/gateway/session";
import type { CallMeta, Principal } from "../../../services/kernel/call";
import { placeOrder, quoteLine } from "../../support/orders";
import { openPurchases, type Purchases } from "./purchase";

const MIA: Principal = { id: "mia", permissions: [], grants: [{ role: "shopper", party: "mia" }] };
const EVE: Principal = { id: "eve", permissions: [], grants: [{ role: "shopper", party: "eve" }] };
const SAM: Principal = { id: "sam", permissions: [], grants: [{ role: "seller-staff", party: "seller-1" }] };
const BYTES = Buffer.from("%PDF-1.7 how to read a lamp");

let mall: Purchases;
let door: FastifyInstance;
let asks: Principal = SAM;
let offerId: string;
let orders = 0;

async function opened(): Promise<FastifyInstance> {
  const app = Fastify();
  const { node, broker } = mall.mall;
  const call = (action: string, params: object, { meta }: { meta: CallMeta }) => broker.call(action, params, { meta });
  app.addHook("onRequest", (request) => arrive(() => Promise.resolve(asks), request));
  app.setErrorHandler(failing(pino({ level: "silent" })));
  const files = { blobs: node.blobs, searched: () => Promise.resolve() };
  await addDownloads(app, { contracts, secret: "a secret of the tests", roles: node.roles, call }, files);
  return app;
}

beforeAll(async () => {
  mall = await openPurchases();
  door = await opened();
  const { id: productId } = await mall.call("product.create", { title: { en: "Book" }, channels: [], publish: true });
  const price = { amountMinor: 1_000, currency: "EUR" };
  const sold = { productId, sellerId: "seller-1", price, condition: "new", delivery: "digital" };
  ({ id: offerId } = await mall.call("offer.make", { ...sold, sku: "book" }));
});
afterAll(async () => {
  await door.close();
  await mall.mall.stop();
});

/** Two copies of the book, paid for, or to be paid for as they are sent. */
async function bought(capture: "order" | "shipment" = "order"): Promise<string> {
  const n = ++orders;
  const lines = [quoteLine("l1", 2, 1_000, { offerId, delivery: "digital" })];
  const params = placeOrder(lines, { checkoutId: `digital-${n}`, channelId: mall.channelId });
  const payment = { paymentId: `digital-payment-${n}`, totalMinor: 2_000, capture };
  const terms = { provider: "test", method: "tok_ok", currency: "EUR", amountMinor: 2_000, customerId: "mia" };
  await mall.call("payment.authorise", { id: payment.paymentId, ...terms });
  const { id } = await mall.call("order.place", { ...params, payment });
  if (capture === "shipment") return id;
  await mall.call("payment.capture", { id: payment.paymentId, amountMinor: 2_000 });
  await mall.call("order.recordCapture", { id, captureId: `digital-capture-${n}`, amountMinor: 2_000 });
  await mall.settle();
  return id;
}

const path = (of = offerId, seller = "seller-1"): string => `/v1/sellers/${seller}/offers/${of}/file`;
const bring = (url: string, payload = BYTES) =>
  door.inject({ method: "POST", url, payload, headers: { "content-type": "application/octet-stream" } });
const links = (orderId: string, who: Principal, key?: string): Promise<Downloads> =>
  mall.mall.call(who, "entitlement.downloads", { orderId, ...(key !== undefined && { key }) });
const fetched = (url: string | null | undefined) =>
  door.inject(new URL(url ?? "").pathname + new URL(url ?? "").search);
const rightOf = (orderId: string): Promise<EntitlementView> =>
  mall.mall.call(MIA, "entitlement.get", { id: entitlementIdOf({ orderId, lineId: "l1" }) });
const typeOf = (answer: { json(): { type?: string } }): string | undefined => answer.json().type?.split(":").at(-1);

test("a seller brings the file of a digital offer; nobody else does, and no parcel has one", async () => {
  asks = EVE;
  expect((await bring(path())).statusCode).toBe(403);
  asks = SAM;
  expect((await bring(path(offerId, "seller-2"))).statusCode).toBe(403);
  const { lamp } = { lamp: (await mall.stock()).offerId };
  expect(typeOf(await bring(path(lamp)))).toBe("GOODS_NOT_DIGITAL");
  expect(typeOf(await bring(`${path()}?name=../etc/passwd`))).toBe("VALIDATION_FAILED");
  expect(typeOf(await bring(path(), Buffer.alloc(0)))).toBe("BODY_INVALID");
  const kept = await bring(`${path()}?name=Lamp%20book.pdf`);
  expect([kept.statusCode, kept.json()]).toMatchObject([200, { id: offerId, version: 1, bytes: BYTES.length }]);
  expect(kept.body).not.toMatch(/[a-f0-9]{64}/);
  const told = await mall.mall.call(SAM, "goods.get", { offerId, sellerId: "seller-1" });
  expect(told).toMatchObject({ name: "Lamp book.pdf", bytes: BYTES.length, version: 1 });
});

test("who bought it fetches it over a link that holds for a while, so often as was paid for", async () => {
  const orderId = await bought();
  expect(await mall.orderOf(orderId)).toMatchObject({ status: "delivered", problems: [] });
  await expect(links(orderId, EVE)).rejects.toMatchObject({ type: "NOT_FOUND" });
  const { items } = await links(orderId, MIA);
  expect(items).toMatchObject([{ lineId: "l1", title: "Lamp l1", downloads: 0, downloadsMax: 10, status: "granted" }]);
  const url = items[0]?.url ?? "";
  expect((await door.inject({ method: "HEAD", url: new URL(url).pathname })).statusCode).toBe(404);
  const got = await fetched(url);
  expect([got.statusCode, got.rawPayload.equals(BYTES)]).toEqual([200, true]);
  expect(got.headers["content-disposition"]).toContain('attachment; filename="Lamp book.pdf"');
  for (let n = 2; n <= 10; n++) expect((await fetched(url)).statusCode).toBe(200);
  expect(typeOf(await fetched(url))).toBe("DOWNLOAD_LIMIT");
  expect(await rightOf(orderId)).toMatchObject({ downloads: 10, recent: { length: 10 } });
  expect((await links(orderId, MIA)).items).toMatchObject([{ url: null, until: null }]);
});

test("where the money is taken as it is sent, the right to the file comes with the sending", async () => {
  const orderId = await bought("shipment");
  await mall.settle();
  expect((await links(orderId, MIA)).items).toEqual([]);
  await mall.mall.call(SAM, "order.ship", { id: orderId });
  await mall.settle();
  expect(await mall.orderOf(orderId)).toMatchObject({ problems: [], money: { status: "captured" } });
  expect((await links(orderId, MIA)).items).toMatchObject([{ status: "granted", downloadsMax: 10 }]);
});

test("a link is good for its file and its time only, and a guest has the key that came by mail", async () => {
  const orderId = await bought();
  const { trackKey } = await mall.call<{ trackKey: string }>("order.addressee", { id: orderId });
  const nobody: Principal = { id: "anonymous", permissions: [] };
  await expect(links(orderId, nobody, "another")).rejects.toMatchObject({ type: "NOT_FOUND" });
  const [item] = (await links(orderId, nobody, trackKey)).items;
  const url = new URL(item?.url ?? "");
  const changed = (name: string, to: string): string => {
    const other = new URL(url);
    other.searchParams.set(name, to);
    return other.href;
  };
  const later = String(Number(url.searchParams.get("until")) + 1);
  for (const odd of [changed("until", later), changed("mac", "0".repeat(32))]) {
    expect([odd, typeOf(await fetched(odd))]).toEqual([odd, "DOWNLOAD_EXPIRED"]);
  }
  const foreign = url.href.replace(item?.id ?? "", entitlementIdOf({ orderId, lineId: "l2" }));
  expect(typeOf(await fetched(foreign))).toBe("DOWNLOAD_EXPIRED");
  expect((await fetched(changed("until", "soon"))).statusCode).toBe(404);
  const now = jest.spyOn(mall.mall.node.clock, "now");
  now.mockReturnValue(new Date(Date.parse(item?.until ?? "") + 1).toISOString());
  expect(typeOf(await fetched(url.href))).toBe("DOWNLOAD_EXPIRED");
  now.mockRestore();
  expect(await rightOf(orderId)).toMatchObject({ downloads: 0 });
});

test("what was downloaded cannot be returned; what was not, can, and is then nobody's to download", async () => {
  const ask = (orderId: string) =>
    mall.mall.call<{ id: string }>(MIA, "return.request", {
      ...{ orderId, kind: "return", lines: [{ lineId: "l1", quantity: 2 }], reason: "not for me" },
    });
  const read = await bought();
  await fetched((await links(read, MIA)).items[0]?.url);
  await expect(ask(read)).rejects.toMatchObject({ type: "RETURN_DOWNLOADED" });
  const unread = await bought();
  const [item] = (await links(unread, MIA)).items;
  const { id } = await ask(unread);
  await mall.mall.call(SAM, "return.approve", { id });
  await mall.mall.call(SAM, "return.inspect", { id, lines: [{ lineId: "l1", quantity: 2, restock: false }] });
  await mall.settle();
  await mall.settle();
  const order = await mall.call<OrderView>("order.get", { id: unread });
  expect(order).toMatchObject({ status: "returned", problems: [], money: { refundedMinor: 2_000 } });
  expect(await rightOf(unread)).toMatchObject({ status: "revoked" });
  expect(typeOf(await fetched(item?.url))).toBe("DOWNLOAD_REVOKED");
  expect((await links(unread, MIA)).items).toMatchObject([{ status: "revoked", url: null }]);
});
