/**
 * Searches that take part in an experiment on ranking. Who is in it, and sees what, follows from a hash; of who wants
 * no personal search, or chose not to be known, nobody is. Of several experiments the oldest that takes a visitor has
 * them: one that begins later takes nobody away. Pure.
 */
import { assigned, placeOf } from "../../models/experiment/experiment.assignment.contract";
import type { RankingSettings, Sign } from "../../models/experiment/experiment.content.contract";
import type { ExperimentView } from "../../models/experiment/experiment.contract";
import { interleaved } from "../../models/experiment/experiment.interleaving.contract";
import type { ProductHit, SearchProducts } from "../../models/product/product.search.contract";
import { featuresOf, rankedFrom, type Ranked } from "../../models/visitor/visitor.ranking.contract";

export interface Trialling {
  readonly experiment: string;
  readonly arm: number;
  /** How the engine is asked. */
  readonly ranking: RankingSettings;
  /** Of an interleaved experiment: the two that take turns. */
  readonly pair: readonly [RankingSettings, RankingSettings] | null;
}

type Asked = Pick<SearchProducts, "channel" | "section">;

const isThere = ({ content }: ExperimentView, { channel, section }: Asked): boolean =>
  (content.channel === undefined || content.channel === channel) &&
  (content.section === undefined || content.section === section);

const either = (a: boolean | undefined, b: boolean | undefined): boolean => (a ?? true) || (b ?? true);

/** What both of two rankings can be made of: every sign counts as always, each weighs it anew. */
const both = (a: RankingSettings, b: RankingSettings): RankingSettings => ({
  personal: either(a.personal, b.personal),
  clicks: either(a.clicks, b.clicks),
});

/** By what others chose is ranked only where that is said: it was not seen to help (test/bench/RELEVANCE.md). */
const told = (ranking: RankingSettings): RankingSettings => ({ clicks: false, ...ranking });

function within({ id, content }: ExperimentView, unit: string): Trialling | null {
  const { arms, design } = content;
  const arm = assigned(id, arms, unit);
  const [first, second] = arms;
  if (arm === null || !first || !second) return null;
  if (design === "split") return { experiment: id, arm, ranking: told((arms[arm] ?? first).ranking), pair: null };
  const pair = [told(first.ranking), told(second.ranking)] as const;
  return { experiment: id, arm: 0, ranking: both(...pair), pair };
}

/** @param running the oldest first @param unit the visitor */
export function trialFor(running: readonly ExperimentView[], asked: Asked, unit: string): Trialling | null {
  for (const experiment of running) {
    const trial = isThere(experiment, asked) ? within(experiment, unit) : null;
    if (trial !== null) return trial;
  }
  return null;
}

/** The part of a score that what others chose for the same words gave. */
const CLICKS = "clicks";

/** What a product would have scored, had it been ranked so: of the parts that it was ranked by. */
export function scoreUnder(settings: RankingSettings, one: Ranked): number {
  const observed = one.observed.map(({ of, name, value }) => {
    if (of !== "text") return value;
    if (name === CLICKS) return settings.clicks === false ? 0 : value;
    return value * (settings.weights?.[name.split("~")[0] as Sign] ?? 1);
  });
  const { contributions } = rankedFrom(featuresOf(one, ""));
  const personal = contributions.filter(({ name }) => name.startsWith("personal.")).map(({ value }) => value);
  return [...observed, ...(settings.personal === false ? [] : personal)].reduce((sum, value) => sum + value, 0);
}

export interface Page {
  readonly items: readonly ProductHit[];
  readonly ranked: readonly Ranked[];
  /** Whose each is, in its order. */
  readonly teams: string;
}

/**
 * A page in which two rankings take turns. Both order the products of the same page, so that the pages after it go on
 * as ever: none is shown twice or left out. @param of names the search: of the same one it is always the same page
 */
export function takingTurns(page: Omit<Page, "teams">, { pair }: Trialling, of: string): Page {
  const { items, ranked } = page;
  if (pair === null || ranked.length !== items.length) return { ...page, teams: "" };
  const orderOf = (settings: RankingSettings): string[] => {
    const scores = new Map(ranked.map((one) => [one.productId, scoreUnder(settings, one)]));
    return items.map(({ id }) => id).sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  };
  const coin = (round: number): boolean => placeOf(of, String(round)) < 0.5;
  const list = interleaved(orderOf(pair[0]), orderOf(pair[1]), { size: items.length, coin });
  const [hits, ranks] = [
    new Map(items.map((item) => [item.id, item])),
    new Map(ranked.map((one) => [one.productId, one])),
  ];
  return {
    items: list.flatMap(({ id }) => hits.get(id) ?? []),
    ranked: list.flatMap(({ id }, position) => {
      const one = ranks.get(id);
      return one ? [{ ...one, position }] : [];
    }),
    teams: list.map(({ team }) => team).join(""),
  };
}
