/** What somebody says of a further collection, as the mall takes it. Pure. */
import type { CreateCollection } from "../../models/collection/collection.contract";
import type { CollectionRule } from "../../models/collection/collection.rule.contract";
import { productsIn, several } from "./typed";

export const FILLINGS = ["words", "brand", "category", "attribute", "products"] as const;
export type Filling = (typeof FILLINGS)[number];

export interface CollectionDraft {
  readonly title: string;
  readonly slug: string;
  readonly by: Filling;
  /** Several with commas between, but for words. */
  readonly value: string;
}

export const EMPTY_COLLECTION: CollectionDraft = { title: "", slug: "", by: "words", value: "" };

const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const isCollection = ({ title, slug, by, value }: CollectionDraft): boolean =>
  title.trim() !== "" && SLUG.test(slug) && (by === "products" || value.trim() !== "");

function filledBy({ by, value }: CollectionDraft): Pick<CreateCollection, "products" | "rule"> {
  if (by === "products") return { products: productsIn(value) };
  const rule: CollectionRule = by === "words" ? { q: value.trim() } : { [by]: several(value) };
  return { rule };
}

/** A draft at first, so that it can be looked at before shoppers see it. */
export const collectionOf = (draft: CollectionDraft, language: string): CreateCollection => ({
  ...{ slug: draft.slug, title: { [language]: draft.title.trim() } },
  ...filledBy(draft),
});
