import { inCategories, pathIn, rolledUp } from "../../../../indexers/product/products.category.query";
import { readFacets } from "../../../../indexers/product/products.counts.query";
import { treeOf } from "../../../../indexers/category/categories.tree.query";
import type { StoredCategory } from "../../../../indexers/category/categories.projection";

const one = (id: string, parentId: string | null, status: "active" | "retired" = "active"): StoredCategory => ({
  id: `id-${id}`,
  version: 1,
  status,
  slug: id,
  name: { en: id.toUpperCase(), de: `${id}-de` },
  position: 0,
  parentId: parentId === null ? null : `id-${parentId}`,
  attributes: [],
});
const all = [one("home", null), one("lamps", "home"), one("desk", "lamps"), one("attic", "home", "retired")];
const tree = treeOf(new Map(all.map((category) => [category.id, category])));

describe("products in the tree", () => {
  it("are found by slug, id or path of names, with all that lies below, beside imported paths", () => {
    for (const text of ["lamps", "id-lamps", "HOME/LAMPS"]) {
      expect(inCategories([text], tree)).toEqual({
        bool: {
          should: [{ terms: { categories: [text] } }, { terms: { categoryId: ["id-lamps", "id-desk"] } }],
          minimum_should_match: 1,
        },
      });
    }
    expect(inCategories(["Imported/Path"], tree)).toEqual({ terms: { categories: ["Imported/Path"] } });
  });

  it("are counted for all above them, under the name in the language asked for", () => {
    const leaves = [
      { value: "id-desk", count: 3 },
      { value: "id-lamps", count: 2 },
      { value: "id-attic", count: 1 },
      { value: "unknown", count: 9 },
    ];
    expect(rolledUp(leaves, tree, "de")).toEqual([
      { value: "home", label: "home-de", parent: null, count: 6 },
      { value: "lamps", label: "lamps-de", parent: "home", count: 5 },
      { value: "desk", label: "desk-de", parent: "lamps", count: 3 },
    ]);
  });

  it("are shown with the path that their category has now; others with the one that was imported", () => {
    expect(pathIn(tree, { categoryId: "id-desk", categoryPath: [] }, "en")).toEqual(["HOME", "LAMPS", "DESK"]);
    expect(pathIn(tree, { categoryId: null, categoryPath: ["A", "B"] }, "en")).toEqual(["A", "B"]);
  });

  it("offer no filter by an attribute that is defined as none, unless something of it is chosen", () => {
    const weight = { name: "weight", label: { en: "Weight" }, type: "number", facet: false } as const;
    const { isFacet } = treeOf(new Map([["home", { ...one("home", null), attributes: [weight] }]]));
    const terms = ["weight:1", "weight:2", "colour:red", "colour:blue"];
    const attributes = { values: { buckets: terms.map((key) => ({ key, doc_count: 1 })) } };
    const facets = (found: object) => readFacets({ attributes, ...found }, { isFacet });
    expect(Object.keys(facets({}))).toEqual(["colour", "brand", "category", "seller", "condition", "price"]);
    expect(facets({ "attribute:weight": attributes })["weight"]).toEqual([
      { value: "1", count: 1 },
      { value: "2", count: 1 },
    ]);
  });
});
