/** What a search of products is narrowed by, and the facets by which it can be. */
import { useShelves } from "./shelves";

const { ask, ids, sorted } = useShelves();

test("filters by category with everything below, and not by what merely begins alike", async () => {
  expect(await sorted({ category: ["Computers"] })).toEqual(["macbook", "thinkpad", "zenbook"]);
  expect(await sorted({ category: ["Computers/Notebooks"] })).toEqual(["macbook", "thinkpad", "zenbook"]);
  expect(await sorted({ category: ["Accessories"] })).toEqual(["adapter", "bag"]);
});

test("filters by brands, channel, price and stock", async () => {
  expect(await sorted({ brand: ["Apple", "Asus"] })).toEqual(["macbook", "zenbook"]);
  expect(await sorted({ channel: "outlet" })).toEqual(["bag"]);
  expect(await sorted({ priceMin: 4_900, priceMax: 99_900 })).toEqual(["adapter", "zenbook"]);
  expect(await sorted({ inStock: true, category: ["Computers"] })).toEqual(["macbook", "zenbook"]);
});

test("takes any value within an attribute, and every attribute", async () => {
  expect(await sorted({ attribute: ["colour:silver", "colour:black"] })).toHaveLength(4);
  expect(await sorted({ attribute: ["colour:silver", "display_diagonal:14.0"] })).toEqual(["zenbook"]);
  expect(await sorted({ attribute: ["touchscreen:true"] })).toEqual(["zenbook"]);
  expect(await sorted({ attribute: ["nonsense"] })).toEqual([]);
});

test("counts facets of what was found; a chosen facet still shows what else could be chosen", async () => {
  const { facets, total } = await ask({ q: "notebook", brand: ["Lenovo"] });
  expect(total).toBe(2);
  expect(facets["brand"]).toEqual(
    expect.arrayContaining([
      { value: "Lenovo", count: 2 },
      { value: "Apple", count: 1 },
      { value: "Asus", count: 1 },
    ]),
  );
  expect(facets["category"]).toContainEqual({ value: "Computers/Notebooks", count: 1 });
  expect(facets["colour"]).toBeUndefined();
  const all = (await ask({ q: "notebook", attribute: ["colour:silver"] })).facets;
  expect(all["colour"]).toEqual([
    { value: "black", count: 2 },
    { value: "silver", count: 2 },
  ]);
  expect(all["display_diagonal"]).toContainEqual({ value: "13.3", count: 1 });
});

test("finds numbers between borders, the upper one not among them", async () => {
  const found = (range: string) => ids({ range: [`display_diagonal:${range}`], sort: "price-asc" });
  expect(await found("13..14")).toEqual(["macbook"]);
  expect(await found("13.3..14.1")).toEqual(["zenbook", "thinkpad", "macbook"]);
  expect([await found("14.."), await found("..14"), await found("15..12")]).toEqual([
    ["zenbook", "thinkpad"],
    ["macbook"],
    [],
  ]);
});

test("tells ranges of prices that find just what they count", async () => {
  const ranges = (await ask({ q: "notebook" })).facets["price"] ?? [];
  expect(ranges.length).toBeGreaterThan(1);
  for (const { from = 0, to = 0, count } of ranges) {
    expect(await ids({ q: "notebook", priceMin: from, priceMax: to })).toHaveLength(count);
  }
});
