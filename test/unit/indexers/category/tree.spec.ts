import type { StoredCategory } from "../../../../indexers/category/categories.projection";
import { categories } from "../../../../indexers/category/categories.projection";
import { listed, viewOf } from "../../../../indexers/category/categories.query";
import { inLanguage, treeOf } from "../../../../indexers/category/categories.tree.query";
import { chainOf } from "../../../support/rows";

const one = (id: string, parentId: string | null, more: Partial<StoredCategory> = {}): StoredCategory => ({
  id,
  version: 1,
  status: "active",
  slug: `${id}-slug`,
  name: { en: id, de: `${id}-de` },
  position: 0,
  parentId,
  attributes: [],
  ...more,
});
const watts = { name: "watts", label: { en: "Power" }, type: "number" } as const;
const of = (...all: StoredCategory[]) => treeOf(new Map(all.map((category) => [category.id, category])));
const tree = of(
  one("Lamps", "Home", { position: 2 }),
  one("Home", null, { attributes: [watts] }),
  one("Desk", "Lamps", { attributes: [{ ...watts, required: true }] }),
  one("Chairs", "Home", { position: 1, status: "retired" }),
  one("Stools", "Chairs"),
  one("Garden", null),
);
const all = { depth: 8, retired: false, limit: 100 };
const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe("the tree of categories", () => {
  it("knows the way up and all that lies below", () => {
    expect(ids(tree.path("Desk"))).toEqual(["Home", "Lamps", "Desk"]);
    expect(ids(tree.below("Home"))).toEqual(["Home", "Chairs", "Stools", "Lamps", "Desk"]);
    expect([tree.path("none"), tree.below("none"), tree.attributes("none")]).toEqual([[], [], []]);
  });

  it("puts siblings in the order of their positions, then of their slugs", () => {
    expect(ids(tree.children("Home"))).toEqual(["Chairs", "Lamps"]);
    expect(ids(tree.children(null))).toEqual(["Garden", "Home"]);
  });

  it("retires what lies below a retired one", () => {
    expect(["Stools", "Chairs", "Home"].map((id) => tree.isRetired(id))).toEqual([true, true, false]);
  });

  it("inherits attributes, the nearest definition winning", () => {
    expect(tree.attributes("Lamps")).toEqual([{ ...watts, definedBy: "Home" }]);
    expect(tree.attributes("Desk")).toEqual([{ ...watts, required: true, definedBy: "Desk" }]);
  });

  it("offers what it defines as filters, but for what is said to be none wherever it is defined", () => {
    const name = (facet?: boolean) => [{ ...watts, ...(facet !== undefined && { facet }) }];
    const offered = (...all: StoredCategory[]) => of(...all).isFacet("watts");
    expect(offered(one("a", null, { attributes: name(false) }))).toBe(false);
    expect(offered(one("a", null, { attributes: name(false) }), one("b", "a", { attributes: name(true) }))).toBe(true);
    expect(offered(one("a", null, { attributes: name() }))).toBe(true);
    expect(offered(one("a", null))).toBe(true);
  });

  it("says in what an attribute is counted, where all who define it say the same", () => {
    const counted = (unit?: string) => [{ ...watts, ...(unit !== undefined && { unit }) }];
    const unit = (...all: StoredCategory[]) => of(...all).unitOf("watts");
    expect(unit(one("a", null, { attributes: counted("W") }), one("b", "a", { attributes: counted("W") }))).toBe("W");
    expect(unit(one("a", null, { attributes: counted("W") }), one("b", null, { attributes: counted("hp") }))).toBe(
      undefined,
    );
    expect(unit(one("a", null, { attributes: counted("W") }), one("b", null))).toBe("W");
    expect(unit(one("a", null))).toBe(undefined);
  });

  it("is entered by id, by slug, or by the names on the way in any language", () => {
    for (const text of ["Lamps", "Lamps-slug", "Home/Lamps", "Home-de/Lamps"]) {
      expect(tree.find(text)?.id).toBe("Lamps");
    }
    for (const text of ["", "Lamps/Desk", "Home/Desk", "nothing"]) expect(tree.find(text)).toBeUndefined();
  });

  it("ends every walk, whatever it is given", () => {
    const circle = of(one("a", "b"), one("b", "a"));
    expect(circle.path("a").length).toBeLessThan(50);
    expect(circle.below("a").length).toBeLessThan(50);
    expect(circle.isRetired("a")).toBe(false);
  });

  it("is listed with levels; what is retired only when it is asked for", () => {
    const shown = listed(tree, all);
    expect(shown.items.map(({ id, level }) => [id, level])).toEqual([
      ["Garden", 1],
      ["Home", 1],
      ["Lamps", 2],
      ["Desk", 3],
    ]);
    const every = listed(tree, { ...all, retired: true });
    expect(every.items.filter(({ status }) => status === "retired").map(({ id }) => id)).toEqual(["Chairs", "Stools"]);
  });

  it("is listed in part: below one, so deep, so many", () => {
    expect(ids(listed(tree, { ...all, below: "Home" }).items)).toEqual(["Lamps", "Desk"]);
    expect(ids(listed(tree, { ...all, below: "Home", depth: 1 }).items)).toEqual(["Lamps"]);
    expect(listed(tree, { ...all, limit: 2 })).toMatchObject({ total: 4, items: [{ id: "Garden" }, { id: "Home" }] });
    expect(listed(tree, { ...all, below: "none" })).toEqual({ items: [], total: 0 });
    expect(listed(tree, { ...all, below: "Chairs" }).items).toEqual([]);
  });

  it("shows one with its path, its shown children and what holds there", () => {
    expect(viewOf(tree, "Home")).toMatchObject({ level: 1, parentId: null, children: [{ id: "Lamps" }] });
    expect(viewOf(tree, "Stools")).toMatchObject({ status: "retired", level: 3, path: [{}, { id: "Chairs" }, {}] });
    const never = of(one("Baths", null, { returnDays: 0 }), one("Taps", "Baths"));
    expect(viewOf(never, "Baths")).toHaveProperty("returnDays", 0);
    expect(viewOf(never, "Taps")).not.toHaveProperty("returnDays");
    expect(() => viewOf(tree, "none")).toThrow(expect.objectContaining({ type: "NOT_FOUND" }) as Error);
  });

  it("speaks the language asked for, or the next best", () => {
    const name = { en: "Lamps", de: "Lampen", pt: "Candeeiros" };
    expect(["de", "de-at", "pt-br", "fr"].map((lang) => inLanguage(name, lang))).toEqual([
      "Lampen",
      "Lampen",
      "Candeeiros",
      "Lamps",
    ]);
    expect([inLanguage({ it: "Lampade" }, "fr"), inLanguage({}, "fr")]).toEqual(["Lampade", ""]);
  });
});

describe("the documents of categories", () => {
  const commitOf = (state: unknown) => ({ ...(chainOf("c1", [state])[0] as object), aggregate: "category" }) as never;

  it("are the categories themselves; there is none before one is created", () => {
    const { id: _id, version: _version, ...state } = one("c1", null);
    expect(categories.document(commitOf(state))).toEqual(one("c1", null, state));
    expect(categories.document(commitOf({ status: "absent" }))).toBeNull();
  });
});
