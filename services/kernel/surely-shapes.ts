/** Lists, objects and alternatives of surely.ts. */
import { matching, rulesOf } from "./surely-rules";
import { pure, UNSURE, type Description, type Taker, type TakerOf } from "./surely-taker";

export function arrayOf({ flags = {}, rules = [], items = [] }: Description, takerOf: TakerOf): Taker | null {
  const holds = rulesOf(rules);
  if (holds === null || items.length > 1) return null;
  // of a kind that must be there Joi wants one at least
  const needsOne = items[0]?.flags?.["presence"] === "required";
  const [item] = items.map(takerOf);
  if (item === null) return null;
  const take = (value: unknown): unknown => {
    if (!Array.isArray(value)) return UNSURE;
    const taken: unknown[] = item ? value.map((one) => (one === undefined ? UNSURE : item.take(one))) : value;
    if (taken.includes(UNSURE) || value.includes(undefined) || !holds(taken) || (needsOne && value.length === 0))
      return UNSURE;
    return item?.pure === false ? taken : value;
  };
  // Joi makes a list of a single one
  return { take, pure: item?.pure !== false && flags["single"] !== true };
}

/** Whichever takes it: where none of them changes anything, that is what Joi gives as well. */
export function alternativesOf({ matches = [], rules = [] }: Description, takerOf: TakerOf): Taker | null {
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

/** What goes together with what; null where it is not known. */
function relationsOf({ dependencies = [] }: Description): ((value: Fields) => boolean) | null {
  const names = dependencies.flatMap(({ peers, key = "" }) => [...peers, key]);
  const plain = dependencies.every(({ rel }) => rel in RELATIONS) && !names.some((name) => name.includes("."));
  if (!plain) return null;
  return (value) => dependencies.every(({ rel, peers, key = "" }) => RELATIONS[rel]?.(peers, value, key) === true);
}

interface Listed {
  readonly taker: Taker;
  readonly required: boolean;
  readonly fallback: unknown;
}

function listedOf({ keys = {} }: Description, takerOf: TakerOf): ReadonlyMap<string, Listed> | null {
  const listed = new Map<string, Listed>();
  for (const [key, description] of Object.entries(keys)) {
    const taker = takerOf(description);
    if (taker === null) return null;
    const { presence, default: fallback } = description.flags ?? {};
    listed.set(key, { taker, required: presence === "required", fallback });
  }
  return listed;
}

type Entry = (key: string, value: unknown) => unknown;

/** What stands under a name that is not listed; null where that is not known. */
function othersOf({ keys, patterns = [], flags = {} }: Description, takerOf: TakerOf): Entry | null {
  const [pattern] = patterns;
  if (!pattern) return keys === undefined || flags["unknown"] === true ? (_key, value) => value : () => UNSURE;
  const { regex, schema, rule } = pattern;
  const named = schema ? takerOf(schema) : null;
  const holds = regex === undefined ? null : matching(regex);
  const inner = takerOf(rule);
  const isName = holds ?? (named && ((key: string) => named.take(key) !== UNSURE));
  if (patterns.length > 1 || isName === null || inner === null) return null;
  return (key, value) => (value !== undefined && isName(key) ? inner.take(value) : UNSURE);
}

const isPlain = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const isSized = (rules: Description["rules"] = []): boolean =>
  rules.every(({ name, args }) => ["min", "max", "length"].includes(name) && Object.keys(args ?? {}).length === 1);

export function objectOf(description: Description, takerOf: TakerOf): Taker | null {
  const { rules = [], patterns = [] } = description;
  const [listed, others, related] = [
    listedOf(description, takerOf),
    othersOf(description, takerOf),
    relationsOf(description),
  ];
  const sized = isSized(rules) ? rulesOf(rules) : null;
  if (!listed || !others || !related || !sized) return null;
  const asked = [...listed];

  const take = (value: unknown): unknown => {
    if (!isPlain(value)) return UNSURE;
    const changed: [string, unknown][] = [];
    let seen = 0;
    for (const [key, { taker, required, fallback }] of asked) {
      const one = value[key];
      if (one === undefined) {
        if (required) return UNSURE;
        if (key in value) seen++;
        if (fallback !== undefined) changed.push([key, fallback]);
        continue;
      }
      seen++;
      const taken = taker.take(one);
      if (taken === UNSURE) return UNSURE;
      if (taken !== one) changed.push([key, taken]);
    }
    const own = Object.keys(value);
    if (own.length !== seen && !takeOthers(own, value, changed)) return UNSURE;
    const taken = changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
    return (rules.length === 0 || sized(Object.keys(taken))) && related(taken) ? taken : UNSURE;
  };
  const takeOthers = (own: readonly string[], value: Fields, changed: [string, unknown][]): boolean =>
    own.every((key) => {
      if (listed.has(key)) return true;
      const taken = others(key, value[key]);
      if (taken !== UNSURE && taken !== value[key]) changed.push([key, taken]);
      return taken !== UNSURE;
    });
  const inner = asked.every(([, { taker, fallback }]) => taker.pure && fallback === undefined);
  return { take, pure: inner && patterns.length === 0 };
}
