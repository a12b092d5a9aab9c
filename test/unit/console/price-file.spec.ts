/** A file of prices and stock is read as table programs write it, and what is wrong with it is told line by line. */
import { rowsOf, ROWS_MAX } from "../../../console/seller/price-file";

it.each([
  ["commas", "sku,price,stock\nA-1,12.90,4\nA-2,,0\n"],
  ["semicolons, decimal commas and Windows lines", "SKU;Price;Stock\r\nA-1;12,90;4\r\nA-2;;0\r\n"],
  ["tabs, quotes, and a mark of the byte order", '\uFEFF"sku"\t"price"\t"stock"\n"A-1"\t"12.90"\t"4"\n"A-2"\t\t0'],
])("with %s", (_name, text) => {
  const { rows, faults } = rowsOf(text);
  expect(faults).toEqual([]);
  expect(rows).toEqual([
    { line: 2, sku: "A-1", price: expect.stringMatching(/^12[.,]90$/) as string, stock: 4 },
    { line: 3, sku: "A-2", price: null, stock: 0 },
  ]);
});

it("says which lines cannot be taken, and takes the others", () => {
  const { rows, faults } = rowsOf("sku,price,stock\n,1,1\nA,cheap,1\nB,1,-4\nC,1,1\n");
  expect(rows.map(({ sku }) => sku)).toEqual(["C"]);
  expect(faults).toEqual([
    { line: 2, fault: "sku" },
    { line: 3, fault: "price" },
    { line: 4, fault: "stock" },
  ]);
});

it("needs to know which column is which", () => {
  expect(rowsOf("article;amount\nA;1")).toEqual({ rows: [], faults: [{ line: 1, fault: "columns" }] });
  expect(rowsOf("")).toEqual({ rows: [], faults: [{ line: 1, fault: "columns" }] });
});

it("takes so many rows at once, and says so", () => {
  const lines = Array.from({ length: ROWS_MAX + 5 }, (_, i) => `S-${i},1`);
  const { rows, faults } = rowsOf(`sku,price\n${lines.join("\n")}`);
  expect(rows).toHaveLength(ROWS_MAX);
  expect(faults).toEqual([{ line: ROWS_MAX + 2, fault: "many" }]);
});
