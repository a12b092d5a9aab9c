import Joi from "../kernel/schema";
import { PUBLIC, type Contract, type Receipt } from "../kernel/contract";
import { idSchema, plainText, type Text, textSchema, versionSchema } from "../kernel/text";
import { verbsOn } from "../kernel/verbs";
import { returnDaysSchema } from "../return/return.window.contract";
import {
  attributeName,
  definitionSchemas,
  definitionsSchema,
  type AttributeDefinition,
} from "./category.attributes.contract";
import {
  branchesSchema,
  glanceSchema,
  viewSchema,
  type CategoryBranches,
  type CategoryGlance,
  type CategoryView,
} from "./category.result.contract";

/** What a category says of itself. */
export interface CategoryContent {
  /** Names it in addresses, in the whole mall: `desk-lamps`. */
  readonly slug: string;
  readonly name: Text;
  readonly description?: Text;
  /** Among its siblings; equals are ordered by slug. */
  readonly position?: number;
  /**
   * What lies in it, and below it, may be given back for so many days after it came, whatever the channel says; 0:
   * never, as what is made to order, perishes, or was unsealed. Left out: as the category above it, or the channel.
   */
  readonly returnDays?: number;
}

export interface CreateCategory extends CategoryContent {
  /** The category above it; left out for one at the top. */
  readonly parentId?: string;
  readonly attributes?: AttributeDefinition[];
}

export interface CategoryId {
  readonly id: string;
}

export type ReviseCategory = CategoryId & Partial<CategoryContent>;
/** Back to what the category said of itself and of its products at an earlier version. */
export interface RevertCategory extends CategoryId {
  readonly version: number;
}

export type DefineAttribute = CategoryId & AttributeDefinition;

export interface UndefineAttribute extends CategoryId {
  readonly name: string;
}

export interface MoveCategory extends CategoryId {
  /** Null: to the top. */
  readonly parentId: string | null;
}

export interface ListCategories {
  /** Only what lies below this one. */
  readonly below?: string;
  /** Levels, counted from there. */
  readonly depth: number;
  /** Retired ones, too. */
  readonly retired: boolean;
  readonly limit: number;
}

export interface CategoryCalls {
  "category.create": { params: CreateCategory; result: Receipt };
  "category.revise": { params: ReviseCategory; result: Receipt };
  "category.revert": { params: RevertCategory; result: Receipt };
  "category.define": { params: DefineAttribute; result: Receipt };
  "category.undefine": { params: UndefineAttribute; result: Receipt };
  "category.move": { params: MoveCategory; result: Receipt };
  "category.retire": { params: CategoryId; result: Receipt };
  "category.reinstate": { params: CategoryId; result: Receipt };
  "category.tree": { params: ListCategories; result: CategoryBranches };
  "category.get": { params: CategoryId; result: CategoryView };
  "category.peek": { params: CategoryId; result: CategoryGlance };
}

/** Levels of the tree. */
export const DEPTH_MAX = 8;

const id = idSchema.required();
const slug = plainText(64).pattern(/^[a-z0-9][a-z0-9-]*$/, "slug");
const name = textSchema(200);
const write = { permission: "category.write", owner: "platform" } as const;
const read = { kind: "query", permission: PUBLIC, owner: "platform" } as const;
const byId = Joi.object<CategoryId, true>({ id });
const description = textSchema(5_000);
const position = Joi.number().integer().min(0).max(1_000_000);

const simple = verbsOn({ ...write, path: "/v1/categories" });

export const categoryContract: Contract<CategoryCalls> = {
  aggregate: "category",
  actions: {
    "category.create": {
      kind: "create",
      summary: "Create a category, at the top or below another one",
      params: Joi.object<CreateCategory, true>({
        slug: slug.required(),
        name: name.required(),
        description,
        position,
        returnDays: returnDaysSchema,
        parentId: idSchema,
        attributes: definitionsSchema,
      }),
      ...write,
      http: { method: "POST", path: "/v1/categories" },
    },
    "category.revise": {
      ...simple("revise", "Change what a category says of itself; fields left out stay as they are"),
      params: Joi.object<ReviseCategory, true>({
        id,
        slug,
        name,
        description,
        position,
        returnDays: returnDaysSchema,
      }).min(2),
      http: { method: "PATCH", path: "/v1/categories/{id}" },
    },
    "category.revert": {
      kind: "command",
      key: "id",
      summary: "Bring back what a category said at an earlier version; reached by restoring its history",
      params: Joi.object<RevertCategory, true>({ id, version: versionSchema.required() }),
      restores: ["name", "description", "position", "attributes"],
      ...write,
    },
    "category.define": {
      ...simple("attributes", "Define an attribute of the category's products, and of all below, or define it anew"),
      params: Joi.object<DefineAttribute, true>({ id, name: attributeName.required(), ...definitionSchemas }),
      http: { method: "PUT", path: "/v1/categories/{id}/attributes/{name}" },
    },
    "category.undefine": {
      ...simple("attributes", "Take the definition of an attribute away; products keep what they say"),
      params: Joi.object<UndefineAttribute, true>({ id, name: attributeName.required() }),
      http: { method: "DELETE", path: "/v1/categories/{id}/attributes/{name}" },
    },
    "category.move": {
      ...simple("move", "Put a category, with all below it, below another one or to the top"),
      params: Joi.object<MoveCategory, true>({ id, parentId: idSchema.allow(null).required() }),
    },
    "category.retire": simple(
      "retire",
      "Retire a category, with all below it: it is shown no more and takes nothing in",
    ),
    "category.reinstate": simple("reinstate", "Show a retired category again"),
    "category.tree": {
      ...read,
      summary: "The tree of categories, parents before their children",
      params: Joi.object<ListCategories, true>({
        below: idSchema,
        depth: Joi.number().integer().min(1).max(DEPTH_MAX).default(DEPTH_MAX),
        retired: Joi.boolean().default(false),
        limit: Joi.number().integer().min(1).max(5_000).default(1_000),
      }),
      result: branchesSchema,
      http: { method: "GET", path: "/v1/categories" },
    },
    "category.get": {
      ...read,
      summary: "One category: its path, what lies below it, and the attributes that hold for its products",
      params: byId,
      result: viewSchema,
      http: { method: "GET", path: "/v1/categories/{id}" },
    },
    "category.peek": {
      ...read,
      key: "id",
      summary: "What holds for products of a category, for other services",
      params: byId,
      result: glanceSchema,
    },
  },
};
