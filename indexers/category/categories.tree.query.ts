/**
 * The tree of categories at one moment, made of all of them. Products carry the id of their category and nothing else
 * of it: which names it has, what lies above and below it, follows from here when a query is answered. So a rename or
 * a move is one document, and seen at once on a hundred thousand products.
 */
import { effectiveAttributes, type EffectiveAttribute } from "../../models/category/category.attributes.contract";
import type { Text } from "../../models/kernel/text";
import type { StoredCategory } from "./categories.projection";

export interface CategoryTree {
  readonly get: (id: string) => StoredCategory | undefined;
  /** From the top down to this one; empty for a category that is not known. */
  readonly path: (id: string) => readonly StoredCategory[];
  /** In the order of the shelf; of null, those at the top. */
  readonly children: (id: string | null) => readonly StoredCategory[];
  /** This one and all below it, parents before their children. */
  readonly below: (id: string) => readonly StoredCategory[];
  /** Retired, or below one that is. */
  readonly isRetired: (id: string) => boolean;
  /** What holds for products of this one. */
  readonly attributes: (id: string) => readonly EffectiveAttribute[];
  /** False for an attribute that some category defines with `facet: false`, and none otherwise. */
  readonly isFacet: (name: string) => boolean;
  /** In what an attribute is counted; undefined where nobody says so, or not all the same. */
  readonly unitOf: (name: string) => string | undefined;
  /** The category that a slug, an id or a path of names in one language (`Home/Lamps`) means. */
  readonly find: (text: string) => StoredCategory | undefined;
}

/** No tree is deeper; a walk that comes here is one in a circle, and ends. */
const LEVELS_MAX = 32;

const byShelf = (a: StoredCategory, b: StoredCategory): number =>
  a.position - b.position || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0);

/** The text in the language asked for, else in English, else in whichever there is. */
export const inLanguage = (text: Text, lang: string): string =>
  text[lang] ?? text[lang.split("-")[0] ?? ""] ?? text["en"] ?? Object.values(text)[0] ?? "";

function childrenOf(all: ReadonlyMap<string, StoredCategory>): Map<string | null, StoredCategory[]> {
  const found = new Map<string | null, StoredCategory[]>();
  for (const one of all.values()) {
    const siblings = found.get(one.parentId);
    if (siblings) siblings.push(one);
    else found.set(one.parentId, [one]);
  }
  for (const siblings of found.values()) siblings.sort(byShelf);
  return found;
}

function pathOf(all: ReadonlyMap<string, StoredCategory>, id: string): StoredCategory[] {
  const path: StoredCategory[] = [];
  for (let at = all.get(id); at && path.length < LEVELS_MAX; at = all.get(at.parentId ?? "")) path.unshift(at);
  return path;
}

type Children = (id: string | null) => readonly StoredCategory[];

const belowOf = (one: StoredCategory, children: Children, levels: number): StoredCategory[] =>
  levels === 0 ? [one] : [one, ...children(one.id).flatMap((child) => belowOf(child, children, levels - 1))];

/** One step down for each name of the path, in whichever language the category has that name. */
function named(children: Children, names: readonly string[]): StoredCategory | undefined {
  let found: StoredCategory | undefined;
  for (const name of names.slice(0, LEVELS_MAX)) {
    found = children(found?.id ?? null).find((child) => Object.values(child.name).includes(name));
    if (!found) return undefined;
  }
  return found;
}

/** Names that are defined as no facet, and nowhere as one. */
function facetless(all: Iterable<StoredCategory>): ReadonlySet<string> {
  const [none, some] = [new Set<string>(), new Set<string>()];
  for (const { attributes } of all) {
    for (const { name, facet } of attributes) (facet === false ? none : some).add(name);
  }
  return new Set([...none].filter((name) => !some.has(name)));
}

/** Of a name that two categories count in two units, there is none. */
function unitsOf(all: Iterable<StoredCategory>): ReadonlyMap<string, string> {
  const units = new Map<string, Set<string>>();
  for (const { attributes } of all) {
    for (const { name, unit } of attributes) units.set(name, (units.get(name) ?? new Set()).add(unit ?? ""));
  }
  return new Map(
    [...units].flatMap(([name, [unit = "", ...others]]) => (unit && others.length === 0 ? [[name, unit]] : [])),
  );
}

export function treeOf(all: ReadonlyMap<string, StoredCategory>): CategoryTree {
  const byParent = childrenOf(all);
  const bySlug = new Map([...all.values()].map((one) => [one.slug, one]));
  const noFacets = facetless(all.values());
  const units = unitsOf(all.values());
  const children: Children = (id) => byParent.get(id) ?? [];
  const path = (id: string): StoredCategory[] => pathOf(all, id);
  return {
    get: (id) => all.get(id),
    path,
    children,
    below: (id) => {
      const one = all.get(id);
      return one ? belowOf(one, children, LEVELS_MAX) : [];
    },
    isRetired: (id) => path(id).some(({ status }) => status === "retired"),
    attributes: (id) => effectiveAttributes(path(id).reverse()),
    isFacet: (name) => !noFacets.has(name),
    unitOf: (name) => units.get(name),
    find: (text) => all.get(text) ?? bySlug.get(text) ?? named(children, text.split("/")),
  };
}

export const NO_CATEGORIES: CategoryTree = treeOf(new Map());
