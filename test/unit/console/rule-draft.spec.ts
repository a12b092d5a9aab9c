/** What a merchandiser says in the console is what the mall takes. */
import { createOf, DEEDS, EMPTY_DRAFT, isSaid, type RuleDraft } from "../../../console/admin/rule-draft";
import { merchandisingContract } from "../../../models/merchandising/merchandising.contract";

const params = merchandisingContract.actions["merchandising.create"].params;
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
  ["redirect", { words: "returns", value: "/returns" }, { kind: "redirect", queries: ["returns"], to: "/returns" }],
] as const)("%s", (deed, more, rule) => {
  const asked = createOf(said({ deed, ...more }));
  expect(asked.rule).toEqual({ ...(!("kind" in rule) && { kind: "ranking" }), ...rule });
  expect(params.validate(asked).error).toBeUndefined();
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
