/** Categories that somebody may mean who is still typing: those of the tree, which is at hand, and imported paths. */
import type { estypes } from "@elastic/elasticsearch";
import type { FacetValue } from "../../models/product/product.search.contract";
import type { SuggestedCategory } from "../../models/product/product.suggest.contract";
import { inLanguage, type CategoryTree } from "../category/categories.tree.query";
import { fitOf, wordsIn } from "./products.typed.query";

/** Categories whose products are counted, and ids of those below each. */
const NAMED_MAX = 20;
const BELOW_MAX = 500;

export interface NamedCategory {
  /** Of its count among the aggregations. */
  readonly key: string;
  readonly value: string;
  readonly path: readonly string[];
  /** Ids of itself and of those below it. */
  readonly below: readonly string[];
}

interface Entry {
  readonly id: string;
  readonly level: number;
  /** Of each language's name. */
  readonly words: readonly (readonly string[])[];
}

/** Names are taken apart once for each tree that there is. */
const entries = new WeakMap<CategoryTree, readonly Entry[]>();

function entriesOf(tree: CategoryTree): readonly Entry[] {
  const known = entries.get(tree);
  if (known) return known;
  const all = tree.children(null).flatMap(({ id }) => tree.below(id));
  const made = all
    .filter(({ id }) => !tree.isRetired(id))
    .map(({ id, name }) => ({ id, level: tree.path(id).length, words: Object.values(name).map(wordsIn) }));
  entries.set(tree, made);
  return made;
}

/** Those with a name, in whichever language, that begins as typed; where there is none, nearly so. */
export function namedLike(tree: CategoryTree, q: string, lang: string): NamedCategory[] {
  const typed = wordsIn(q);
  if (typed.length === 0) return [];
  const fitting = entriesOf(tree)
    .map(({ id, level, words }) => ({ id, level, fit: Math.max(0, ...words.map((name) => fitOf(name, typed))) }))
    .filter(({ fit }) => fit > 0);
  const best = Math.max(...fitting.map(({ fit }) => fit));
  return fitting
    .filter(({ fit }) => fit === best)
    .sort((a, b) => a.level - b.level || (a.id < b.id ? -1 : 1))
    .slice(0, NAMED_MAX)
    .map(({ id }) => ({
      key: `category:${id}`,
      value: tree.get(id)?.slug ?? id,
      path: tree.path(id).map(({ name }) => inLanguage(name, lang)),
      below: tree
        .below(id)
        .slice(0, BELOW_MAX)
        .map((one) => one.id),
    }));
}

/** How many products each has, with those below it. */
export const countedCategories = (
  named: readonly NamedCategory[],
): Record<string, estypes.AggregationsAggregationContainer> =>
  Object.fromEntries(named.map(({ key, below }) => [key, { filter: { terms: { categoryId: [...below] } } }]));

/** Of a path the last name must have a word that begins with each of the words typed. Exported for its tests. */
export const fitsCategory = (path: string, q: string): boolean =>
  fitOf(wordsIn(path.slice(path.lastIndexOf("/") + 1)), wordsIn(q)) === 2;

export const pathsIn = (values: readonly FacetValue[], q: string): SuggestedCategory[] =>
  values
    .filter(({ value }) => fitsCategory(value, q))
    .map(({ value, count }) => ({ value, path: value.split("/"), count }));
