/** Collections one by one, as collection.get shows them; what is in them is found by product search. */
import type { CollectionState } from "../../models/collection/collection.aggregate";
import type { CollectionView } from "../../models/collection/collection.result.contract";
import { documentOf } from "../kernel/document";
import { integer, kept, keyword, shown } from "../kernel/fields";

export const collections = documentOf<CollectionState>({
  name: "collections",
  revision: 1,
  source: "collection",
  fields: {
    id: keyword,
    version: integer,
    status: keyword,
    slug: keyword,
    title: kept,
    description: kept,
    channels: keyword,
    by: keyword,
    products: shown,
    rule: kept,
  },
  document(collection, { id, version }): CollectionView {
    const { filling, slug, title, description = {}, channels = [], status } = collection;
    return {
      ...{ id, version, status, slug, title, description, channels },
      by: filling.by,
      products: filling.by === "hand" ? [...filling.products] : null,
      rule: filling.by === "rule" ? filling.rule : null,
    };
  },
});
