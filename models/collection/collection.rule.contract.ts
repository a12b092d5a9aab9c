/** What a rule says: which products are in a collection, in the words of product search. */
import Joi from "../kernel/schema";
import { filterSchemas, type SearchProducts } from "../product/product.search.contract";

/**
 * A product is in while all of it holds, as it would be found by product search: any value within a field, every field.
 * What is asked of offers (seller, condition, price, stock) must hold for one and the same offer.
 */
export type CollectionRule = Omit<
  SearchProducts,
  | "channel"
  | "collection"
  | "section"
  | "sort"
  | "limit"
  | "cursor"
  | "explain"
  | "visitorId"
  | "personal"
  | "ratingMin"
>;

const { channel: _channel, collection: _collection, ...words } = filterSchemas;

export const ruleSchema = Joi.object<CollectionRule, true>(words).min(1);
