/** What stands on invoices and credit notes of a seller that the mall knows: as it was when each was issued. */
import type { InvoiceView } from "../../../models/invoice/invoice.contract";
import type { OrderPaper } from "../../../models/order/order.commands.contract";
import { invoicePdf } from "../../../services/gateway/papers";
import { openPurchases, type Purchases } from "./purchase";

let mall: Purchases;
let sellerId: string;
let dies = false;
const business = { legalName: "Brandt Leuchten GmbH", street: "Lange Str. 1", postalCode: "10115", city: "Berlin" };

beforeAll(async () => {
  mall = await openPurchases({
    between: ({ action }, go) => (dies && action === "order.finish" ? Promise.reject(new Error("it died")) : go()),
  });
  const { id } = await mall.call("seller.apply", { name: "Brandt Leuchten", country: "DE", form: "company" });
  await mall.call("seller.save", {
    ...{ id, business, tax: { vatId: "DE136695976" } },
    contact: { name: "R. Brandt", email: "brandt@example.org" },
    bank: { holder: "Brandt Leuchten GmbH", iban: "DE89 3704 0044 0532 0130 00" },
    papers: [{ kind: "register-extract", reference: "HRB 12345 B" }],
  });
  await mall.call("seller.submit", { id });
  await mall.call("seller.approve", { id });
  sellerId = id;
});
afterAll(() => mall.mall.stop());

const read = (paper: OrderPaper): Promise<InvoiceView> =>
  mall.call<InvoiceView>("invoice.get", { sellerId, kind: paper.kind, number: paper.number });

async function papersOf(orderId: string): Promise<InvoiceView[]> {
  await mall.settle();
  const { papers } = await mall.orderOf(orderId);
  return Promise.all(papers.map(read));
}

test("a paper says who sells, under which number, and where, as it was when it was issued", async () => {
  const { id } = await mall.bought(1, "order", { sellerId });
  const [before] = await papersOf(id);
  const registered = { ...business, country: "DE", vatId: "DE136695976", taxNumber: null };
  expect(before).toMatchObject({ sellerName: "Brandt Leuchten", seller: { ...registered, version: 4 } });
  const today = new Date().toISOString().slice(0, 10);
  expect(before).toMatchObject({ supplied: { how: "paid", on: today }, amends: [], exemption: null });
  const moved = { ...business, street: "Kurze Str. 2" };
  await mall.call("seller.amend", { id: sellerId, business: moved });
  await mall.call("order.refund", { id, amountMinor: 100, reason: "late" });
  const [invoice, note] = await papersOf(id);
  expect(invoice).toEqual(before);
  expect(note).toMatchObject({
    ...{ kind: "credit-note", amends: [before?.number], supplied: null },
    seller: { ...registered, street: "Kurze Str. 2" },
  });
  expect(note?.seller?.version).toBeGreaterThan(before?.seller?.version ?? 0);
});

test("what nobody knows of a seller is not made up; a line without tax says by which provision", async () => {
  const { id } = await mall.bought(1);
  const { papers } = await mall.orderOf(id);
  const [first] = papers;
  const unknown = await mall.call<InvoiceView>("invoice.get", { sellerId: "seller-1", ...first });
  expect(unknown).toMatchObject({ sellerName: "seller-1", seller: { version: null, legalName: null, vatId: null } });
  const exemption = { en: "Art. 135 (1) of Directive 2006/112/EC", de: "§ 4 UStG" };
  await mall.call("tax.set", { country: "DE", name: { en: "VAT" }, standardBp: 1_900, exemption });
  const free = await mall.bought(1, "order", { sellerId, taxRateBp: 0 });
  const [paper] = await papersOf(free.id);
  const line = { taxRateBp: 0, unitNetMinor: 1_000, discountNetMinor: 100 };
  expect(paper).toMatchObject({ exemption, lines: [line, {}] });
  for (const one of [unknown, paper as InvoiceView]) {
    expect((await invoicePdf(one)).subarray(0, 5).toString()).toBe("%PDF-");
  }
});

test("a paper that was issued before its order heard of it stands, whatever its seller is called by now", async () => {
  dies = true;
  const { id } = await mall.placed(1, "order", { sellerId });
  // the paper is there, and whoever issued it dies
  await expect(mall.call("order.carryOut", { id })).rejects.toThrow();
  dies = false;
  expect((await mall.orderOf(id)).papers).toEqual([]);
  await mall.call("seller.amend", { id: sellerId, business: { ...business, city: "Potsdam" } });
  const [paper, ...more] = await papersOf(id);
  expect([paper?.seller?.city, more]).toEqual(["Berlin", []]);
  expect((await mall.orderOf(id)).problems).toEqual([]);
  const next = await mall.bought(1, "order", { sellerId });
  const [following] = await papersOf(next.id);
  expect(following).toMatchObject({ number: (paper?.number ?? 0) + 1, seller: { city: "Potsdam" } });
});
