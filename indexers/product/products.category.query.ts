/**
 * Products and the tree of categories. Documents carry the id of their category; what lies below a category, and what
 * it is called, is taken from the tree when a query is answered. Imported products that have a path and no place in
 * the tree are filtered and counted by that path, beside the others.
 */
import type { estypes } from "@elastic/elasticsearch";
import type { FacetValue } from "../../models/product/product.search.contract";
import { inLanguage, type CategoryTree } from "../category/categories.tree.query";

/** Categories that one filter may name, with all that lies below. */
const IDS_MAX = 10_000;

/** In any of these: each is a path of an import, or names a category of the tree by slug, id or path of names. */
export function inCategories(texts: readonly string[], tree: CategoryTree): estypes.QueryDslQueryContainer {
  const below = texts.flatMap((text) => tree.below(tree.find(text)?.id ?? ""));
  const ids = [...new Set(below.map(({ id }) => id))].slice(0, IDS_MAX);
  const byPath = { terms: { categories: [...texts] } };
  if (ids.length === 0) return byPath;
  return { bool: { should: [byPath, { terms: { categoryId: ids } }], minimum_should_match: 1 } };
}

/** What is counted per category counts for all those above it, too; retired ones are no choice. */
export function rolledUp(leaves: readonly FacetValue[], tree: CategoryTree, lang: string): FacetValue[] {
  const counts = new Map<string, number>();
  for (const { value, count } of leaves) {
    for (const { id } of tree.path(value)) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return [...counts].flatMap(([id, count]) => {
    const category = tree.get(id);
    if (!category || tree.isRetired(id)) return [];
    const parent = tree.get(category.parentId ?? "")?.slug ?? null;
    return [{ value: category.slug, label: inLanguage(category.name, lang), parent, count }];
  });
}

/** Most frequent first. */
export const mostFrequent = (values: readonly FacetValue[], max: number): FacetValue[] =>
  [...values].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, max);

/** From the top down, as it is called now; the path that was imported where there is no place in the tree. */
export const pathIn = (
  tree: CategoryTree,
  { categoryId, categoryPath = [] }: { readonly categoryId?: string | null; readonly categoryPath?: string[] },
  lang: string,
): string[] =>
  typeof categoryId === "string" ? tree.path(categoryId).map(({ name }) => inLanguage(name, lang)) : categoryPath;
