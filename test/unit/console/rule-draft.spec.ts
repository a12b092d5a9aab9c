/** What a merchandiser says in the console is what the mall takes. */
import { draftOf, reviseOf } from "../../../console/admin/rule-change";
import { createOf, DEEDS, EMPTY_DRAFT, isSaid, type RuleDraft } from "../../../console/admin/rule-draft";
import { merchandisingContract } from "../../../models/merchandising/merchandising.contract";
import type { MerchandisingView } from "../../../models/merchandising/merchandising.result.contract";

const params = merchandisingContract.actions["merchandising.create"].params;
const viewOf = (asked: Omit<Partial<MerchandisingView>, "id">): MerchandisingView => ({
  ...{ id: "r1", version: 1, status: "off", name: "", channel: null, section: null, from: null, until: null },
  ...{ priority: 0, rule: { kind: "redirect", queries: [], to: "" } },
  ...asked,
});
const said = (more: Partial<RuleDraft>): RuleDraft => ({ ...EMPTY_DRAFT, ...more });

it.each([
  [
    "lift",
    { words: "arc lamp", value: "Bloom" },
    { when: { words: ["arc lamp"] }, boost: [{ brand: ["Bloom"], points: 20 }] },
  ],
  ["lower", { target: "category", value: "home" }, { boost: [{ category: ["home"], points: -20 }] }],
  [
    "pin",
    { words: "lamp, light", value: "p1, /product/p2" },
    { when: { words: ["lamp", "light"] }, pin: ["p1", "p2"] },
  ],
  ["bury", { value: "p1" }, { bury: ["p1"] }],
  ["hide", { value: "http://127.0.0.1:3000/product/p1" }, { hide: ["p1"] }],
  ["only", { target: "attribute", value: "colour:red" }, { only: { attribute: ["colour:red"] } }],
  ["synonyms", { value: "sofa, couch" }, { kind: "synonyms", words: ["sofa", "couch"] }],
  ["synonyms", { words: "settee", value: "sofa" }, { kind: "synonyms", from: ["settee"], words: ["sofa"] }],
  ["redirect", { words: "returns", value: "/returns" }, { kind: "redirect", queries: ["returns"], to: "/returns" }],
] as const)("%s", (deed, more, rule) => {
  const asked = createOf(said({ deed, ...more }));
  expect(asked.rule).toEqual({ ...(!("kind" in rule) && { kind: "ranking" }), ...rule });
  expect(params.validate(asked).error).toBeUndefined();
  // and read again it is the same
  expect(draftOf(viewOf(asked))).toMatchObject({ deed });
  expect(createOf(draftOf(viewOf(asked)) ?? EMPTY_DRAFT)).toEqual(asked);
});

describe("a rule that is changed", () => {
  const revise = merchandisingContract.actions["merchandising.revise"].params;
  const view = viewOf({ ...createOf(said({ words: "lamp", value: "Bloom" })), until: "2099-01-01T00:00:30.000Z" });
  const draft = draftOf(view) ?? EMPTY_DRAFT;
  const changed = (more: Partial<RuleDraft>) => reviseOf(view, { ...draft, ...more }, true);

  it("says only what is otherwise now", () => {
    expect(changed({})).toBeNull();
    expect(changed({ value: "Bloom, Aster" })).toEqual({
      id: "r1",
      rule: { kind: "ranking", when: { words: ["lamp"] }, boost: [{ brand: ["Bloom", "Aster"], points: 20 }] },
    });
    expect(changed({ deed: "lower", points: "5", name: "Less", priority: "9" })).toMatchObject({
      name: "Less",
      priority: 9,
      rule: { boost: [{ points: -5 }] },
    });
    for (const more of [{ until: "" }, { from: "2098-01-01T00:00" }, { name: "x" }]) {
      expect(revise.validate(changed(more)).error).toBeUndefined();
    }
    expect(changed({ until: "" })).toEqual({ id: "r1", until: null });
  });

  it.each([
    { kind: "ranking", boost: [{ brand: ["a"], category: ["b"], points: 3 }] },
    { kind: "ranking", pin: ["p1"], hide: ["p2"] },
    { kind: "ranking", when: { queries: ["lamp"] }, pin: ["p1"] },
    { kind: "synonyms", language: "de", words: ["sofa", "couch"] },
  ] as const)("stays what it is where it says more than the form can: %j", (rule) => {
    const more = viewOf({ name: "n", rule });
    expect(draftOf(more)).toBeNull();
    expect(reviseOf(more, { ...EMPTY_DRAFT, name: "n", priority: "3" }, false)).toEqual({ id: "r1", priority: 3 });
  });
});

it("says where and when, and nothing of what was left open", () => {
  const open = createOf(said({ value: "Bloom" }));
  expect(Object.keys(open).sort()).toEqual(["name", "rule"]);
  const bound = createOf(
    said({ value: "Bloom", channel: "c1", section: "s", from: "2026-11-27T00:00", until: "2026-11-28T00:00" }),
  );
  expect(bound).toMatchObject({ channel: "c1", section: "s" });
  expect(Date.parse(bound.until ?? "") - Date.parse(bound.from ?? "")).toBe(86_400_000);
  expect(params.validate(bound).error).toBeUndefined();
});

it("is not sent as long as something is missing", () => {
  for (const deed of DEEDS) expect(isSaid(said({ deed }))).toBe(false);
  expect(isSaid(said({ deed: "redirect", value: "/sale" }))).toBe(false);
  expect(isSaid(said({ deed: "pin", value: "p1" }))).toBe(true);
});
