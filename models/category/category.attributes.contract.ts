/** What a category says of the attributes of its products: definitions, inherited by all that lies below it. */
import Joi from "../kernel/schema";
import { plainText, textSchema, type Text } from "../kernel/text";

export type AttributeType = "text" | "number" | "boolean" | "choice";

export interface AttributeDefinition {
  /** The key under which products give it: `display_diagonal`. */
  readonly name: string;
  /** How people call it. */
  readonly label: Text;
  readonly type: AttributeType;
  /** Of a number, as it is written behind it: `W`, `cm`. */
  readonly unit?: string;
  /** Every product of the category must give it. */
  readonly required?: boolean;
  /** Offered as a filter, with counts, in searches that find it; false: not even when many products give it. */
  readonly facet?: boolean;
  /** Of a choice: what may be given. */
  readonly values?: string[];
}

/** As it holds for a product: its own category's, or that of the nearest one above which defines it. */
export interface EffectiveAttribute extends AttributeDefinition {
  /** The category that defines it. */
  readonly definedBy: string;
}

interface Defining {
  readonly id: string;
  readonly attributes: readonly AttributeDefinition[];
}

/** What holds for products of a category: `line` is the category and those above it, nearest first. */
export function effectiveAttributes(line: readonly Defining[]): EffectiveAttribute[] {
  const found = new Map<string, EffectiveAttribute>();
  for (const { id, attributes } of [...line].reverse()) {
    for (const definition of attributes) found.set(definition.name, { ...definition, definedBy: id });
  }
  return [...found.values()];
}

export const ATTRIBUTES_MAX = 100;

export const attributeName = plainText(64).pattern(/^[a-z0-9][a-z0-9_-]*$/, "name in lower case");

/** Without the name, which stands in the path of the route that defines one. */
export const definitionSchemas = {
  label: textSchema(200).required(),
  type: Joi.string().valid("text", "number", "boolean", "choice").required(),
  unit: plainText(20),
  required: Joi.boolean(),
  facet: Joi.boolean(),
  values: Joi.array().items(plainText(190)).unique().min(1).max(200),
};

export const definitionsSchema = Joi.array()
  .items(Joi.object<AttributeDefinition, true>({ name: attributeName.required(), ...definitionSchemas }))
  .unique("name")
  .max(ATTRIBUTES_MAX);
