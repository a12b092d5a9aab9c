/** What the queries of collections answer, as types and as schemas. */
import type { ObjectSchema } from "joi";
import Joi from "../kernel/schema";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";
import { ruleSchema, type CollectionRule } from "./collection.rule.contract";

export const PRODUCTS_MAX = 1_000;

export const slugSchema = plainText(64).pattern(/^[a-z0-9][a-z0-9-]*$/, "slug");
export const titleSchema = textSchema(200);
export const descriptionSchema = textSchema(5_000);
export const channelsSchema = Joi.array().items(idSchema).unique().max(100);
export const productsSchema = Joi.array().items(idSchema).unique().max(PRODUCTS_MAX);

/** As a list of collections shows one. */
export interface CollectionEntry {
  readonly id: string;
  readonly version: number;
  readonly status: "draft" | "published";
  readonly slug: string;
  readonly title: Text;
  readonly description: Text;
  /** Ids of the channels that show it; empty when all do. */
  readonly channels: string[];
  readonly by: "hand" | "rule";
}

export interface CollectionView extends CollectionEntry {
  /** By hand: ids in order, also of products that are not shown just now. Null for a rule. */
  readonly products: string[] | null;
  readonly rule: CollectionRule | null;
}

export interface CollectionList<C> {
  readonly items: C[];
  readonly total: number;
  readonly cursor: string | null;
}

const entry = {
  id: idSchema.required(),
  version: Joi.number().integer().min(1).required(),
  status: Joi.string().valid("draft", "published").required(),
  slug: slugSchema.required(),
  title: titleSchema.required(),
  description: Joi.object<Text>().pattern(Joi.string(), Joi.string().allow("")).required(),
  channels: channelsSchema.required().description("Ids of the channels that show it; empty when all do"),
  by: Joi.string().valid("hand", "rule").required(),
};

export const entrySchema = Joi.object<CollectionEntry, true>(entry);

export const collectionSchema = Joi.object<CollectionView, true>({
  ...entry,
  products: productsSchema.allow(null).required(),
  rule: ruleSchema.allow(null).required(),
});

const listOf = <C>(items: ObjectSchema<C>): ObjectSchema<CollectionList<C>> =>
  Joi.object<CollectionList<C>>({
    items: Joi.array().items(items).max(100).required(),
    total: Joi.number().integer().min(0).required(),
    cursor: Joi.string().allow(null).required(),
  });

export const entriesSchema = listOf(entrySchema);
export const draftsSchema = listOf(collectionSchema);
