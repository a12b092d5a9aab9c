/** Rules of Joi's scalars and lists as plain predicates; a rule that is not known here makes the whole unsure. */

export interface Rule {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** True where it surely holds. */
export type Holds = (value: unknown) => boolean;

type Args = Readonly<Record<string, unknown>>;
type Custom = (value: unknown, helpers: object) => unknown;

const REFUSED = Symbol("refused");
/** What a custom rule may ask of Joi: to refuse. One that asks for more fails, and Joi is asked. */
const HELPERS = { error: () => REFUSED, message: () => REFUSED };

const sizeOf = (value: unknown): number => (typeof value === "number" ? value : (value as { length: number }).length);

const limited =
  (holds: (size: number, limit: number) => boolean) =>
  ({ limit, ...more }: Args): Holds | null =>
    typeof limit === "number" && Object.keys(more).length === 0 ? (value) => holds(sizeOf(value), limit) : null;

function patterned({ regex, options }: Args): Holds | null {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(String(regex)) ?? [];
  const named = Object.keys(options ?? {}).every((name) => name === "name");
  if (source === undefined || /[gy]/.test(flags ?? "") || !named) return null;
  const pattern = new RegExp(source, flags);
  return (value) => pattern.test(value as string);
}

function custom({ method }: Args): Holds | null {
  if (typeof method !== "function") return null;
  return (value) => {
    try {
      return (method as Custom)(value, HELPERS) === value;
    } catch {
      return false; // Joi says why
    }
  };
}

/** As it is written here; what else Joi takes for a moment, it takes itself. */
function moment(value: unknown): boolean {
  const at = new Date(value as string);
  return !Number.isNaN(at.getTime()) && at.toISOString() === value;
}

/** Of strings and numbers; other members are compared in depth. */
const differ = (items: readonly unknown[]): boolean =>
  items.every((item) => ["string", "number"].includes(typeof item)) && new Set(items).size === items.length;

/** By the whole, by what stands under one name, or as somebody compares two of them. */
function unique({ comparator }: Args): Holds | null {
  if (comparator === undefined) return (items) => differ(items as readonly unknown[]);
  if (typeof comparator === "function") {
    const same = comparator as (one: unknown, other: unknown) => boolean;
    return (items) => !(items as readonly unknown[]).some((one, n, all) => all.slice(0, n).some((o) => same(o, one)));
  }
  if (typeof comparator !== "string" || comparator.includes(".")) return null;
  const name = comparator;
  return (items) => differ((items as readonly Args[]).map((item) => item[name]));
}

const known = (options: unknown, ...names: readonly string[]): boolean =>
  Object.keys(options ?? {}).every((name) => names.includes(name));

/** What is taken under any options but those that are not known. */
const plain =
  (pattern: RegExp, ...options: readonly string[]) =>
  (args: Args): Holds | null =>
    known(args["options"], ...options) ? (value) => pattern.test(value as string) : null;

const WORD = "[A-Za-z0-9]{1,30}";
const HOST = `${WORD}(?:-${WORD})?(?:\\.${WORD}(?:-${WORD})?){0,3}\\.[a-z]{2,12}`;
const EMAIL = new RegExp(`^${WORD}(?:[._+-]${WORD})?@${HOST}$`);
const URI = new RegExp(`^https?://${HOST}(?:/[A-Za-z0-9._~-]+)*/?$`);
const URI_OR_PATH = new RegExp(`${URI.source}|^(?:/[A-Za-z0-9._~-]+)+$`);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/;

const has = ({ options }: Args, name: string): boolean => (options as Args | undefined)?.[name] === true;

type Making = (args: Args) => Holds | null;

const RULES: Readonly<Record<string, Making>> = {
  min: limited((size, limit) => size >= limit),
  max: limited((size, limit) => size <= limit),
  length: limited((size, limit) => size === limit),
  greater: limited((size, limit) => size > limit),
  less: limited((size, limit) => size < limit),
  integer: () => Number.isInteger,
  pattern: patterned,
  custom,
  isoDate: () => moment,
  unique,
  email: plain(EMAIL, "tlds"),
  uri: (args) => plain(has(args, "allowRelative") ? URI_OR_PATH : URI, "scheme", "allowRelative")(args),
  base64: (args) => (has(args, "urlSafe") ? null : plain(BASE64, "paddingRequired", "urlSafe")(args)),
};

/** All of them together; null where one is not known. */
export function rulesOf(rules: readonly Rule[]): Holds | null {
  const found = rules.map(({ name, args = {} }) => RULES[name]?.(args) ?? null);
  if (found.includes(null)) return null;
  return (value) => found.every((holds) => holds?.(value) === true);
}

export const matching = (regex: string): Holds | null => rulesOf([{ name: "pattern", args: { regex } }]);
