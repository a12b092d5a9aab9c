/** Rules of Joi's scalars and lists as plain predicates; a rule that is not known here makes the whole unsure. */

export interface Rule {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** True where it surely holds. */
export type Holds = (value: unknown) => boolean;

type Custom = (value: unknown, helpers: object) => unknown;

const REFUSED = Symbol("refused");
/** What a custom rule may ask of Joi: to refuse. One that asks for more fails, and Joi is asked. */
const HELPERS = { error: () => REFUSED, message: () => REFUSED };

const sizeOf = (value: unknown): number => (typeof value === "number" ? value : (value as { length: number }).length);

const limited =
  (holds: (size: number, limit: number) => boolean) =>
  ({ limit, ...more }: Readonly<Record<string, unknown>>): Holds | null =>
    typeof limit === "number" && Object.keys(more).length === 0 ? (value) => holds(sizeOf(value), limit) : null;

function patterned({ regex, options }: Readonly<Record<string, unknown>>): Holds | null {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(String(regex)) ?? [];
  const named = Object.keys((options ?? {}) as object).every((name) => name === "name");
  if (source === undefined || /[gy]/.test(flags ?? "") || !named) return null;
  const pattern = new RegExp(source, flags);
  return (value) => pattern.test(value as string);
}

function custom({ method }: Readonly<Record<string, unknown>>): Holds | null {
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
const unique = (value: unknown): boolean => {
  const items = value as readonly unknown[];
  return items.every((item) => ["string", "number"].includes(typeof item)) && new Set(items).size === items.length;
};

type Making = (args: Readonly<Record<string, unknown>>) => Holds | null;

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
  unique: ({ comparator }) => (comparator === undefined ? unique : null),
};

/** All of them together; null where one is not known. */
export function rulesOf(rules: readonly Rule[]): Holds | null {
  const found = rules.map(({ name, args = {} }) => RULES[name]?.(args) ?? null);
  if (found.includes(null)) return null;
  return (value) => found.every((holds) => holds?.(value) === true);
}

export const matching = (regex: string): Holds | null => rulesOf([{ name: "pattern", args: { regex } }]);
