/** What the queries of categories answer, as types and as schemas. */
import Joi from "../kernel/schema";
import { idSchema, textSchema, type Text } from "../kernel/text";
import { definitionSchemas, type EffectiveAttribute } from "./category.attributes.contract";

export interface CategoryName {
  readonly id: string;
  readonly slug: string;
  readonly name: Text;
}

/** One line of the tree. */
export interface CategoryBranch extends CategoryName {
  readonly parentId: string | null;
  /** 1 at the top of the tree. */
  readonly level: number;
  /** `retired` also when one above it is. */
  readonly status: "active" | "retired";
}

export interface CategoryBranches {
  readonly items: CategoryBranch[];
  /** Of all that fits, also beyond the limit. */
  readonly total: number;
}

export interface CategoryView extends CategoryBranch {
  readonly version: number;
  readonly description: Text;
  readonly position: number;
  /** Its own word; left out: as the category above it, or the channel. */
  readonly returnDays?: number;
  /** From the top down to this one. */
  readonly path: CategoryName[];
  readonly children: CategoryName[];
  /** Its own and the inherited ones, as they hold for its products. */
  readonly attributes: EffectiveAttribute[];
}

/** From the histories, for checks on products. */
export interface CategoryGlance {
  readonly id: string;
  readonly status: "active" | "retired";
  readonly attributes: EffectiveAttribute[];
  /** Itself and those above it, nearest first. */
  readonly line: string[];
}

const id = idSchema.required();
const name = { id, slug: Joi.string().required(), name: textSchema(200).required() };
const status = Joi.string().valid("active", "retired").required();
const branch = {
  ...name,
  parentId: idSchema.allow(null).required(),
  level: Joi.number().integer().min(1).required(),
  status,
};
const names = Joi.array().items(Joi.object<CategoryName, true>(name)).required();
const attributes = Joi.array()
  .items(Joi.object<EffectiveAttribute, true>({ name: Joi.string().required(), ...definitionSchemas, definedBy: id }))
  .required()
  .description("As they hold for its products; `definedBy` names the category from which one is inherited");

export const branchesSchema = Joi.object<CategoryBranches, true>({
  items: Joi.array().items(Joi.object<CategoryBranch, true>(branch)).max(5_000).required(),
  total: Joi.number().integer().min(0).required(),
});

export const viewSchema = Joi.object<CategoryView, true>({
  ...branch,
  version: Joi.number().integer().min(1).required(),
  description: Joi.object<Text>().pattern(Joi.string(), Joi.string().allow("")).required(),
  position: Joi.number().integer().min(0).required(),
  returnDays: Joi.number().integer().min(0),
  path: names.description("From the top down to this one"),
  children: names,
  attributes,
});

export const glanceSchema = Joi.object<CategoryGlance, true>({
  id,
  status,
  attributes,
  line: Joi.array().items(idSchema).required(),
});
