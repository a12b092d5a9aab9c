/** What a merchandiser says of a rule, as the mall takes it. Pure. */
import type { CreateMerchandising } from "../../models/merchandising/merchandising.contract";
import type { Boost, MerchandisingRule, RankingRule } from "../../models/merchandising/merchandising.rule.contract";
import { productsIn, several } from "./typed";

export const DEEDS = ["lift", "lower", "pin", "bury", "hide", "only", "redirect", "synonyms"] as const;
export type Deed = (typeof DEEDS)[number];

export const TARGETS = ["brand", "category", "attribute"] as const;
export type Target = (typeof TARGETS)[number];

export interface RuleDraft {
  readonly deed: Deed;
  /** For those who write rules; empty: made of what it says. */
  readonly name: string;
  /** What shoppers search for, several with commas between; empty: always, and of synonyms: both ways. */
  readonly words: string;
  readonly target: Target;
  /** What it is done to, several with commas between. */
  readonly value: string;
  /** Of lifting and lowering; a good match of words scores some tens. */
  readonly points: string;
  /** Of several rules that speak, the highest comes first. */
  readonly priority: string;
  readonly channel: string;
  readonly section: string;
  /** As the browser writes a moment: `2026-11-27T00:00`; empty: open. */
  readonly from: string;
  readonly until: string;
}

export const EMPTY_DRAFT: RuleDraft = {
  ...{ deed: "lift", name: "", words: "", target: "brand", value: "", points: "20", priority: "0" },
  ...{ channel: "", section: "", from: "", until: "" },
};

export const POINTS_MAX = 50;
const PRIORITY_MAX = 1_000;
const NAME_MAX = 100;

export const kindOf = (deed: Deed): MerchandisingRule["kind"] =>
  deed === "redirect" || deed === "synonyms" ? deed : "ranking";

export const needsWords = (deed: Deed): boolean => deed === "redirect";
export const hasTarget = (deed: Deed): deed is "lift" | "lower" | "only" => ["lift", "lower", "only"].includes(deed);
export const hasPoints = (deed: Deed): deed is "lift" | "lower" => deed === "lift" || deed === "lower";
const onProducts = (deed: Deed): deed is "pin" | "bury" | "hide" => ["pin", "bury", "hide"].includes(deed);

type Does = Omit<RankingRule, "kind" | "when">;

function doesOf({ deed, target, value, points }: RuleDraft): Does {
  if (onProducts(deed)) return { [deed]: productsIn(value) };
  const reached: Omit<Boost, "points"> = { [target]: several(value) };
  if (deed === "only") return { only: reached as NonNullable<RankingRule["only"]> };
  return { boost: [{ ...reached, points: deed === "lower" ? -Number(points) : Number(points) }] };
}

export function ruleOf(draft: RuleDraft): MerchandisingRule {
  const on = several(draft.words);
  if (draft.deed === "redirect") return { kind: "redirect", queries: on, to: draft.value.trim() };
  if (draft.deed === "synonyms")
    return { kind: "synonyms", ...(on.length > 0 && { from: on }), words: several(draft.value) };
  return { kind: "ranking", ...(on.length > 0 && { when: { words: on } }), ...doesOf(draft) };
}

const within = (text: string, least: number, most: number): boolean =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** A word alone means the same as itself. */
const isEnough = ({ deed, words, value }: RuleDraft): boolean =>
  several(value).length > (deed === "synonyms" && several(words).length === 0 ? 1 : 0);

export const isSaid = (draft: RuleDraft): boolean =>
  isEnough(draft) &&
  (!needsWords(draft.deed) || several(draft.words).length > 0) &&
  (!hasPoints(draft.deed) || within(draft.points, 1, POINTS_MAX)) &&
  isPlaced(draft);

/** What every rule has: its name may be left out. */
export const isPlaced = ({ priority }: Pick<RuleDraft, "priority">): boolean => within(priority, 0, PRIORITY_MAX);

export const momentOf = (text: string): string => new Date(text).toISOString();

export function nameOf({ name, words, value }: RuleDraft): string {
  const on = words.trim() === "" ? "*" : words.trim();
  return (name.trim() === "" ? `${on}: ${productsIn(value).join(", ")}` : name.trim()).slice(0, NAME_MAX);
}

/** Off at first, so that it can be tried before shoppers meet it. */
export function createOf(draft: RuleDraft): CreateMerchandising {
  const { channel, section, from, until, priority } = draft;
  return {
    ...{ name: nameOf(draft), rule: ruleOf(draft) },
    ...(Number(priority) > 0 && { priority: Number(priority) }),
    ...(channel !== "" && { channel }),
    ...(section !== "" && { section }),
    ...(from !== "" && { from: momentOf(from) }),
    ...(until !== "" && { until: momentOf(until) }),
  };
}
