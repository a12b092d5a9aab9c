import { section, type SectionEvent } from "../../../../models/section/section.aggregate";
import { sectionContract } from "../../../../models/section/section.contract";
import { given } from "../../../support/given";

const id = "s1";
const history = given(section);
const outlet = { slug: "outlet", name: { en: "Outlet" }, channel: "web", view: { condition: ["refurbished"] } };
const opened: SectionEvent = { type: "section.opened", data: outlet };
const closed: SectionEvent = { type: "section.closed", data: {} };

describe("a section", () => {
  it("is opened, once", () => {
    history()
      .when("section.open", outlet)
      .then(opened)
      .andState({ status: "open", ...outlet });
    history(opened).when("section.open", outlet).refused("ALREADY_EXISTS");
  });

  it("is revised, what is left out stays", () => {
    const view = { brand: ["Acme"], collections: ["gifts"] };
    history(opened)
      .when("section.revise", { id, view })
      .then({ type: "section.revised", data: { view } })
      .andState({ status: "open", ...outlet, view });
  });

  it("is closed and opened again, each once, and keeps its slug", () => {
    history(opened)
      .when("section.close", { id })
      .then(closed)
      .andState({ status: "closed", ...outlet });
    history(opened, closed).when("section.close", { id }).then();
    history(opened, closed)
      .when("section.reopen", { id })
      .then({ type: "section.reopened", data: {} })
      .andState({ status: "open", ...outlet });
    history(opened).when("section.reopen", { id }).then();
    expect(section.claims?.({ status: "closed", ...outlet })).toEqual(["section.slug/outlet"]);
    expect(section.claims?.({ status: "absent" })).toEqual([]);
  });

  it("gets back what was in it", () => {
    const old = { id, version: 1, content: { name: outlet.name, view: outlet.view }, gone: ["description"] } as const;
    history(opened, closed, { type: "section.revised", data: { view: { q: "lamp" }, description: { en: "Late" } } })
      .when("section.revert", old)
      .then({ type: "section.reverted", data: { toVersion: 1, content: { view: outlet.view }, gone: ["description"] } })
      .andState({ status: "closed", ...outlet });
    history(opened).when("section.revert", old).then();
  });

  it("is there before anything is done with it", () => {
    for (const verb of ["close", "reopen"] as const) history().when(`section.${verb}`, { id }).refused("NOT_FOUND");
    history()
      .when("section.revise", { id, name: { en: "x" } })
      .refused("NOT_FOUND");
    history().when("section.revert", { id, version: 1, content: {}, gone: [] }).refused("NOT_FOUND");
  });

  it.each([
    [{}, true],
    [{ lang: "de" }, true],
    [{ collections: ["gifts"] }, false],
    [{ inStock: true }, false],
    [{ colour: ["red"] }, true],
  ])("holds what its view asks for, and that is something: %j", (view, refused) => {
    const { error } = sectionContract.actions["section.open"].params.validate({ slug: "a", name: { en: "A" }, view });
    expect(error !== undefined).toBe(refused);
  });
});
