import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { idSchema, versionSchema, type Text } from "../kernel/text";
import {
  channelsSchema,
  collectionSchema,
  descriptionSchema,
  draftsSchema,
  entriesSchema,
  PRODUCTS_MAX,
  productsSchema,
  slugSchema,
  titleSchema,
  type CollectionEntry,
  type CollectionList,
  type CollectionView,
} from "./collection.result.contract";
import { ruleSchema, type CollectionRule } from "./collection.rule.contract";

/** What a collection says of itself. */
export interface CollectionContent {
  /** Names it in addresses, in the whole mall: `gifts-under-20`. */
  readonly slug: string;
  readonly title: Text;
  readonly description?: Text;
  /** Ids of the channels that show it; left out or empty: all of them. */
  readonly channels?: string[];
}

/** One of the two: chosen by hand, in this order, or whatever a rule finds. */
interface Filled {
  readonly products?: string[];
  readonly rule?: CollectionRule;
}

export interface CreateCollection extends CollectionContent, Filled {
  /** Publish at once instead of leaving a draft. */
  readonly publish?: boolean;
}

export interface CollectionId {
  readonly id: string;
}

export type ReviseCollection = CollectionId & Partial<CollectionContent> & Filled;

/** Back to what the collection said of itself, and what was in it, at an earlier version. */
export interface RevertCollection extends CollectionId {
  readonly version: number;
}

export interface ExcludeProduct extends CollectionId {
  readonly productId: string;
}

export interface IncludeProduct extends ExcludeProduct {
  /** 0 is the first place. Left out: a new one comes last, and one that is in stays where it is. */
  readonly position?: number;
}

interface Paged {
  readonly limit: number;
  /** From the last answer: the next page. */
  readonly cursor?: string;
}

export interface ListCollections extends Paged {
  /** Only those that this channel shows. */
  readonly channel?: string;
}

export type ListDrafts = Paged;

export interface CollectionCalls {
  "collection.create": { params: CreateCollection; result: Receipt };
  "collection.revise": { params: ReviseCollection; result: Receipt };
  "collection.revert": { params: RevertCollection; result: Receipt };
  "collection.include": { params: IncludeProduct; result: Receipt };
  "collection.exclude": { params: ExcludeProduct; result: Receipt };
  "collection.publish": { params: CollectionId; result: Receipt };
  "collection.unpublish": { params: CollectionId; result: Receipt };
  "collection.list": { params: ListCollections; result: CollectionList<CollectionEntry> };
  "collection.drafts": { params: ListDrafts; result: CollectionList<CollectionView> };
  "collection.get": { params: CollectionId; result: CollectionView };
}

const id = idSchema.required();
const write = { permission: "collection.write", owner: "platform" } as const;
const read = { kind: "query", permission: PUBLIC, owner: "platform" } as const;
const byId = Joi.object<CollectionId, true>({ id });
const content = {
  slug: slugSchema,
  title: titleSchema,
  description: descriptionSchema,
  channels: channelsSchema,
  products: productsSchema,
  rule: ruleSchema,
};
const cursor = Joi.string().max(2_000);

const command = (summary: string) => ({ kind: "command", key: "id", summary, ...write }) as const;

export const collectionContract: Contract<CollectionCalls> = {
  aggregate: "collection",
  actions: {
    "collection.create": {
      kind: "create",
      summary: "Create a collection, filled by hand or by a rule, as a draft or published at once",
      params: Joi.object<CreateCollection, true>({
        ...content,
        slug: slugSchema.required(),
        title: titleSchema.required(),
        publish: Joi.boolean(),
      }).xor("products", "rule"),
      ...write,
      http: { method: "POST", path: "/v1/collections" },
    },
    "collection.revise": {
      ...command("Change what a collection says of itself, or fill it anew; fields left out stay as they are"),
      params: Joi.object<ReviseCollection, true>({ id, ...content })
        .min(2)
        .nand("products", "rule"),
      http: { method: "PATCH", path: "/v1/collections/{id}" },
    },
    "collection.revert": {
      ...command("Bring back what a collection was filled with at an earlier version; by restoring its history"),
      params: Joi.object<RevertCollection, true>({ id, version: versionSchema.required() }),
      restores: ["title", "description", "filling"],
    },
    "collection.include": {
      ...command("Put a product into a collection that is filled by hand, or move it within"),
      params: Joi.object<IncludeProduct, true>({
        id,
        productId: id,
        position: Joi.number()
          .integer()
          .min(0)
          .max(PRODUCTS_MAX - 1),
      }),
      http: { method: "PUT", path: "/v1/collections/{id}/products/{productId}" },
    },
    "collection.exclude": {
      ...command("Take a product out of a collection that is filled by hand"),
      params: Joi.object<ExcludeProduct, true>({ id, productId: id }),
      http: { method: "DELETE", path: "/v1/collections/{id}/products/{productId}" },
    },
    "collection.publish": {
      ...command("Publish a collection: shoppers find it and its products"),
      params: byId,
      http: { method: "POST", path: "/v1/collections/{id}/publish" },
    },
    "collection.unpublish": {
      ...command("Make a collection a draft again: it is shown no more, and keeps its slug"),
      params: byId,
      http: { method: "POST", path: "/v1/collections/{id}/unpublish" },
    },
    "collection.list": {
      ...read,
      summary: "The published collections, by slug",
      params: Joi.object<ListCollections, true>({
        channel: idSchema,
        limit: Joi.number().integer().min(1).max(100).default(50),
        cursor,
      }),
      result: entriesSchema,
      http: { method: "GET", path: "/v1/collections" },
    },
    "collection.drafts": {
      kind: "query",
      summary: "The collections that are not published, with what they are filled with, by slug",
      params: Joi.object<ListDrafts, true>({
        limit: Joi.number().integer().min(1).max(20).default(20),
        cursor,
      }),
      result: draftsSchema,
      ...write,
      http: { method: "GET", path: "/v1/collection-drafts" },
    },
    "collection.get": {
      ...read,
      summary: "A published collection by its slug or id; its products are found by `/v1/products?collection=`",
      params: byId,
      result: collectionSchema,
      http: { method: "GET", path: "/v1/collections/{id}" },
    },
  },
};
