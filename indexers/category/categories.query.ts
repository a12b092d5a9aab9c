/** Answers category.tree and category.get, and makes the directory by which products are shown with their place. */
import type { CategoryId, ListCategories } from "../../models/category/category.contract";
import type {
  CategoryBranch,
  CategoryBranches,
  CategoryName,
  CategoryView,
} from "../../models/category/category.result.contract";
import { refuseKernel } from "../../models/kernel/refusal";
import { createDirectory, type Directory } from "../kernel/directory";
import type { QueryContext, QueryDeps } from "../kernel/query";
import type { StoredCategory } from "./categories.projection";
import { treeOf, type CategoryTree } from "./categories.tree.query";

export type Categories = Directory<CategoryTree>;

const CATEGORIES_MAX = 50_000;

const FIELDS = [
  "id",
  "version",
  "status",
  "slug",
  "name",
  "description",
  "position",
  "returnDays",
  "parentId",
  "attributes",
];

export const createCategories = (deps: QueryDeps): Categories =>
  createDirectory<StoredCategory, CategoryTree>({
    deps,
    projection: "categories",
    fields: FIELDS,
    make: (all) => treeOf(new Map(all)),
    documentsMax: CATEGORIES_MAX,
  });

const nameOf = ({ id, slug, name }: StoredCategory): CategoryName => ({ id, slug, name });

/** `retired` is what holds for its parent. */
interface Place {
  readonly level: number;
  readonly retired: boolean;
}

const branchOf = (one: StoredCategory, { level, retired }: Place): CategoryBranch => ({
  ...nameOf(one),
  parentId: one.parentId,
  level,
  status: retired ? "retired" : one.status,
});

/** What lies below, parents before their children, down to a level. */
function branches(tree: CategoryTree, parentId: string | null, place: Place, levelMax: number): CategoryBranch[] {
  if (place.level > levelMax) return [];
  return tree.children(parentId).flatMap((child) => {
    const branch = branchOf(child, place);
    const next = { level: place.level + 1, retired: branch.status === "retired" };
    return [branch, ...branches(tree, child.id, next, levelMax)];
  });
}

/** Exported for its tests. */
export function listed(tree: CategoryTree, { below, depth, retired, limit }: ListCategories): CategoryBranches {
  const path = below === undefined ? [] : tree.path(below);
  if (below !== undefined && path.length === 0) return { items: [], total: 0 };
  const place = { level: path.length + 1, retired: below !== undefined && tree.isRetired(below) };
  const all = branches(tree, below ?? null, place, path.length + depth);
  const fitting = retired ? all : all.filter(({ status }) => status === "active");
  return { items: fitting.slice(0, limit), total: fitting.length };
}

/** Exported for its tests. */
export function viewOf(tree: CategoryTree, id: string): CategoryView {
  const one = tree.get(id);
  if (!one) return refuseKernel("NOT_FOUND", "There is no such category.", { id });
  const path = tree.path(id);
  const { version, description = {}, position, returnDays } = one;
  return {
    ...branchOf(one, { level: path.length, retired: tree.isRetired(id) }),
    ...{ version, description, position },
    ...(returnDays !== undefined && { returnDays }),
    path: path.map(nameOf),
    children: tree
      .children(id)
      .filter(({ status }) => status === "active")
      .map(nameOf),
    attributes: [...tree.attributes(id)],
  };
}

export const categoryQueries = (categories: Categories) => ({
  "category.tree": async (params: ListCategories, context: QueryContext) => listed(await categories(context), params),
  "category.get": async ({ id }: CategoryId, context: QueryContext) => viewOf(await categories(context), id),
});
