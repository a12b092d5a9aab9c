import { jsonl } from "../../../../bin/import/jsonl.import";

const offer = { sellerId: "s", sku: "1", price: { amountMinor: 1, currency: "EUR" }, condition: "new" };
const parse = (row: unknown) => jsonl.parse(JSON.stringify(row), { currency: "USD" });

it("reads a product with offers and stock", () => {
  const row = { id: "a", product: { title: { en: "x" } }, offers: [{ ...offer, stock: { main: 3 } }, offer] };
  expect(parse(row)).toEqual({ ok: true, record: { ...row, offers: [row.offers[0], { ...offer, stock: {} }] } });
});

it("reads a product that nobody offers", () => {
  expect(parse({ id: "a", product: {} })).toMatchObject({ ok: true, record: { offers: [] } });
});

it.each([
  [{ product: {} }, '"id" must be'],
  [{ id: "", product: {} }, '"id" must be'],
  [{ id: "a" }, '"product" must be'],
  [{ id: "a", product: { channels: [] } }, "given by --channel"],
  [{ id: "a", product: {}, offers: {} }, '"offers" must be a list'],
  [{ id: "a", product: {}, offers: [offer, 1] }, "offers[1]: it must be an object"],
  [{ id: "a", product: {}, offers: [{ ...offer, sku: 7 }] }, 'offers[0]: "sku" must be a text'],
  [{ id: "a", product: {}, offers: [{ ...offer, stock: { main: -1 } }] }, '"stock" at "main"'],
  [{ id: "a", product: {}, offers: [{ ...offer, stock: { main: 0.5 } }] }, '"stock" at "main"'],
  [{ id: "a", product: {}, price: 1 }, '"price" is unknown'],
])("says what is wrong with %j", (row, problem) => {
  const found = parse(row);
  expect(found.ok ? "" : found.problem).toContain(problem);
});
