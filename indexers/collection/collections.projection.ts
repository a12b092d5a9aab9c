/** Collections one by one, as collection.get shows them; what is in them is found by product search. */
import type { CollectionState } from "../../models/collection/collection.aggregate";
import type { CollectionView } from "../../models/collection/collection.result.contract";
import { integer, kept, keyword, shown } from "../kernel/fields";
import type { DocumentProjection, Json } from "../kernel/projection";

export const collections: DocumentProjection = {
  kind: "document",
  name: "collections",
  revision: 1,
  source: "collection",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
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
  },
  document({ aggregateId: id, version, state }) {
    const collection = state as CollectionState;
    if (collection.status === "absent") return null;
    const { filling, slug, title, description = {}, channels = [], status } = collection;
    const view: CollectionView = {
      ...{ id, version, status, slug, title, description, channels },
      by: filling.by,
      products: filling.by === "hand" ? [...filling.products] : null,
      rule: filling.by === "rule" ? filling.rule : null,
    };
    return view as unknown as Json;
  },
};
