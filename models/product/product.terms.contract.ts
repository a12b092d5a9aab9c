/** What many products are at once, for the services that make up what a cart costs. */
import Joi from "../kernel/schema";
import { PUBLIC, type ActionContract } from "../kernel/contract";
import { idSchema, type Text } from "../kernel/text";

export interface AskProducts {
  readonly ids: readonly string[];
}

export interface ProductTerm {
  readonly id: string;
  readonly status: "draft" | "published" | "withdrawn";
  readonly title: Text;
  readonly channels: readonly string[];
  /** From its own category up to the top; none for a product without a place in the tree. */
  readonly categoryIds: readonly string[];
}

export interface ProductTerms {
  /** Of those that exist. */
  readonly items: readonly ProductTerm[];
}

export const productTerms: ActionContract<AskProducts, ProductTerms> = {
  kind: "query",
  summary: "Titles, channels and categories of many products, for other services",
  // not strict: Joi has no word for read-only lists
  params: Joi.object<AskProducts>({ ids: Joi.array().items(idSchema).max(200).required() }),
  permission: PUBLIC,
  owner: "platform",
};
