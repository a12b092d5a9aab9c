/** What a merchandiser says in the console of collections and experiments is what the mall takes. */
import { collectionOf, EMPTY_COLLECTION, FILLINGS, isCollection } from "../../../console/admin/collection-draft";
import { EMPTY_EXPERIMENT, experimentOf, OTHERWISE } from "../../../console/admin/experiment-draft";
import { collectionContract } from "../../../models/collection/collection.contract";
import { experimentContract } from "../../../models/experiment/experiment.contract";

describe("a collection", () => {
  const params = collectionContract.actions["collection.create"].params;
  const named = { ...EMPTY_COLLECTION, title: " Gifts ", slug: "gifts" };

  it.each([
    ["words", "brass lamp", { rule: { q: "brass lamp" } }],
    ["brand", "Bloom, Aster", { rule: { brand: ["Bloom", "Aster"] } }],
    ["category", "home", { rule: { category: ["home"] } }],
    ["attribute", "colour:red", { rule: { attribute: ["colour:red"] } }],
    ["products", "p1, http://127.0.0.1/product/p2,p1", { products: ["p1", "p2"] }],
    ["products", "", { products: [] }],
  ] as const)("filled by %s: %s", (by, value, filled) => {
    const asked = collectionOf({ ...named, by, value }, "en");
    expect(asked).toEqual({ slug: "gifts", title: { en: "Gifts" }, ...filled });
    expect(params.validate(asked).error).toBeUndefined();
  });

  it("is not sent as long as something is missing", () => {
    expect(FILLINGS.filter((by) => isCollection({ ...named, by }))).toEqual(["products"]);
    expect(isCollection({ ...named, value: "lamp" })).toBe(true);
    expect(isCollection({ ...named, value: "lamp", slug: "No Address" })).toBe(false);
    expect(isCollection({ ...named, value: "lamp", title: " " })).toBe(false);
  });
});

describe("an experiment", () => {
  const params = experimentContract.actions["experiment.create"].params;

  it.each(OTHERWISE)("%s, against what is now, by halves", (otherwise) => {
    for (const design of ["split", "interleaved"] as const) {
      const asked = experimentOf({ ...EMPTY_EXPERIMENT, question: "Does it help?", otherwise, design });
      expect(asked.arms.map(({ name, share }) => [name, share])).toEqual([
        ["as-now", 0.5],
        [otherwise, 0.5],
      ]);
      expect(asked.arms[1]?.ranking).not.toEqual(asked.arms[0]?.ranking);
      expect(params.validate(asked).error).toBeUndefined();
    }
  });
});
