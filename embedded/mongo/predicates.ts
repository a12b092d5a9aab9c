/**
 * The comparisons of a filter, in MongoDB's meaning: values of one kind compare, null stands for a missing field,
 * and an array matches through its items. They replace mingo's, which compare 64-bit integers, ObjectIds as text, and
 * say that `{ $lte: null }` does not match a missing field.
 */
import { Refused } from "./errors";
import { compareValues, rank, rankOf } from "./order";
import { candidates, places } from "./paths";
import { type Doc } from "./raw";

export type Test = (value: unknown) => boolean;
export type Fold = ((text: string) => string) | undefined;

const plain: Fold = undefined;

/** Case (strength 2) or also accents (strength 1) set aside. @throws Refused for any other collation. */
export function foldOf(collation: Doc | undefined): Fold {
  if (!collation || collation.locale === "simple") return plain;
  const { locale, strength, ...others } = collation;
  const usual = Object.entries(others).every(([, value]) => value === false || value === undefined);
  if (typeof locale !== "string" || !usual || (strength !== 1 && strength !== 2)) {
    throw new Refused("A collation other than { locale, strength: 1 or 2 }");
  }
  return strength === 2 ? caseFold : accentFold;
}

const caseFold = (text: string): string => text.normalize("NFC").toLowerCase().normalize("NFC");
const accentFold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The value with every string in it folded. */
export function folded(value: unknown, fold: Fold): unknown {
  if (!fold) return value;
  if (typeof value === "string") return fold(value);
  if (Array.isArray(value)) return value.map((item) => folded(item, fold));
  return value;
}

const isNullish = (value: unknown): boolean => value === null || value === undefined;

function equals(operand: unknown, fold: Fold): Test {
  if (isNullish(operand)) return isNullish;
  const wanted = folded(operand, fold);
  if (typeof wanted === "string" && !fold) return (value) => value === wanted;
  return (value) => compareValues(folded(value, fold), wanted) === 0;
}

function oneOf(operand: unknown, fold: Fold): Test {
  if (!Array.isArray(operand)) throw new Error("$in needs an array");
  const tests = operand.map((item) => (rankOf(item) === rank.regex ? matches(item) : equals(item, fold)));
  const texts = new Set(operand.filter((item) => typeof item === "string"));
  if (!fold && texts.size === operand.length) return (value) => typeof value === "string" && texts.has(value);
  return (value) => tests.some((test) => test(value));
}

function matches(item: unknown): Test {
  const pattern = item as RegExp;
  return (value) => (typeof value === "string" ? pattern.test(value) : compareValues(value, pattern) === 0);
}

function ordered(accept: (order: number) => boolean): (operand: unknown, fold: Fold) => Test {
  return (operand, fold) => {
    const kind = rankOf(operand);
    if (kind === rank.regex) throw new Error("A regular expression cannot be compared with $gt, $gte, $lt or $lte");
    if (fold && kind === rank.string) throw new Refused("A range of strings under a collation");
    const wanted = operand ?? null;
    const ends = kind === rank.minKey || kind === rank.maxKey;
    return (value) => (ends || rankOf(value) === kind) && accept(compareValues(value ?? null, wanted));
  };
}

const makers = {
  $eq: equals,
  $in: oneOf,
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $exists: (operand: unknown): Test =>
    isNullish(operand) || operand === false || operand === 0
      ? (value) => value === undefined
      : (value) => value !== undefined,
} as const;

/** A test of one value, for conditions on a path that meets no array. */
export const testOf = (op: keyof typeof makers, operand: unknown, fold: Fold): Test => makers[op](operand, fold);

type Operator = (selector: string, operand: unknown) => (doc: Doc) => boolean;

const onCandidates =
  (op: keyof typeof makers, fold: Fold, negated = false): Operator =>
  (selector, operand) => {
    const test = makers[op](operand, fold);
    const path = selector.split(".");
    return (doc) => candidates(doc, path).some(test) !== negated;
  };

const exists: Operator = (selector, operand) => {
  const wanted = !(isNullish(operand) || operand === false || operand === 0);
  const path = selector.split(".");
  return (doc) => places(doc, path).some((value) => value !== undefined) === wanted;
};

const typeTests: Record<string, Test> = {
  string: (value) => rankOf(value) === rank.string,
  number: (value) => rankOf(value) === rank.number,
  object: (value) => rankOf(value) === rank.object,
  array: (value) => Array.isArray(value),
  binData: (value) => rankOf(value) === rank.binary,
  objectId: (value) => rankOf(value) === rank.objectId,
  bool: (value) => typeof value === "boolean",
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  regex: (value) => rankOf(value) === rank.regex,
};
const typeNumbers: Record<number, string> = {
  2: "string",
  3: "object",
  4: "array",
  5: "binData",
  7: "objectId",
  8: "bool",
  9: "date",
  10: "null",
  11: "regex",
};

/** int, long and double are refused: decoded numbers do not tell them apart. */
const hasType: Operator = (selector, operand) => {
  const tests = [operand].flat().map((name) => {
    const test = typeTests[typeof name === "number" ? (typeNumbers[name] ?? "") : String(name)];
    if (!test) throw new Refused(`$type: ${String(name)}`);
    return test;
  });
  const path = selector.split(".");
  return (doc) => candidates(doc, path).some((value) => tests.some((test) => test(value)));
};

const refuse = (name: string) => () => {
  throw new Refused(name);
};

/** The query operators that stand before mingo's. */
export const queryOperators = (fold: Fold): Record<`$${string}`, Operator> => ({
  $eq: onCandidates("$eq", fold),
  $ne: onCandidates("$eq", fold, true),
  $in: onCandidates("$in", fold),
  $nin: onCandidates("$in", fold, true),
  $gt: onCandidates("$gt", fold),
  $gte: onCandidates("$gte", fold),
  $lt: onCandidates("$lt", fold),
  $lte: onCandidates("$lte", fold),
  $exists: exists,
  $type: hasType,
  $where: refuse("$where"),
  $text: refuse("$text"),
  $jsonSchema: refuse("$jsonSchema"),
});
