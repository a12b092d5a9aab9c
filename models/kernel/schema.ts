/**
 * Joi, put off: a schema is made when it is first asked something. The mall has some two thousand of them, and making
 * them all takes a third of a second of every process that knows the contracts, of which it may use a few, and a start
 * none. What is written here is remembered as it is said, and said to Joi then; a schema is made once, and what it is
 * made of as well. Contracts take Joi from here, and everybody else may treat what they get as what Joi would give.
 */
import joi, { type Root, type Schema } from "joi";

/** What begins a schema. */
const BEGINNINGS = ["object", "string", "number", "array", "boolean", "alternatives", "any"] as const;

/** What goes on with one. Anything else that is asked of a schema makes it. */
const GOING_ON = new Set([
  ...["required", "allow", "valid", "invalid", "default", "description", "custom", "messages"],
  ...["min", "max", "length", "pattern", "email", "uri", "isoDate", "base64", "integer", "greater", "unsafe"],
  ...["items", "ordered", "unique", "single", "sort", "match"],
  ...["keys", "append", "extract", "unknown", "and", "or", "xor", "nand", "with", "options"],
]);

type Make = () => unknown;
type Said = (...given: unknown[]) => unknown;

/** How those that were put off are made. */
const putOff = new WeakMap<object, Make>();

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;

/** Schemas in place of those that were put off, wherever they stand in what is given to Joi. */
function made(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const make = putOff.get(value);
  if (make) return make();
  if (Array.isArray(value)) return value.map(made);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, made(one)]));
}

function later(make: Make): object {
  let schema: Schema | null = null;
  const once = (): Schema => (schema ??= make() as Schema);
  const proxy = new Proxy(
    {},
    {
      get(_target, name) {
        if (typeof name === "string" && GOING_ON.has(name)) return sayingTo(once, name);
        const asked = Reflect.get(once(), name) as unknown;
        return typeof asked === "function" ? (asked as Said).bind(once()) : asked;
      },
      has: (_target, name) => Reflect.has(once(), name),
    },
  );
  putOff.set(proxy, once);
  return proxy;
}

const sayingTo =
  (of: Make, name: string): Said =>
  (...given) =>
    later(() => {
      const { [name]: say } = of() as Readonly<Record<string, Said>>;
      if (!say) throw new TypeError(`A schema of this kind knows no "${name}"`);
      return say.apply(of(), given.map(made));
    });

const beginnings = Object.fromEntries(BEGINNINGS.map((name) => [name, sayingTo(() => joi, name)]));

export default beginnings as unknown as Pick<Root, (typeof BEGINNINGS)[number]>;
