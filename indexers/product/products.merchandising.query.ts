/**
 * What rules of merchandising do to one search, as parts of the one request that it is: pins, boosts and buried
 * products are clauses that add to the score, filters are filters, and synonyms are further wordings of the question.
 * Each clause adds points and none takes any off, for the engine knows no score below zero: what a product is to lose,
 * all others are given, and that much is taken off every score when it is shown. Pure.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { Boost } from "../../models/merchandising/merchandising.rule.contract";
import type { ProductHits, ScorePart, SearchProducts } from "../../models/product/product.search.contract";
import type { CategoryTree } from "../category/categories.tree.query";
import {
  rulesIn,
  type MerchandisingBook,
  type Place,
  type Speaking,
  type Tried,
} from "../merchandising/merchandising.book.query";
import { baseFilters, facetFilters } from "./products.filters.query";
import { offerConditions } from "./products.offers.query";
import { wordings } from "./products.wording.query";
import { speaksOn, wordsAs } from "./products.speaking.query";

type Query = estypes.QueryDslQueryContainer;

/** Rules of a kind that take part in one search: those of the highest priority. */
const RANKINGS_MAX = 10;
const SYNONYMS_MAX = 200;
/** Pins that take part, of all rules together; the first on top. */
const PINS_MAX = 30;
/** Above what words, or boosts, could score. */
const PIN_BASE = 2_000;
const PIN_STEP = 100;
const BURIED = 500;

export interface Effect {
  readonly rule: string;
  readonly does: "pin" | "boost" | "bury";
  /** Below zero: taken off. */
  readonly points: number;
  /** The products that it reaches. */
  readonly reaches: Query;
}

export interface Spoken {
  readonly pins: readonly string[];
  readonly effects: readonly Effect[];
  readonly filters: readonly Query[];
  /** What all products are given because some are to lose it. */
  readonly shift: number;
  readonly redirect: string | null;
  /** The question in other words. */
  readonly wordings: (q: string) => readonly string[];
  /** Ids of the rules that speak. */
  readonly rules: readonly string[];
}

export const SILENCE: Spoken = {
  ...{ pins: [], effects: [], filters: [], shift: 0, redirect: null, rules: [] },
  wordings: () => [],
};

export interface Asking {
  readonly book: MerchandisingBook;
  readonly tree: CategoryTree;
  readonly hidden: readonly string[];
  readonly place: Place;
  readonly tried?: Tried | undefined;
}

/** Filters of product search, as they hold for all that is found. */
function filtersOf(asked: Partial<SearchProducts>, { tree, hidden }: Pick<Asking, "tree" | "hidden">): Query[] {
  const params: SearchProducts = { ...asked, sort: "relevance", limit: 1 };
  const conditions = offerConditions(params, hidden);
  const [, ...base] = baseFilters(params, { conditions, hidden });
  return [...base, ...facetFilters(params, conditions, tree).values()];
}

const allBut = (query: Query): Query => ({ bool: { must_not: [query] } });
const idsAre = (ids: readonly string[]): Query => ({ terms: { id: [...ids] } });

function reached({ products, points: _points, ...asked }: Boost, asking: Asking): Query {
  const { brand, category, attribute, seller } = asked;
  const words = { ...(brand && { brand: [...brand] }), ...(category && { category: [...category] }) };
  const more = { ...(attribute && { attribute: [...attribute] }), ...(seller && { seller: [...seller] }) };
  const ids = products ? [idsAre(products)] : [];
  return { bool: { filter: [...ids, ...filtersOf({ ...words, ...more }, asking)] } };
}

function effectsOf({ id, rule }: Speaking<"ranking">, asking: Asking): Effect[] {
  const boosts = (rule.boost ?? []).map((boost): Effect => {
    return { rule: id, does: "boost", points: boost.points, reaches: reached(boost, asking) };
  });
  const bury: Effect[] = rule.bury ? [{ rule: id, does: "bury", points: -BURIED, reaches: idsAre(rule.bury) }] : [];
  return [...boosts, ...bury];
}

interface Pin {
  readonly id: string;
  readonly rule: string;
}

/** The first rule that pins a product decides its place. */
function pinsOf(rules: readonly Speaking<"ranking">[]): Pin[] {
  const all = rules.flatMap(({ id: rule, rule: { pin = [] } }) => pin.map((id): Pin => ({ id, rule })));
  return [...new Map([...all].reverse().map((pin) => [pin.id, pin])).values()].reverse().slice(0, PINS_MAX);
}

const pinned = ({ id, rule }: Pin, at: number): Effect => {
  return { rule, does: "pin", points: PIN_BASE + PIN_STEP * (PINS_MAX - at), reaches: idsAre([id]) };
};

function filtered(rules: readonly Speaking<"ranking">[], asking: Asking): Query[] {
  return rules.flatMap(({ rule: { hide, only } }): Query[] => [
    ...(hide ? [allBut(idsAre(hide))] : []),
    ...(only ? filtersOf(only, asking) : []),
  ]);
}

function redirectOf(params: SearchProducts, asking: Asking): Speaking<"redirect"> | undefined {
  const question = wordsAs(params.q ?? "");
  if (question === "") return undefined;
  return rulesIn(asking.book, "redirect", asking).find(({ rule }) => rule.queries.some((q) => wordsAs(q) === question));
}

/** What the rules say of a search; rankings speak only where relevance sorts, filters always. */
export function spokenOn(params: SearchProducts, asking: Asking): Spoken {
  if (asking.book.all.length === 0) return SILENCE;
  const speaking = rulesIn(asking.book, "ranking", asking).filter(({ rule }) =>
    speaksOn(rule.when, params, asking.tree),
  );
  const rules = speaking.slice(0, RANKINGS_MAX);
  const sorts = params.sort === "relevance";
  const pins = sorts ? pinsOf(rules) : [];
  const effects = sorts ? [...pins.map(pinned), ...rules.flatMap((rule) => effectsOf(rule, asking))] : [];
  const redirect = redirectOf(params, asking);
  const synonyms = rulesIn(asking.book, "synonyms", asking).slice(0, SYNONYMS_MAX);
  const worded = synonyms.filter(({ rule }) => wordings(params.q ?? "", params.lang, [rule]).length > 0);
  return {
    pins: pins.map(({ id }) => id),
    effects,
    filters: filtered(rules, asking),
    shift: effects.reduce((sum, { points }) => sum + Math.max(0, -points), 0),
    redirect: redirect?.rule.to ?? null,
    wordings: (q) =>
      wordings(
        q,
        params.lang,
        synonyms.map(({ rule }) => rule),
      ),
    rules: [...rules, ...worded, ...(redirect ? [redirect] : [])].map(({ id }) => id),
  };
}

const RULE = "rule:";
const nameOf = ({ rule, does }: Effect, at: number): string => `${RULE}${at}:${does}:${rule}`;

/** A clause for each effect; to lose points is that all others are given them. */
export const clausesOf = ({ effects }: Spoken, named: boolean): Query[] =>
  effects.map((effect, at): Query => {
    const { points, reaches } = effect;
    const filter = points > 0 ? reaches : allBut(reaches);
    return { constant_score: { filter, boost: Math.abs(points), ...(named && { _name: nameOf(effect, at) }) } };
  });

export const isRuleName = (name: string): boolean => name.startsWith(RULE);

/** What each rule added to a product's score, or took off. @param matched names of the clauses that found it */
export const rulePartsOf = ({ effects }: Spoken, matched: readonly string[]): ScorePart[] =>
  effects.flatMap((effect, at) => {
    const { rule, does, points } = effect;
    const found = matched.includes(nameOf(effect, at));
    return found === points > 0 ? [{ part: does, score: points, rule }] : [];
  });

/** Pinned products are found whether the words fit them or not. */
export const orPinned = (words: Query, { pins }: Spoken): Query =>
  pins.length === 0
    ? words
    : {
        bool: { should: [words, { constant_score: { filter: idsAre(pins), boost: 0 } }], minimum_should_match: 1 },
      };

/** What an answer tells of the rules. */
export const told = ({ redirect, rules }: Spoken, explain = false): Pick<ProductHits, "redirect" | "rules"> => ({
  redirect,
  ...(explain && { rules: [...rules] }),
});
