import { collections } from "../../../../indexers/collection/collections.projection";
import type { CollectionState } from "../../../../models/collection/collection.aggregate";
import { collectionSchema } from "../../../../models/collection/collection.result.contract";
import { chainOf } from "../../../support/rows";

const documentOf = (state: CollectionState) =>
  collections.document({ ...chainOf("c1", [state])[0], aggregate: "collection" } as never);
const gifts = { status: "published", slug: "gifts", title: { en: "Gifts" } } as const;
const shown = { id: "c1", version: 1, ...gifts, description: {}, channels: [] };

describe("the documents of collections", () => {
  test.each<[string, CollectionState, object]>([
    [
      "by hand, in order",
      { ...gifts, filling: { by: "hand", products: ["b", "a"] } },
      { ...shown, by: "hand", products: ["b", "a"], rule: null },
    ],
    [
      "by rule",
      { ...gifts, channels: ["web"], filling: { by: "rule", rule: { brand: ["Acme"] } } },
      { ...shown, channels: ["web"], by: "rule", products: null, rule: { brand: ["Acme"] } },
    ],
  ])("show what is in them %s, as the contract says", (_how, state, view) => {
    expect(documentOf(state)).toEqual(view);
    expect(collectionSchema.validate(view, { convert: false })).toEqual({ value: view });
  });

  test("are none before one is created", () => expect(documentOf({ status: "absent" })).toBeNull());
});
