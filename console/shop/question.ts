/** The state of a search is its address: it can be sent to somebody, and the back button works. Pure. */
import type { FacetValue, ProductSort } from "../../models/product/product.search.contract";

const SINGLE = ["q", "sort", "priceMin", "priceMax", "inStock", "ratingMin", "collection", "section"] as const;
export const SEVERAL = ["category", "brand", "seller", "condition", "attribute", "range"] as const;
/** What is no filter. */
const OTHERS: readonly string[] = ["q", "sort", "collection", "section", "why"];

export type Single = (typeof SINGLE)[number];
export type Several = (typeof SEVERAL)[number];

const isSeveral = (name: string): name is Several => (SEVERAL as readonly string[]).includes(name);

/** Only what the page knows, in one order, so that equal searches have equal addresses. */
export function questionIn(search: string): URLSearchParams {
  const given = new URLSearchParams(search);
  const question = new URLSearchParams();
  for (const name of [...SINGLE, "why"]) {
    const value = given.get(name);
    if (value !== null && value !== "") question.set(name, value);
  }
  for (const name of SEVERAL) for (const value of new Set(given.getAll(name))) question.append(name, value);
  return question;
}

export function addressOf(question: URLSearchParams): string {
  const text = question.toString();
  return text === "" ? "/search" : `/search?${text}`;
}

/** A copy with one value put in, taken out or replaced. */
export function changed(question: URLSearchParams, name: string, value: string, on = true): URLSearchParams {
  const next = new URLSearchParams(question);
  if (isSeveral(name)) {
    next.delete(name, value);
    if (on) next.append(name, value);
  } else if (on && value !== "") next.set(name, value);
  else next.delete(name);
  return questionIn(`?${next.toString()}`);
}

/** What is narrowed down, as pairs that can be taken away one by one. */
export const chosenIn = (question: URLSearchParams): [string, string][] =>
  [...question].filter(([name]) => !OTHERS.includes(name));

/** In the order in which they are offered. */
export const SORTS: readonly ProductSort[] = ["relevance", "rating", "price-asc", "price-desc", "newest"];

export const sortIn = (question: URLSearchParams): ProductSort =>
  SORTS.find((sort) => sort === question.get("sort")) ?? "relevance";

const FIXED: readonly string[] = ["category", "brand", "seller", "condition"];

/** A facet is one of these or an attribute; that is sent as `name:value`, a range of numbers as `name:from..to`. */
export function paramOf(facet: string, { value, from }: Pick<FacetValue, "value" | "from">): [string, string] {
  if (FIXED.includes(facet)) return [facet, value];
  return [from === undefined ? "attribute" : "range", `${facet}:${value}`];
}

/** A range of prices is two bounds; chosen again, they are taken away. */
export function pricedAs(question: URLSearchParams, { from = 0, to = 0 }: FacetValue, on: boolean): URLSearchParams {
  return changed(changed(question, "priceMin", String(from), on), "priceMax", String(to), on);
}

/** Shown on its own, where bounds are typed. */
const PRICE = "price";

/** The fixed ones first. */
export const orderedFacets = (names: readonly string[]): string[] => [
  ...FIXED.filter((name) => names.includes(name)),
  ...names.filter((name) => !FIXED.includes(name) && name !== PRICE),
];
