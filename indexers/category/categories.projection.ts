/** Categories one by one, as their histories have them; the tree is put together by whoever answers a query. */
import type { CategoryState, KeptCategory } from "../../models/category/category.aggregate";
import { integer, kept, keyword } from "../kernel/fields";
import type { DocumentProjection, Json } from "../kernel/projection";

export interface StoredCategory extends KeptCategory {
  readonly id: string;
  readonly version: number;
}

const told = { type: "keyword", index: false, doc_values: false } as const;

export const categories: DocumentProjection = {
  kind: "document",
  name: "categories",
  revision: 1,
  source: "category",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: keyword,
      version: integer,
      status: keyword,
      slug: keyword,
      name: kept,
      description: kept,
      position: integer,
      parentId: told,
      attributes: kept,
    },
  },
  document({ aggregateId: id, version, state }) {
    const category = state as CategoryState;
    if (category.status === "absent") return null;
    const stored: StoredCategory = { id, version, ...category };
    return stored as unknown as Json;
  },
};
