import { problemWith } from "../../../../bin/import/check";
import type { ImportRecord } from "../../../../bin/import/record";
import { saleor } from "../../../../bin/import/saleor.import";
import { stepsOf } from "../../../../bin/import/steps";
import { product } from "../../../../models/product/product.aggregate";
import type { CreateProduct } from "../../../../models/product/product.contract";
import { entriesIn } from "../../../support/entries";

const row = (model: string, pk: number | string, fields: object): object => ({ model, pk, fields });

/** A shoe in two sizes, and an audiobook whose variants choose nothing. */
const shop = [
  row("product.category", 1, { name: "Apparel", parent: null }),
  row("product.category", 2, { name: "Shoes", parent: 1 }),
  row("attribute.attribute", 5, { slug: "shoe-size", name: "Shoe size", input_type: "dropdown" }),
  row("attribute.attribute", 6, { slug: "material", name: "Material", input_type: "multiselect" }),
  row("attribute.attribute", 7, { slug: "vegan", name: "Vegan", input_type: "boolean" }),
  row("attribute.attribute", 8, { slug: "weight", name: "Weight", input_type: "numeric" }),
  row("attribute.attributevalue", 51, { name: "39", attribute: 5 }),
  row("attribute.attributevalue", 52, { name: "40", attribute: 5 }),
  row("attribute.attributevalue", 61, { name: "Cotton", attribute: 6 }),
  row("attribute.attributevalue", 62, { name: "Linen", attribute: 6 }),
  row("attribute.attributevalue", 71, { name: "Vegan: Yes", boolean: true, attribute: 7 }),
  row("attribute.attributevalue", 81, { name: "350", attribute: 8 }),
  row("product.product", 100, { name: "White plimsolls", description_plaintext: "Light.", category: 2 }),
  ...[61, 62, 71, 81].map((value, i) => row("attribute.assignedproductattributevalue", i, { product: 100, value })),
  row("product.productchannellisting", 1, { product: 100, channel: 1, is_published: true }),
  row("product.productvariant", 11, { product: 100, sku: "W-39", name: "39" }),
  row("product.productvariant", 12, { product: 100, sku: null, name: "40" }),
  row("attribute.assignedvariantattribute", 21, { variant: 11 }),
  row("attribute.assignedvariantattribute", 22, { variant: 12 }),
  row("attribute.assignedvariantattributevalue", 31, { assignment: 21, value: 51 }),
  row("attribute.assignedvariantattributevalue", 32, { assignment: 22, value: 52 }),
  row("product.productvariantchannellisting", 1, { variant: 11, currency: "PLN", price_amount: "240.000" }),
  row("product.productvariantchannellisting", 2, { variant: 11, currency: "USD", price_amount: "59.995" }),
  row("product.productvariantchannellisting", 3, { variant: 12, currency: "PLN", price_amount: "240.000" }),
  row("warehouse.warehouse", "w-1", { slug: "global" }),
  row("warehouse.stock", 1, { warehouse: "w-1", product_variant: 11, quantity: 7 }),
  row("product.product", 101, { name: "A talk", description_plaintext: "", category: null }),
  row("product.productvariant", 13, { product: 101, sku: "T-1", name: "MP3" }),
  row("product.productvariant", 14, { product: 101, sku: "T-2", name: "WAV" }),
  row("menu.menu", 1, { name: "navbar" }),
];

async function records(rows: object[] = shop): Promise<ImportRecord[]> {
  const entries = await entriesIn(saleor, JSON.stringify(rows), 64);
  return entries.map(({ parsed }) => {
    if (!parsed.ok) throw new Error(parsed.problem);
    return parsed.record;
  });
}

it("joins a product with its category, attributes, variants, prices and stock", async () => {
  const [shoe] = await records();
  expect(shoe).toEqual({
    id: "100",
    product: {
      title: { en: "White plimsolls" },
      description: { en: "Light." },
      categoryPath: ["Apparel", "Shoes"],
      attributes: { material: "Cotton, Linen", vegan: true, weight: 350 },
      options: [{ name: "shoe-size", values: ["39", "40"] }],
      variants: [
        { id: "variant-11", options: { "shoe-size": "39" } },
        { id: "variant-12", options: { "shoe-size": "40" } },
      ],
      media: [],
      publish: true,
    },
    // the other variant has no price in dollars
    offers: [
      {
        sellerId: "saleor",
        sku: "W-39",
        price: { amountMinor: 6_000, currency: "USD" },
        condition: "new",
        variantId: "variant-11",
        stock: { global: 7 },
      },
    ],
  });
});

it("tells variants apart by their names where their attributes do not", async () => {
  const [, talk] = await records();
  expect(talk?.product).toMatchObject({
    options: [{ name: "variant", values: ["MP3", "WAV"] }],
    variants: [{ options: { variant: "MP3" } }, { options: { variant: "WAV" } }],
    publish: false,
  });
});

it("makes commands that the contracts and the product itself accept", async () => {
  for (const record of await records()) {
    const steps = stepsOf(record, { source: "saleor", principalId: "admin", channelId: "main" });
    expect(steps.map(problemWith).filter((problem) => problem !== null)).toEqual([]);
    const create = steps[0]?.params as CreateProduct;
    const { "product.create": decide } = product.decide;
    expect(decide(product.initial, create, "2026-01-01T00:00:00.000Z")).not.toEqual([]);
  }
});

it("reports a product without a name, and says that a file is no fixture", async () => {
  const [entry] = await entriesIn(saleor, JSON.stringify([row("product.product", 9, { name: "" })]));
  expect(entry).toMatchObject({ number: 1, line: 1, parsed: { ok: false, id: "9" } });
  await expect(entriesIn(saleor, '[{"a": 1}]')).rejects.toThrow("The object of line 1 is no row of a fixture");
});
