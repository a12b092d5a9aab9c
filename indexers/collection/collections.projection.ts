/** Collections one by one, as collection.get shows them; what is in them is found by product search. */
import type { CollectionState } from "../../models/collection/collection.aggregate";
import type { CollectionView } from "../../models/collection/collection.result.contract";
import type { DocumentProjection, Json } from "../kernel/projection";

const kept = { type: "object", enabled: false } as const;

export const collections: DocumentProjection = {
  kind: "document",
  name: "collections",
  revision: 1,
  source: "collection",
  settings: {},
  mappings: {
    dynamic: "strict",
    properties: {
      id: { type: "keyword" },
      version: { type: "integer" },
      status: { type: "keyword" },
      slug: { type: "keyword" },
      title: kept,
      description: kept,
      channels: { type: "keyword" },
      by: { type: "keyword" },
      products: { type: "keyword", index: false, doc_values: false },
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
