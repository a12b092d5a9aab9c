import { problemWith } from "../../../../bin/import/check";
import { attributesOf, cleanName, icecat } from "../../../../bin/import/icecat.import";
import type { ImportRecord } from "../../../../bin/import/record";
import { stepsOf } from "../../../../bin/import/steps";

const options = { currency: "USD" };
const where = { source: "icecat", principalId: "admin", channelId: "main" };

const row = (more: object = {}): string =>
  JSON.stringify({
    id: "3920564",
    title: "Toner cartridge, black",
    ean: ["0095205603217"],
    short_description: "Toner for a copier",
    img_high: "http://images.example/high.jpg",
    img_low: "http://images.example/low.jpg",
    supplier: "Printwell",
    price: 4995,
    attr_t_type: "Original",
    attr_n_quantity_per_pack: 6,
    attr_b_refillable: false,
    ...more,
  });

function parsed(line: string): ImportRecord {
  const found = icecat.parse(line, options);
  if (!found.ok) throw new Error(found.problem);
  return found.record;
}

it("reads a product with attributes by type, pictures, EAN and one offer", () => {
  const { id, product, offers } = parsed(row());
  expect(id).toBe("3920564");
  expect(product).toEqual({
    title: { en: "Toner cartridge, black" },
    description: { en: "Toner for a copier" },
    brand: "Printwell",
    attributes: { ean: "0095205603217", type: "Original", quantity_per_pack: 6, refillable: false },
    media: [
      { kind: "image", url: "http://images.example/high.jpg" },
      { kind: "image", url: "http://images.example/low.jpg" },
    ],
    publish: true,
  });
  expect(offers).toEqual([
    {
      sellerId: "icecat",
      sku: "3920564",
      price: { amountMinor: 4995, currency: "USD" },
      condition: "new",
      stock: { main: 100 },
    },
  ]);
});

it("makes commands that the contracts allow", () => {
  const steps = stepsOf(parsed(row()), where);
  expect(steps.map(({ action }) => action)).toEqual(["product.create", "offer.make", "stock.receive"]);
  for (const command of [...steps, ...steps.flatMap(({ changed }) => changed)]) expect(problemWith(command)).toBeNull();
});

it("takes a product type for a category only when it says something", () => {
  expect(parsed(row({ attr_t_product_type: "Notebook" })).product.categoryPath).toEqual(["Notebook"]);
  expect(parsed(row({ attr_t_product_type: "1" })).product.categoryPath).toBeUndefined();
});

it.each([
  ["thermal_design_power__tdp_", "thermal_design_power_tdp"],
  ["Größe (cm)", "gr_e_cm"],
  ["__", ""],
])("cleans the name %s", (name, clean) => expect(cleanName(name)).toBe(clean));

it("keeps both of two attributes with one clean name", () => {
  expect(attributesOf({ attr_t_size: "A4", attr_n_size: 4, attr_t_size_: "x" })).toEqual({
    size: "A4",
    size_number: 4,
    size_text: "x",
  });
});

it("leaves out attributes without a value and cuts long ones without leaving half a character", () => {
  const long = `${"a".repeat(999)}😀`;
  expect(attributesOf({ attr_t_a: " ", attr_n_b: null, attr_t_c: long, attr_x_d: 1 })).toEqual({ c: "a".repeat(999) });
});

it("keeps within the contract's number of attributes, EAN included", () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`attr_n_a${i}`, i]));
  const [create] = stepsOf(parsed(row(many)), where);
  expect(create && problemWith(create)).toBeNull();
});

it.each([
  ["no JSON", "{", "the line is not JSON"],
  ["no object", "[1]", "the line holds JSON, but not an object"],
  ["no id", JSON.stringify({ title: "x" }), 'no "id"'],
  ["no title", row({ title: " " }), 'no "title"'],
])("says what is wrong with a row with %s", (_name, line, problem) => {
  const found = icecat.parse(line, options);
  expect(found.ok).toBe(false);
  expect(!found.ok && found.problem).toContain(problem);
});

it("makes no offer without a price, and passes over an EAN and a picture that are none", () => {
  const { product, offers } = parsed(row({ price: null, ean: ["12"], img_high: "no url", img_low: null }));
  expect(offers).toEqual([]);
  expect(product.media).toEqual([]);
  expect(product.attributes).not.toHaveProperty("ean");
});
