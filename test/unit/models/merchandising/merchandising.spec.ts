import { merchandising, type MerchandisingEvent } from "../../../../models/merchandising/merchandising.aggregate";
import { merchandisingContract } from "../../../../models/merchandising/merchandising.contract";
import type { MerchandisingRule } from "../../../../models/merchandising/merchandising.rule.contract";
import { given } from "../../../support/given";

const id = "m1";
const history = given(merchandising);
const rule: MerchandisingRule = { kind: "ranking", when: { queries: ["lamp"] }, pin: ["p1"] };
const synonyms: MerchandisingRule = { kind: "synonyms", words: ["sofa", "couch"] };
const [monday, friday] = ["2026-03-02T00:00:00.000Z", "2026-03-06T00:00:00.000Z"];
const content = { name: "Lamps", channel: "web", from: monday, until: friday, rule };
const created: MerchandisingEvent = { type: "merchandising.created", data: content };
const enabled: MerchandisingEvent = { type: "merchandising.enabled", data: {} };

describe("a rule of merchandising", () => {
  it("is written off, or on at once, and only once", () => {
    history()
      .when("merchandising.create", content)
      .then(created)
      .andState({ status: "off", ...content });
    history()
      .when("merchandising.create", { ...content, on: true })
      .then(created, enabled)
      .andState({ status: "on", ...content });
    history(created).when("merchandising.create", content).refused("ALREADY_EXISTS");
  });

  it.each<[string, MerchandisingRule]>([
    ["one word alone", { kind: "synonyms", words: ["sofa"] }],
    ["a price above its bound", { kind: "ranking", only: { priceMin: 2, priceMax: 1 } }],
    ["a product on top and at the end", { kind: "ranking", pin: ["a", "b"], bury: ["b"] }],
    ["a product on top and away", { kind: "ranking", pin: ["a"], hide: ["a"] }],
    ["a product at the end and away", { kind: "ranking", bury: ["a"], hide: ["a"] }],
  ])("says nothing odd: %s", (_what, odd) => {
    history().when("merchandising.create", { name: "odd", rule: odd }).refused("MERCHANDISING_ODD");
    const before: MerchandisingRule = odd.kind === "ranking" ? rule : synonyms;
    history({ type: "merchandising.created", data: { name: "x", rule: before } })
      .when("merchandising.revise", { id, rule: odd })
      .refused("MERCHANDISING_ODD");
  });

  it("does not end before it begins", () => {
    history()
      .when("merchandising.create", { ...content, until: monday })
      .refused("MERCHANDISING_ODD");
    history(created).when("merchandising.revise", { id, from: friday }).refused("MERCHANDISING_ODD");
    history(created)
      .when("merchandising.revise", { id, from: friday, until: null })
      .then({ type: "merchandising.revised", data: { from: friday, until: null } })
      .andState({ status: "off", name: "Lamps", channel: "web", from: friday, rule });
  });

  it("stays of its kind", () => {
    history(created).when("merchandising.revise", { id, rule: synonyms }).refused("MERCHANDISING_ODD");
  });

  it("is switched on and off, each once", () => {
    history(created).when("merchandising.enable", { id }).then(enabled);
    history(created, enabled).when("merchandising.enable", { id }).then();
    history(created, enabled)
      .when("merchandising.disable", { id })
      .then({ type: "merchandising.disabled", data: {} })
      .andState({ status: "off", ...content });
    history(created).when("merchandising.disable", { id }).then();
  });

  it("gets back what it said, not whether it is on", () => {
    const old = { id, version: 1, content: { name: "Lamps", rule }, gone: ["priority"] } as const;
    const later: MerchandisingEvent = {
      type: "merchandising.revised",
      data: { priority: 5, rule: { kind: "ranking", bury: ["p1"] } },
    };
    history(created, enabled, later)
      .when("merchandising.revert", old)
      .then({ type: "merchandising.reverted", data: { toVersion: 1, content: { rule }, gone: ["priority"] } })
      .andState({ status: "on", ...content });
    history(created).when("merchandising.revert", old).then();
  });

  it("is there before anything is done with it", () => {
    for (const verb of ["enable", "disable"] as const) {
      history().when(`merchandising.${verb}`, { id }).refused("NOT_FOUND");
    }
    history().when("merchandising.revise", { id, name: "x" }).refused("NOT_FOUND");
    history().when("merchandising.revert", { id, version: 1, content: {}, gone: [] }).refused("NOT_FOUND");
  });
});

describe("the words of rules", () => {
  const { params } = merchandisingContract.actions["merchandising.create"];
  const faulty = (written: object): boolean => params.validate({ name: "n", rule: written }).error !== undefined;

  it.each([
    [{ kind: "redirect", queries: ["sale"], to: "/sale" }, false],
    [{ kind: "redirect", queries: ["sale"], to: "https://mall.example/sale" }, false],
    [{ kind: "redirect", queries: ["sale"], to: "//evil.example" }, true],
    [{ kind: "redirect", queries: ["sale"], to: "/\\evil.example" }, true],
    [{ kind: "redirect", queries: ["sale"], to: "javascript:alert(1)" }, true],
    [{ kind: "redirect", queries: [], to: "/sale" }, true],
    [{ kind: "ranking", when: { queries: ["a"] } }, true],
    [{ kind: "ranking", pin: Array.from({ length: 21 }, (_, n) => `p${n}`) }, true],
    [{ kind: "ranking", boost: [{ points: 5 }] }, true],
    [{ kind: "ranking", boost: [{ brand: ["A"], points: 0 }] }, true],
    [{ kind: "ranking", boost: [{ brand: ["A"], points: -5 }] }, false],
    [{ kind: "synonyms", words: ["sofa"], from: ["settee"] }, false],
    [{ kind: "synonyms", words: [" "], from: ["settee"] }, true],
  ])("%j: refused %s", (written, refused) => expect(faulty(written)).toBe(refused));
});
