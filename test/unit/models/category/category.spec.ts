import { category, type CategoryEvent } from "../../../../models/category/category.aggregate";
import {
  effectiveAttributes,
  type AttributeDefinition,
} from "../../../../models/category/category.attributes.contract";
import { given } from "../../../support/given";

const id = "c1";
const lamps = { slug: "lamps", name: { en: "Lamps", de: "Lampen" } };
const watts: AttributeDefinition = { name: "watts", label: { en: "Power" }, type: "number", unit: "W", required: true };
const colour: AttributeDefinition = { name: "colour", label: { en: "Colour" }, type: "choice", values: ["red"] };
const created: CategoryEvent = { type: "category.created", data: { ...lamps, parentId: "home", attributes: [watts] } };
const retired: CategoryEvent = { type: "category.retired", data: {} };
const reinstated: CategoryEvent = { type: "category.reinstated", data: {} };
const history = given(category);
const state = { status: "active", ...lamps, parentId: "home", position: 0, attributes: [watts] } as const;

describe("category", () => {
  it("is created below another one, or at the top", () => {
    history()
      .when("category.create", { ...lamps, parentId: "home", attributes: [watts] })
      .then(created)
      .andState(state);
    history()
      .when("category.create", { ...lamps, position: 3 })
      .then({ type: "category.created", data: { ...lamps, position: 3 } })
      .andState({ ...state, parentId: null, position: 3, attributes: [] });
  });

  it("is created once", () => history(created).when("category.create", lamps).refused("ALREADY_EXISTS"));

  it("is revised, what is left out stays", () => {
    history(created)
      .when("category.revise", { id, name: { en: "Lighting" }, position: 4 })
      .then({ type: "category.revised", data: { name: { en: "Lighting" }, position: 4 } })
      .andState({ ...state, name: { en: "Lighting" }, position: 4 });
  });

  it("says again what it said before, also of its products; where it lies and its address stay", () => {
    const moved: CategoryEvent = { type: "category.moved", data: { from: "home", to: null } };
    const revised: CategoryEvent = { type: "category.revised", data: { slug: "lights", description: { en: "All" } } };
    const undefinedAgain: CategoryEvent = { type: "category.undefined", data: { name: "watts" } };
    const content = { name: lamps.name, position: 0, attributes: [watts] };
    const revert = { id, version: 1, content, gone: ["description"] } as const;
    history(created, moved, revised, undefinedAgain)
      .when("category.revert", revert)
      .then({
        type: "category.reverted",
        data: { toVersion: 1, content: { attributes: [watts] }, gone: ["description"] },
      })
      .andState({ ...state, slug: "lights", parentId: null });
    history(created)
      .when("category.revert", { ...revert, gone: [] })
      .then();
  });

  it("defines an attribute, and defines it anew in its place", () => {
    history(created)
      .when("category.define", { id, ...colour })
      .then({ type: "category.defined", data: colour })
      .andState({ ...state, attributes: [watts, colour] });
    const optional = { ...watts, required: false };
    history(created, { type: "category.defined", data: colour })
      .when("category.define", { id, ...optional })
      .then({ type: "category.defined", data: optional })
      .andState({ ...state, attributes: [optional, colour] });
  });

  it.each<[string, AttributeDefinition]>([
    ["a choice of nothing", { ...colour, values: undefined } as unknown as AttributeDefinition],
    ["a text with values", { ...colour, type: "text" }],
    ["a flag with a unit", { ...watts, type: "boolean" }],
  ])("defines no attribute that is %s", (_what, odd) => {
    const wire = JSON.parse(JSON.stringify(odd)) as AttributeDefinition;
    history(created)
      .when("category.define", { id, ...wire })
      .refused("CATEGORY_ATTRIBUTE_ODD", { name: wire.name });
    history()
      .when("category.create", { ...lamps, attributes: [wire] })
      .refused("CATEGORY_ATTRIBUTE_ODD", { name: wire.name });
  });

  it("defines a hundred attributes at most; to define one anew is always possible", () => {
    const attributes = Array.from({ length: 100 }, (_, n) => ({ ...watts, name: `a${n}` }));
    const full = history({ type: "category.created", data: { ...lamps, attributes } });
    full.when("category.define", { id, ...watts }).refused("CATEGORY_ATTRIBUTES_MAX");
    full.when("category.define", { id, ...watts, name: "a7" }).then({
      type: "category.defined",
      data: { ...watts, name: "a7" },
    });
  });

  it("takes a definition away, once", () => {
    history(created)
      .when("category.undefine", { id, name: "watts" })
      .then({ type: "category.undefined", data: { name: "watts" } })
      .andState({ ...state, attributes: [] });
    history(created).when("category.undefine", { id, name: "colour" }).then();
  });

  it("moves, to the top as well, and not to where it is", () => {
    history(created)
      .when("category.move", { id, parentId: "garden" })
      .then({ type: "category.moved", data: { from: "home", to: "garden" } })
      .andState({ ...state, parentId: "garden" });
    history(created)
      .when("category.move", { id, parentId: null })
      .then({ type: "category.moved", data: { from: "home", to: null } })
      .andState({ ...state, parentId: null });
    history(created).when("category.move", { id, parentId: "home" }).then();
  });

  it("is retired and reinstated, once each", () => {
    history(created)
      .when("category.retire", { id })
      .then(retired)
      .andState({ ...state, status: "retired" });
    history(created, retired).when("category.retire", { id }).then();
    history(created, retired).when("category.reinstate", { id }).then(reinstated).andState(state);
    history(created).when("category.reinstate", { id }).then();
  });

  it("that does not exist refuses every command", () => {
    history().when("category.revise", { id, position: 1 }).refused("NOT_FOUND");
    history()
      .when("category.define", { id, ...watts })
      .refused("NOT_FOUND");
    history().when("category.undefine", { id, name: "watts" }).refused("NOT_FOUND");
    history().when("category.move", { id, parentId: null }).refused("NOT_FOUND");
    history().when("category.retire", { id }).refused("NOT_FOUND");
    history().when("category.reinstate", { id }).refused("NOT_FOUND");
  });

  it("holds its slug, also when it is retired", () => {
    expect(category.claims?.(history().state)).toEqual([]);
    expect(category.claims?.(history(created, retired).state)).toEqual(["category.slug/lamps"]);
  });
});

describe("the attributes that hold", () => {
  it("are those of the category and of all above it, the nearest definition of a name winning", () => {
    const narrower = { ...colour, values: ["red", "blue"], required: true };
    const line = [
      { id: "desk", attributes: [narrower] },
      { id: "lamps", attributes: [watts] },
      { id: "home", attributes: [colour] },
    ];
    expect(effectiveAttributes(line)).toEqual([
      { ...narrower, definedBy: "desk" },
      { ...watts, definedBy: "lamps" },
    ]);
    expect(effectiveAttributes([])).toEqual([]);
  });
});
