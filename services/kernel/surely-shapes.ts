/** Lists, objects and alternatives of surely.ts. */
import { pure, UNSURE, type Dependency, type Description, type Taker, type TakerOf, type Whole } from "./surely-taker";
import { matching, rulesOf, type Holds } from "./surely-rules";

const presenceOf = (description: Description | undefined): unknown => description?.flags?.["presence"];

/** Each of them as it is taken; null where one is not sure. */
function eachTaken(values: readonly unknown[], item: Taker): unknown[] | null {
  const taken: unknown[] = [];
  for (const value of values) {
    const one = value === undefined ? UNSURE : item.take(value);
    if (one === UNSURE) return null;
    taken.push(one);
  }
  return taken;
}

export function arrayOf({ flags, rules, items }: Whole, takerOf: TakerOf): Taker | null {
  const [first] = items;
  const holds = rulesOf(rules);
  const item = first === undefined ? pure(() => true) : takerOf(first);
  if (holds === null || item === null || items.length > 1) return null;
  // of a kind that must be there Joi wants one at least
  const least = presenceOf(first) === "required" ? 1 : 0;
  const take = (value: unknown): unknown => {
    const taken = Array.isArray(value) && value.length >= least ? eachTaken(value, item) : null;
    if (taken === null || !holds(taken)) return UNSURE;
    return item.pure ? value : taken;
  };
  // Joi makes a list of a single one
  return { take, pure: item.pure && flags["single"] !== true };
}

/** Whichever takes it: where none of them changes anything, that is what Joi gives as well. */
export function alternativesOf({ matches, rules }: Whole, takerOf: TakerOf): Taker | null {
  const takers = matches.map(({ schema }) => (schema ? takerOf(schema) : null));
  if (rules.length > 0 || !takers.every((taker) => taker?.pure === true)) return null;
  return pure((value) => takers.some((taker) => taker?.take(value) !== UNSURE));
}

type Fields = Readonly<Record<string, unknown>>;

const countOf = (names: readonly string[], value: Fields): number =>
  names.filter((name) => value[name] !== undefined).length;

const RELATIONS: Readonly<Record<string, (names: readonly string[], value: Fields, key: string) => boolean>> = {
  or: (names, value) => countOf(names, value) > 0,
  xor: (names, value) => countOf(names, value) === 1,
  oxor: (names, value) => countOf(names, value) < 2,
  and: (names, value) => [0, names.length].includes(countOf(names, value)),
  nand: (names, value) => countOf(names, value) < names.length,
  with: (names, value, key) => value[key] === undefined || countOf(names, value) === names.length,
};

const namesOf = ({ peers, key = "" }: Dependency): string[] => [...peers, key];

/** What goes together with what; null where it is not known. */
function relationsOf({ dependencies }: Whole): ((value: Fields) => boolean) | null {
  const names = dependencies.flatMap(namesOf);
  const plain = dependencies.every(({ rel }) => rel in RELATIONS) && !names.some((name) => name.includes("."));
  if (!plain) return null;
  return (value) => dependencies.every(({ rel, peers, key = "" }) => RELATIONS[rel]?.(peers, value, key) === true);
}

interface Listed {
  readonly taker: Taker;
  readonly required: boolean;
  readonly fallback: unknown;
}

type AllListed = ReadonlyMap<string, Listed>;

function listedOf({ keys = {} }: Whole, takerOf: TakerOf): AllListed | null {
  const listed = new Map<string, Listed>();
  for (const [key, description] of Object.entries(keys)) {
    const taker = takerOf(description);
    if (taker === null) return null;
    const required = presenceOf(description) === "required";
    listed.set(key, { taker, required, fallback: description.flags?.["default"] });
  }
  return listed;
}

type Entry = (key: string, value: unknown) => unknown;
type Pattern = Whole["patterns"][number];

function isNamed({ regex, schema }: Pattern, takerOf: TakerOf): Holds | null {
  if (regex !== undefined) return matching(regex);
  const taker = schema ? takerOf(schema) : null;
  return taker && ((key) => taker.take(key) !== UNSURE);
}

/** What stands under a name that is not listed; null where that is not known. */
function othersOf({ keys, patterns, flags }: Whole, takerOf: TakerOf): Entry | null {
  const [pattern, another] = patterns;
  if (!pattern) return keys === undefined || flags["unknown"] === true ? (_key, value) => value : () => UNSURE;
  const [named, inner] = [isNamed(pattern, takerOf), takerOf(pattern.rule)];
  if (another || named === null || inner === null) return null;
  return (key, value) => (value !== undefined && named(key) ? inner.take(value) : UNSURE);
}

const isPlain = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const SIZES = ["min", "max", "length"];

/** Of the number of keys. */
function sizesOf({ rules }: Whole): ((value: Fields) => boolean) | null {
  if (rules.length === 0) return () => true;
  const plain = rules.every(({ name, args = {} }) => SIZES.includes(name) && Object.keys(args).length === 1);
  const holds = plain ? rulesOf(rules) : null;
  return holds && ((value) => holds(Object.keys(value)));
}

type Changed = [key: string, value: unknown][];

/** What is to be changed of the keys that are listed, and how many there are; null where one is not sure. */
function takeListed(listed: AllListed, value: Fields, changed: Changed): number | null {
  let seen = 0;
  for (const [key, { taker, required, fallback }] of listed) {
    const one = value[key];
    if (one === undefined && required) return null;
    const taken = one === undefined ? fallback : taker.take(one);
    if (taken === UNSURE) return null;
    if (taken !== one) changed.push([key, taken]);
    if (key in value) seen++;
  }
  return seen;
}

/** The same of all other keys. */
function takeOthers(own: readonly string[], value: Fields, { listed, others, changed }: Strangers): boolean {
  return own.every((key) => {
    const taken = listed.has(key) ? value[key] : others(key, value[key]);
    if (taken !== value[key]) changed.push([key, taken]);
    return taken !== UNSURE;
  });
}

interface Strangers {
  readonly listed: AllListed;
  readonly others: Entry;
  readonly changed: Changed;
}

export function objectOf(description: Whole, takerOf: TakerOf): Taker | null {
  const [listed, others] = [listedOf(description, takerOf), othersOf(description, takerOf)];
  const [related, sized] = [relationsOf(description), sizesOf(description)];
  if (!listed || !others || !related || !sized) return null;
  const take = (value: unknown): unknown => {
    if (!isPlain(value)) return UNSURE;
    const changed: Changed = [];
    const seen = takeListed(listed, value, changed);
    if (seen === null) return UNSURE;
    const own = Object.keys(value);
    if (own.length !== seen && !takeOthers(own, value, { listed, others, changed })) return UNSURE;
    const taken = changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
    return sized(taken) && related(taken) ? taken : UNSURE;
  };
  const inner = [...listed.values()].every(({ taker, fallback }) => taker.pure && fallback === undefined);
  return { take, pure: inner && description.patterns.length === 0 };
}
