/** What a rule says, as it is typed, and what of it was changed. Pure. */
import type { ReviseMerchandising } from "../../models/merchandising/merchandising.contract";
import type { MerchandisingView } from "../../models/merchandising/merchandising.result.contract";
import type { Boost, MerchandisingRule, RankingRule } from "../../models/merchandising/merchandising.rule.contract";
import { EMPTY_DRAFT, momentOf, nameOf, ruleOf, TARGETS, type RuleDraft } from "./rule-draft";

/** A moment as the browser writes it, where the browser is; to the minute. */
function typedMoment(iso: string | null): string {
  if (iso === null) return "";
  const at = new Date(iso);
  const here = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return here.toISOString().slice(0, "2026-11-27T00:00".length);
}

const joined = (texts: readonly string[] = []): string => texts.join(", ");

type Said = Pick<RuleDraft, "deed" | "words" | "value"> & Partial<Pick<RuleDraft, "target" | "points">>;

function boosted({ points, ...reached }: Boost): Omit<Said, "words"> {
  const target = TARGETS.find((one) => reached[one] !== undefined) ?? "brand";
  const deed = points < 0 ? "lower" : "lift";
  return { deed, target, value: joined(reached[target]), points: String(Math.abs(points)) };
}

const LISTS = ["pin", "bury", "hide"] as const;

function ranked({ when, boost = [], only, ...lists }: RankingRule): Said | null {
  const words = joined(when?.words);
  const list = LISTS.find((one) => lists[one] !== undefined);
  if (list) return { deed: list, words, value: joined(lists[list]) };
  if (boost[0]) return { words, ...boosted(boost[0]) };
  const target = TARGETS.find((one) => only?.[one] !== undefined);
  return target ? { deed: "only", words, target, value: joined(only?.[target]) } : null;
}

function saidBy(rule: MerchandisingRule): Said | null {
  if (rule.kind === "redirect") return { deed: "redirect", words: joined(rule.queries), value: rule.to };
  if (rule.kind === "synonyms") return { deed: "synonyms", words: joined(rule.from), value: joined(rule.words) };
  return ranked(rule);
}

/** What every rule has, as it is typed. */
export const placeOf = ({ name, priority, from, until, channel, section }: MerchandisingView): RuleDraft => ({
  ...EMPTY_DRAFT,
  ...{ name, priority: String(priority), from: typedMoment(from), until: typedMoment(until) },
  ...{ channel: channel ?? "", section: section ?? "" },
});

const sorted = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, one]) => [name, sorted(one)]),
      )
    : value;

/** The rule in the form's own words; null for one that says more than the form can. */
export function draftOf(view: MerchandisingView): RuleDraft | null {
  const said = saidBy(view.rule);
  if (said === null) return null;
  const draft = { ...placeOf(view), ...said };
  return JSON.stringify(sorted(ruleOf(draft))) === JSON.stringify(sorted(view.rule)) ? draft : null;
}

/** What is changed of it; null where nothing is. A moment that was only read to the minute stays as it is. */
export function reviseOf(view: MerchandisingView, draft: RuleDraft, itsWords: boolean): ReviseMerchandising | null {
  const moment = (typed: string, was: string | null): string | null | undefined => {
    if (typed === typedMoment(was)) return undefined;
    return typed === "" ? null : momentOf(typed);
  };
  const rule = itsWords ? ruleOf(draft) : view.rule;
  const changes = {
    name: nameOf(draft) === view.name ? undefined : nameOf(draft),
    priority: Number(draft.priority) === view.priority ? undefined : Number(draft.priority),
    from: moment(draft.from, view.from),
    until: moment(draft.until, view.until),
    rule: JSON.stringify(sorted(rule)) === JSON.stringify(sorted(view.rule)) ? undefined : rule,
  };
  const said = Object.entries(changes).filter(([, value]) => value !== undefined);
  return said.length === 0 ? null : { id: view.id, ...Object.fromEntries(said) };
}
