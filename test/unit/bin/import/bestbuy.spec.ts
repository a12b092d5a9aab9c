import { bestbuy } from "../../../../bin/import/bestbuy.import";
import { problemWith } from "../../../../bin/import/check";
import { stepsOf } from "../../../../bin/import/steps";
import { entriesIn } from "../../../support/entries";

const product = (more: object = {}): object => ({
  name: 'Kettle 7" {steel}',
  description: 'Boils \\ fast. "Very" fast }]',
  brand: "Kelda",
  categories: ["Kitchen", "Kettles"],
  price: 49.99,
  image: "https://pictures.example/bb/4984700_sb.jpg",
  popularity: 21449,
  ...more,
});
const file = (...products: object[]): string => JSON.stringify(products, null, 2);

it("reads products however the array is laid out, with the lines on which they begin", async () => {
  const second = product({ image: "https://pictures.example/bb/2_sb.jpg" });
  const pretty = await entriesIn(bestbuy, file(product(), second));
  expect(pretty.map(({ number, line }) => [number, line])).toEqual([
    [1, 2],
    [2, 14],
  ]);
  const dense = await entriesIn(bestbuy, JSON.stringify([product(), second]), 1);
  expect(dense.map(({ parsed }) => parsed)).toEqual(pretty.map(({ parsed }) => parsed));
  expect(dense.map(({ number, line }) => [number, line])).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

it("makes of each a published product and one offer that the mall would take", async () => {
  const [entry] = await entriesIn(bestbuy, file(product()));
  if (!entry?.parsed.ok) throw new Error("it was not read");
  expect(entry.parsed.record).toEqual({
    id: "4984700",
    product: {
      title: { en: 'Kettle 7" {steel}' },
      description: { en: 'Boils \\ fast. "Very" fast }]' },
      brand: "Kelda",
      categoryPath: ["Kitchen", "Kettles"],
      attributes: { popularity: 21449 },
      media: [{ kind: "image", url: "https://pictures.example/bb/4984700_sb.jpg" }],
      publish: true,
    },
    offers: [
      {
        sellerId: "bestbuy",
        sku: "4984700",
        price: { amountMinor: 4999, currency: "USD" },
        condition: "new",
        stock: { main: 100 },
      },
    ],
  });
  const steps = stepsOf(entry.parsed.record, { source: "bestbuy", principalId: "admin", channelId: "main" });
  expect(steps.map(problemWith)).toEqual([null, null, null]);
});

it.each([
  [{ image: "https://pictures.example/kettle.jpg" }, 'no number: "image"'],
  [{ name: " " }, 'no "name"'],
  [{ price: "cheap" }, '"price" is no amount'],
  [{ price: -1 }, '"price" is no amount'],
])("says what is wrong with %j and goes on", async (more, problem) => {
  const [bad, good] = await entriesIn(bestbuy, file(product(more), product()));
  expect(bad?.parsed.ok === false && bad.parsed.problem).toContain(problem);
  expect(good?.parsed.ok).toBe(true);
});

it("hands on an object that is too large as a fault, and says that a file is no array or cut short", async () => {
  const large = product({ description: "x".repeat(1 << 20) });
  const [bad, good] = await entriesIn(bestbuy, file(large, product()), 1 << 16);
  expect(bad?.parsed).toMatchObject({ ok: false, problem: expect.stringContaining("larger than 1 MiB") as string });
  expect(good?.parsed.ok).toBe(true);
  await expect(entriesIn(bestbuy, '{"name": 1}')).rejects.toThrow("does not hold a JSON array");
  await expect(entriesIn(bestbuy, file(product()).slice(0, 40))).rejects.toThrow("ends in the middle");
});
