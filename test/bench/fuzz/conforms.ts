/** Whether a value is what a JSON Schema says, for the words of JSON Schema that the OpenAPI document uses. */

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown, said: never, schema: JsonSchema, document: Document) => boolean;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function resolved(schema: JsonSchema, { components }: Document): JsonSchema {
  const [, part = "", name = ""] = /^#\/components\/(\w+)\/(\w+)$/.exec((schema as { $ref?: string }).$ref ?? "") ?? [];
  return components[part]?.[name] ?? schema;
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isFields,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

/** Every member by its own schema, by those of the patterns that its name fits, or by what is said of the rest. */
function membersFit(value: Fields, schema: JsonSchema, document: Document): boolean {
  const { properties = {}, patternProperties = {} } = schema as Record<string, Record<string, JsonSchema>>;
  const rest = schema["additionalProperties"];
  return Object.entries(value).every(([name, member]) => {
    const patterns = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, "u").test(name));
    const said = [properties[name] ?? [], patterns.map(([, one]) => one)].flat();
    return said.length > 0 ? said.every((one) => conforms(member, one, document)) : rest !== false;
  });
}

const onString =
  (fits: (value: string, said: never) => boolean): Check =>
  (value, said) =>
    typeof value !== "string" || fits(value, said);
const onNumber =
  (fits: (value: number, said: number) => boolean): Check =>
  (value, said) =>
    typeof value !== "number" || fits(value, said);
const onList =
  (fits: (value: readonly unknown[], said: never) => boolean): Check =>
  (value, said) =>
    !Array.isArray(value) || fits(value, said);

const words: Readonly<Record<string, Check>> = {
  type: (value, said: string) => types[said]?.(value) ?? false,
  enum: (value, said: readonly unknown[]) => said.some((one) => same(one, value)),
  const: (value, said: unknown) => same(value, said),
  required: (value, said: readonly string[]) => !isFields(value) || said.every((name) => name in value),
  minLength: onString((value, said: number) => value.length >= said),
  maxLength: onString((value, said: number) => value.length <= said),
  pattern: onString((value, said: string) => new RegExp(said, "u").test(value)),
  minimum: onNumber((value, said) => value >= said),
  maximum: onNumber((value, said) => value <= said),
  minItems: onList((value, said: number) => value.length >= said),
  maxItems: onList((value, said: number) => value.length <= said),
  items: (value, said: JsonSchema, _schema, document) =>
    !Array.isArray(value) || value.every((item) => conforms(item, said, document)),
  anyOf: (value, said: readonly JsonSchema[], _s, document) => said.some((one) => conforms(value, one, document)),
  allOf: (value, said: readonly JsonSchema[], _s, document) => said.every((one) => conforms(value, one, document)),
  oneOf: (value, said: readonly JsonSchema[], _s, document) =>
    said.filter((one) => conforms(value, one, document)).length === 1,
  not: (value, said: JsonSchema, _s, document) => !conforms(value, said, document),
};

export function conforms(value: unknown, asked: JsonSchema, document: Document): boolean {
  const schema = resolved(asked, document);
  const byWord = Object.entries(schema).every(
    ([word, said]) => words[word]?.(value, said as never, schema, document) ?? true,
  );
  return byWord && (!isFields(value) || membersFit(value, schema, document));
}
