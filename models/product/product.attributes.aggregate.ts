/** Whether a product's attributes are what its category asks for. What no category defines may be said freely. */
import type { AttributeDefinition } from "../category/category.attributes.contract";
import { refuse } from "../refusals";
import type { Attributes } from "./product.contract";

/** What holds for products of a category, as the service read it when the command came. */
export interface CategoryRules {
  readonly id: string;
  readonly attributes: readonly AttributeDefinition[];
}

interface Fault {
  readonly field: string;
  readonly message: string;
}

const FAULTS_MAX = 20;
const VALUES_TOLD = 10;

const KINDS = { text: "a text", number: "a number", boolean: "true or false" } as const;

function oddChoice(values: readonly string[], value: Attributes[string]): string | null {
  if (typeof value === "string" && values.includes(value)) return null;
  const more = values.length > VALUES_TOLD ? ", …" : "";
  return `must be one of ${values.slice(0, VALUES_TOLD).join(", ")}${more}`;
}

/** What a value must be and is not; null when it fits. */
function misfit({ type, values = [], unit }: AttributeDefinition, value: Attributes[string]): string | null {
  if (type === "choice") return oddChoice(values, value);
  if (typeof value === (type === "text" ? "string" : type)) return null;
  return `must be ${KINDS[type]}${unit === undefined ? "" : ` (${unit})`}`;
}

function faultsOf(definitions: readonly AttributeDefinition[], attributes: Attributes): Fault[] {
  return definitions.flatMap((definition) => {
    const { name, required } = definition;
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    const missing = required === true ? "is required in this category" : null;
    const why = value === undefined ? missing : misfit(definition, value);
    const field = `attributes.${name}`;
    return why === null ? [] : [{ field, message: `"${field}" ${why}` }];
  });
}

interface Categorised {
  readonly categoryId?: string;
  readonly attributes?: Attributes;
}

/** @throws PRODUCT_ATTRIBUTES with one fault per field */
export function refuseMisfits({ categoryId, attributes = {} }: Categorised, rules: CategoryRules | undefined): void {
  if (categoryId === undefined) return;
  if (rules?.id !== categoryId) {
    return refuse("WRITES_CONTENDED", "The product changed its category just now; send the command again.", {
      categoryId,
    });
  }
  const faults = faultsOf(rules.attributes, attributes).slice(0, FAULTS_MAX);
  if (faults.length === 0) return;
  const summary = faults.map(({ message }) => message).join("; ");
  refuse("PRODUCT_ATTRIBUTES", `The attributes do not fit the category: ${summary}.`, { categoryId, faults });
}
