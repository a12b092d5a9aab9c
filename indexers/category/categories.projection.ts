/** Categories one by one, as their histories have them; the tree is put together by whoever answers a query. */
import type { CategoryState, KeptCategory } from "../../models/category/category.aggregate";
import { documentOf } from "../kernel/document";
import { integer, kept, keyword, shown } from "../kernel/fields";

export interface StoredCategory extends KeptCategory {
  readonly id: string;
  readonly version: number;
}

export const categories = documentOf<CategoryState>({
  name: "categories",
  revision: 2,
  source: "category",
  fields: {
    id: keyword,
    version: integer,
    status: keyword,
    slug: keyword,
    name: kept,
    description: kept,
    position: integer,
    returnDays: { type: "integer", index: false },
    parentId: shown,
    attributes: kept,
  },
  document: (category, { id, version }): StoredCategory => ({ id, version, ...category }),
});
