/**
 * `$jsonSchema` of a collection's validator, tested on the document's bytes: only there an int, a long and a double
 * can be told apart. A keyword acts on values of its own kind and lets others pass, as in mongod. Keywords that are
 * not here are refused, so that a validator never promises what nobody checks.
 */
import { CommandError, Refused } from "./errors";
import { compareValues, rank, rankOf } from "./order";
import { isDocument } from "./paths";
import { patternOf } from "./pattern";
import { ARRAY, type Doc, type Element, elements, latin, OBJECT, valueOf } from "./raw";

const DEPTH_MAX = 50;
const STRING = 0x02;

const types: Record<string, readonly number[]> = {
  double: [0x01],
  string: [STRING],
  object: [OBJECT],
  array: [ARRAY],
  binData: [0x05],
  objectId: [0x07],
  bool: [0x08],
  date: [0x09],
  null: [0x0a],
  regex: [0x0b],
  javascript: [0x0d],
  int: [0x10],
  timestamp: [0x11],
  long: [0x12],
  decimal: [0x13],
  minKey: [0xff],
  maxKey: [0x7f],
  number: [0x01, 0x10, 0x12, 0x13],
};

export type Check = (bytes: Buffer, element: Element) => boolean;
type Keyword = (operand: unknown, schema: Doc, depth: number) => Check;

const bad = (keyword: string, needs: string): CommandError => new CommandError(9, `$jsonSchema: ${keyword} ${needs}.`);
const pass: Check = () => true;

/** The check, for values of these types only. */
const only =
  (of: readonly number[], check: Check): Check =>
  (bytes, element) =>
    !of.includes(element.type) || check(bytes, element);

const onNumbers = (check: (value: unknown) => boolean): Check =>
  only(types.number ?? [], (bytes, element) => check(valueOf(bytes, element)));

const isNumber = (value: unknown): boolean => rankOf(value) === rank.number && !isNaN(Number(String(value)));

const textsOf = (keyword: string, operand: unknown): string[] => {
  const list = [operand].flat();
  if (list.length === 0 || !list.every((item) => typeof item === "string")) throw bad(keyword, "needs names");
  return list;
};

/** NaN is on neither side of a limit. */
const limit =
  (keyword: string, exclusive: string, sign: 1 | -1): Keyword =>
  (operand, schema) => {
    if (!isNumber(operand)) throw bad(keyword, "needs a number");
    const open = schema[exclusive] === true;
    return onNumbers((value) => {
      const order = compareValues(value, operand) * sign;
      return isNumber(value) && (order > 0 || (order === 0 && !open));
    });
  };

const exclusive =
  (keyword: string, beside: string): Keyword =>
  (operand, schema) => {
    if (typeof operand !== "boolean" || !(beside in schema)) throw bad(keyword, `is true or false beside a ${beside}`);
    return pass;
  };

const codePoints = (text: string): number => text.match(/./gsu)?.length ?? 0;

/** Lengths in code points. */
const length =
  (keyword: string, fits: (length: number, limit: number) => boolean): Keyword =>
  (operand) => {
    if (typeof operand !== "number" || !Number.isSafeInteger(operand) || operand < 0) {
      throw bad(keyword, "needs a whole number");
    }
    return only([STRING], (bytes, element) => fits(codePoints(String(valueOf(bytes, element))), operand));
  };

const enumKinds = new Set<number>([rank.null, rank.number, rank.string, rank.boolean, rank.objectId, rank.date]);

function oneOf(operand: unknown): Check {
  if (!Array.isArray(operand) || operand.length === 0) throw bad("enum", "needs an array of values");
  if (!operand.every((item) => enumKinds.has(rankOf(item)))) {
    throw new Refused("$jsonSchema: enum with values other than null, numbers, strings, booleans, ids and dates");
  }
  return (bytes, element) => {
    if (element.type === OBJECT || element.type === ARRAY) return false;
    const value = valueOf(bytes, element);
    return operand.some((item) => compareValues(item, value) === 0);
  };
}

function bsonType(operand: unknown): Check {
  const wanted = textsOf("bsonType", operand).flatMap((name) => {
    const found = Object.hasOwn(types, name) ? types[name] : undefined;
    if (!found) throw new CommandError(2, `$jsonSchema: unknown bsonType ${name}.`);
    return found;
  });
  return (_bytes, element) => wanted.includes(element.type);
}

function required(operand: unknown): Check {
  if (!Array.isArray(operand)) throw bad("required", "needs an array of names");
  const names = textsOf("required", operand).map(latin);
  return only([OBJECT], (bytes, { value }) => {
    const present = new Set([...elements(bytes, value)].map(({ name }) => name));
    return names.every((name) => present.has(name));
  });
}

const propertiesOf = (schema: Doc): [string, unknown][] => {
  if (schema.properties === undefined) return [];
  if (!isDocument(schema.properties)) throw bad("properties", "needs an object of schemas");
  return Object.entries(schema.properties);
};

const properties: Keyword = (_operand, schema, depth) => {
  const checks = new Map(propertiesOf(schema).map(([name, value]) => [latin(name), compile(value, depth + 1)]));
  return only([OBJECT], (bytes, { value }) => {
    for (const field of elements(bytes, value)) if (checks.get(field.name)?.(bytes, field) === false) return false;
    return true;
  });
};

const additionalProperties: Keyword = (operand, schema, depth) => {
  if (operand === true) return pass;
  const named = new Set(propertiesOf(schema).map(([name]) => latin(name)));
  const check: Check = operand === false ? () => false : compile(operand, depth + 1);
  return only([OBJECT], (bytes, { value }) => {
    for (const field of elements(bytes, value)) if (!named.has(field.name) && !check(bytes, field)) return false;
    return true;
  });
};

const items: Keyword = (operand, _schema, depth) => {
  if (Array.isArray(operand)) throw new Refused("$jsonSchema: items as a list of schemas");
  const check = compile(operand, depth + 1);
  return only([ARRAY], (bytes, { value }) => [...elements(bytes, value)].every((item) => check(bytes, item)));
};

function pattern(operand: unknown): Check {
  if (typeof operand !== "string") throw bad("pattern", "needs a string");
  const wanted = patternOf(operand);
  return only([STRING], (bytes, element) => wanted.test(String(valueOf(bytes, element))));
}

const keywords: Record<string, Keyword> = {
  bsonType,
  required,
  properties,
  additionalProperties,
  items,
  enum: oneOf,
  minimum: limit("minimum", "exclusiveMinimum", 1),
  maximum: limit("maximum", "exclusiveMaximum", -1),
  exclusiveMinimum: exclusive("exclusiveMinimum", "minimum"),
  exclusiveMaximum: exclusive("exclusiveMaximum", "maximum"),
  minLength: length("minLength", (found, least) => found >= least),
  maxLength: length("maxLength", (found, most) => found <= most),
  pattern,
  title: () => pass,
  description: () => pass,
};

/** @throws Refused for a keyword that is not known here, FailedToParse for one that is used wrongly. */
export function compile(schema: unknown, depth = 0): Check {
  if (!isDocument(schema)) throw bad("a schema", "is an object");
  if (depth > DEPTH_MAX) throw new Refused(`A $jsonSchema nested deeper than ${DEPTH_MAX}`);
  const checks = Object.entries(schema).map(([name, operand]) => {
    const keyword = Object.hasOwn(keywords, name) ? keywords[name] : undefined;
    if (!keyword) throw new Refused(`$jsonSchema: the keyword ${name}`);
    return keyword(operand, schema, depth);
  });
  return (bytes, element) => checks.every((check) => check(bytes, element));
}
