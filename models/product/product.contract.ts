import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { idSchema, versionSchema, type Text } from "../kernel/text";
import { verbsOn } from "../kernel/verbs";
import { contentSchemas } from "./product.content.contract";
import { glanceSchema, viewSchema } from "./product.result.contract";
import {
  productAsked,
  productSuggest,
  type AskedRecorded,
  type ProductSuggestions,
  type RecordAsked,
  type SuggestProducts,
} from "./product.suggest.contract";
import { productSearch, type ProductHits, type ProductView, type SearchProducts } from "./product.search.contract";

import { productTraits, type AskTraits, type TraitsFound } from "./product.traits.contract";
import { productTerms, type AskProducts, type ProductTerms } from "./product.terms.contract";

/** `{ "colour": "black", "display_diagonal": 17, "touchscreen": false }` */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Something to choose: `{ name: "size", values: ["s", "m"] }`. */
export interface Option {
  readonly name: string;
  readonly values: string[];
}

/** One choice of every option. `id` is unique within the product. */
export interface Variant {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
  readonly ean?: string;
}

export interface Media {
  readonly kind: "image" | "video" | "document";
  /** In a command it may be left out where an asset is named: then it is the asset's. */
  readonly url: string;
  /** An asset of the mall: its own, or of the seller whose product it is. */
  readonly assetId?: string;
  readonly alt?: Text;
}

/** What a product says of itself, the same in every channel. */
export interface ProductContent {
  readonly title: Text;
  readonly description?: Text;
  readonly brand?: string;
  /** Its place in the tree of categories, whose definitions its attributes must fit. */
  readonly categoryId?: string;
  /** Of a product without a place in the tree, from the general to the special: `["Computers", "Notebooks"]`. */
  readonly categoryPath?: string[];
  readonly attributes?: Attributes;
  readonly options?: Option[];
  readonly variants?: Variant[];
  readonly media?: Media[];
}

export interface CreateProduct extends ProductContent {
  /** Ids of the channels in which it is listed. */
  readonly channels: string[];
  /** Publish at once instead of leaving a draft. */
  readonly publish?: boolean;
  /** The seller whose product it is, for good; without one it is the mall's own. */
  readonly sellerId?: string;
}

export interface ReviseProduct extends Partial<ProductContent> {
  readonly id: string;
}

export interface ProductId {
  readonly id: string;
}

export interface ScheduleProduct extends ProductId {
  /** ISO 8601 in UTC; at this moment the draft is published. */
  readonly publishAt: string;
}

/** What other services need to know of a product, straight from its history. */
export interface ProductGlance {
  readonly version: number;
  readonly status: "draft" | "published" | "withdrawn";
  readonly variantIds: string[];
  /** Null for a product of the mall itself. */
  readonly sellerId: string | null;
}

export interface ListProduct extends ProductId {
  readonly channelId: string;
}

/** Back to what the product said of itself at an earlier version. */
export interface RevertProduct extends ProductId {
  readonly version: number;
}

/** In a channel, its own weights say which offer is proposed first. */
export interface GetProduct extends ProductId {
  readonly channel?: string;
}

export interface ProductCalls {
  "product.create": { params: CreateProduct; result: Receipt };
  "product.revise": { params: ReviseProduct; result: Receipt };
  "product.revert": { params: RevertProduct; result: Receipt };
  "product.publish": { params: ProductId; result: Receipt };
  "product.schedule": { params: ScheduleProduct; result: Receipt };
  "product.withdraw": { params: ProductId; result: Receipt };
  "product.restore": { params: ProductId; result: Receipt };
  "product.list": { params: ListProduct; result: Receipt };
  "product.unlist": { params: ListProduct; result: Receipt };
  "product.search": { params: SearchProducts; result: ProductHits };
  "product.suggest": { params: SuggestProducts; result: ProductSuggestions };
  "product.asked": { params: RecordAsked; result: AskedRecorded };
  "product.get": { params: GetProduct; result: ProductView };
  "product.traits": { params: AskTraits; result: TraitsFound };
  "product.peek": { params: ProductId; result: ProductGlance };
  "product.terms": { params: AskProducts; result: ProductTerms };
}

const id = idSchema.required();
const write = { permission: "product.write", owner: { field: "sellerId" } } as const;
const byId = Joi.object<ProductId, true>({ id });
const inChannel = Joi.object<ListProduct, true>({ id, channelId: id });

const simple = verbsOn({ ...write, path: "/v1/products" });

export const productContract: Contract<ProductCalls> = {
  aggregate: "product",
  actions: {
    "product.create": {
      kind: "create",
      summary: "Create a product, as a draft or published at once",
      params: Joi.object<CreateProduct, true>({
        ...contentSchemas,
        title: contentSchemas.title.required(),
        channels: Joi.array().items(idSchema).unique().max(100).required(),
        publish: Joi.boolean(),
        sellerId: idSchema,
      }),
      ...write,
      http: { method: "POST", path: "/v1/products" },
    },
    "product.revise": {
      kind: "command",
      key: "id",
      summary: "Change what a product says of itself; fields left out stay as they are",
      params: Joi.object<ReviseProduct, true>({ id, ...contentSchemas }).min(2),
      ...write,
      http: { method: "PATCH", path: "/v1/products/{id}" },
    },
    "product.revert": {
      kind: "command",
      key: "id",
      summary: "Bring back what a product said of itself at an earlier version; reached by restoring its history",
      params: Joi.object<RevertProduct, true>({ id, version: versionSchema.required() }),
      restores: Object.keys(contentSchemas),
      ...write,
    },
    "product.publish": simple("publish", "Publish a draft: shoppers find it in the channels that list it"),
    "product.schedule": {
      ...simple("schedule", "Publish a draft at a later moment"),
      params: Joi.object<ScheduleProduct, true>({ id, publishAt: Joi.string().isoDate().max(30).required() }),
    },
    "product.withdraw": simple("withdraw", "Take a published product out of every channel"),
    "product.restore": simple("restore", "Publish a withdrawn product again"),
    "product.list": {
      ...simple("list", "List a product in a channel"),
      params: inChannel,
      http: { method: "PUT", path: "/v1/products/{id}/channels/{channelId}" },
    },
    "product.unlist": {
      ...simple("unlist", "Take a product out of a channel"),
      params: inChannel,
      http: { method: "DELETE", path: "/v1/products/{id}/channels/{channelId}" },
    },
    "product.search": productSearch,
    "product.suggest": productSuggest,
    "product.traits": productTraits,
    "product.asked": productAsked,
    "product.terms": productTerms,
    "product.get": {
      kind: "query",
      summary: "One product with its best offers and stock",
      params: Joi.object<GetProduct, true>({ id, channel: idSchema }),
      result: viewSchema,
      permission: PUBLIC,
      owner: { field: "sellerId" },
      http: { method: "GET", path: "/v1/products/{id}" },
    },
    "product.peek": {
      kind: "query",
      key: "id",
      summary: "Whether a product exists, for other services",
      params: byId,
      result: glanceSchema,
      permission: PUBLIC,
      owner: "platform",
    },
  },
};
