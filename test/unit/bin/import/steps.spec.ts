import { problemWith } from "../../../../bin/import/check";
import type { ImportRecord } from "../../../../bin/import/record";
import { stepsOf } from "../../../../bin/import/steps";

const options = { source: "jsonl", principalId: "admin", channelId: "main" };
const record = (more: Partial<ImportRecord> = {}): ImportRecord => ({
  id: "lamp/1 ü",
  product: { title: { en: "Lamp" }, publish: true },
  offers: [
    {
      sellerId: "shop",
      sku: "Ä 1/2",
      price: { amountMinor: 100, currency: "EUR" },
      condition: "new",
      stock: { main: 5, outlet: 0 },
    },
  ],
  ...more,
});

const keys = (one: ImportRecord): string[] => stepsOf(one, options).map(({ idempotencyKey }) => idempotencyKey);

it("gives a record the same keys whatever it holds, fit for a header", () => {
  const first = keys(record());
  expect(keys(record({ product: { title: { en: "Other" } } }))).toEqual(first);
  for (const key of first) expect(key).toMatch(/^[\x21-\x7e]{1,200}$/);
  expect(new Set(first).size).toBe(first.length);
});

it("gives other records other keys, also where a slash might confuse them", () => {
  expect(keys(record({ id: "a/b", offers: [] }))).not.toEqual(keys(record({ id: "a", offers: [] })));
});

it("keeps keys short for the longest of names", () => {
  const [offer] = record().offers;
  const long = { ...offer, sellerId: "s".repeat(64), sku: "k".repeat(64), variantId: "v".repeat(64) };
  const all = stepsOf(record({ id: "i".repeat(64), offers: [long as ImportRecord["offers"][0]] }), options);
  for (const { idempotencyKey } of all) expect(idempotencyKey.length).toBeLessThanOrEqual(200);
});

it("revises under a key that holds the content, with params that the contracts allow", () => {
  const changes = (one: ImportRecord) => stepsOf(one, options).flatMap(({ changed }) => changed);
  const [before, after] = [changes(record()), changes(record({ product: { title: { en: "Other" }, publish: true } }))];
  expect(before[0]?.idempotencyKey).not.toBe(after[0]?.idempotencyKey);
  for (const command of before) expect(problemWith(command)).toBeNull();
});

it("counts where a record says that nothing is on hand", () => {
  const stock = stepsOf(record(), options).filter(({ name }) => name.includes("stock"));
  expect(stock.map(({ action }) => action)).toEqual(["stock.receive", "stock.count"]);
  expect(stock[1]?.fine).toEqual(["NOT_FOUND"]);
});
