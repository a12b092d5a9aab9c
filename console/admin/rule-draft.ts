/** What a merchandiser says of a rule, as the mall takes it; synonyms have a form of their own. Pure. */
import type { CreateMerchandising } from "../../models/merchandising/merchandising.contract";
import type { Boost, MerchandisingRule, RankingRule } from "../../models/merchandising/merchandising.rule.contract";

export const DEEDS = ["lift", "lower", "pin", "bury", "hide", "only", "redirect"] as const;
export type Deed = (typeof DEEDS)[number];

export const TARGETS = ["brand", "category", "attribute"] as const;
export type Target = (typeof TARGETS)[number];

export interface RuleDraft {
  readonly deed: Deed;
  /** What shoppers search for, several with commas between; empty: always. */
  readonly words: string;
  readonly target: Target;
  /** What it is done to, several with commas between. */
  readonly value: string;
  readonly channel: string;
  readonly section: string;
  /** As the browser writes a moment: `2026-11-27T00:00`; empty: open. */
  readonly from: string;
  readonly until: string;
}

export const EMPTY_DRAFT: RuleDraft = {
  ...{ deed: "lift", words: "", target: "brand", value: "", channel: "", section: "", from: "", until: "" },
};

/** A good match of words scores some tens. */
const POINTS = 20;

const split = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  ),
];

/** Of a product its id, or its page's address. */
const productsIn = (text: string): string[] => split(text).map((one) => one.replace(/^.*\/product\//, ""));

export const needsWords = (deed: Deed): boolean => deed === "redirect";
export const hasTarget = (deed: Deed): deed is "lift" | "lower" | "only" => ["lift", "lower", "only"].includes(deed);

type Does = Omit<RankingRule, "kind" | "when">;

function doesOf({ deed, target, value }: RuleDraft): Does {
  if (deed === "pin" || deed === "bury" || deed === "hide") return { [deed]: productsIn(value) };
  const reached: Omit<Boost, "points"> = { [target]: split(value) };
  if (deed === "only") return { only: reached as NonNullable<RankingRule["only"]> };
  return { boost: [{ ...reached, points: deed === "lower" ? -POINTS : POINTS }] };
}

function ruleOf(draft: RuleDraft): MerchandisingRule {
  const on = split(draft.words);
  if (draft.deed === "redirect") return { kind: "redirect", queries: on, to: draft.value.trim() };
  return { kind: "ranking", ...(on.length > 0 && { when: { words: on } }), ...doesOf(draft) };
}

export const isSaid = ({ deed, words, value }: RuleDraft): boolean =>
  split(value).length > 0 && (!needsWords(deed) || split(words).length > 0);

const momentOf = (text: string): string => new Date(text).toISOString();

/** Off at first, so that it can be tried before shoppers meet it. */
export function createOf(draft: RuleDraft): CreateMerchandising {
  const { words, value, channel, section, from, until } = draft;
  const on = words.trim();
  return {
    name: `${on === "" ? "*" : on}: ${productsIn(value).join(", ")}`.slice(0, 100),
    rule: ruleOf(draft),
    ...(channel !== "" && { channel }),
    ...(section !== "" && { section }),
    ...(from !== "" && { from: momentOf(from) }),
    ...(until !== "" && { until: momentOf(until) }),
  };
}
