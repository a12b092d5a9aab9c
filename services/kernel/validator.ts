/**
 * Joi as Moleculer's validator: the contract's schema is checked on the node that runs the action, for every caller
 * alike, HTTP or not. Before that it is asked whether the caller may: who may not must not make a node read a huge
 * body. Commands are taken as they are; a query's values may come from a query string and are converted.
 */
import type { ObjectSchema, ValidationErrorItem, ValidationResult } from "joi";
import { Validators, type ActionSchema, type Context } from "moleculer";
import type { ActionContract } from "../../models/kernel/contract";
import { Refusal } from "../../models/kernel/refusal";
import type { CallMeta } from "./call";
import type { Denied } from "./denials";
import { permitted, type Roles } from "./permission";
import { surely, UNSURE, type Take } from "./surely";

/** What the schema does not allow, in words that name the field. */
export interface Fault {
  /** `variants[0].options.size` */
  readonly field: string;
  readonly message: string;
  /** What was broken, for programs and for other languages: `string.max`. */
  readonly rule?: string;
  /** Bounds and names that the rule speaks of, never what was sent. */
  readonly given?: Given;
}

export type Given = Readonly<Record<string, Said | readonly Said[]>>;
type Said = string | number | boolean | null;

const FAULTS_MAX = 20;

const fieldOf = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    "",
  );

/** What a rule says of itself; of lists so many as somebody reads. */
const TOLD = ["limit", "valids", "peers", "peer", "types", "scheme"] as const;
const TOLD_MAX = 20;

const isSaid = (value: unknown): value is Said =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

function givenBy(context: Readonly<Record<string, unknown>> = {}): Given {
  const told = TOLD.flatMap((name): [string, Given[string]][] => {
    const { [name]: value } = context;
    if (Array.isArray(value)) return value.length <= TOLD_MAX && value.every(isSaid) ? [[name, value]] : [];
    return value !== undefined && isSaid(value) ? [[name, value]] : [];
  });
  return Object.fromEntries(told);
}

function faultOf({ path, message, type, context }: ValidationErrorItem): Fault {
  const given = givenBy(context);
  return { field: fieldOf(path), message, rule: type, ...(Object.keys(given).length > 0 && { given }) };
}

interface Prepared {
  /** What is taken without asking Joi. */
  readonly take: Take;
  readonly schema: ObjectSchema;
}

type Ways = Map<boolean, Prepared>;

/** Set once per schema: options given with each call Joi works out anew each time. */
const prepared = new WeakMap<ObjectSchema, Ways>();

function preparedOf(schema: ObjectSchema, convert: boolean): Prepared {
  const ways: Ways = prepared.get(schema) ?? new Map<boolean, Prepared>();
  prepared.set(schema, ways);
  const found = ways.get(convert) ?? {
    take: surely(schema, convert),
    schema: schema.prefs({ abortEarly: false, convert, errors: { wrap: { label: '"' } } }),
  };
  ways.set(convert, found);
  return found;
}

/** The params as the action takes them. @throws VALIDATION_FAILED with one fault per field */
export function validated<P>(schema: ObjectSchema<P>, params: unknown, convert: boolean): P {
  const { take, schema: asked } = preparedOf(schema, convert);
  const taken = take(params);
  if (taken !== UNSURE) return taken as P;
  const checked = asked.validate(params) as ValidationResult<P>;
  if (!checked.error) return checked.value;
  const faults = checked.error.details.slice(0, FAULTS_MAX).map(faultOf);
  const summary = faults.map(({ message }) => message).join("; ");
  throw new Refusal("VALIDATION_FAILED", 400, `${summary}.`, { faults });
}

interface CheckedAction extends ActionSchema {
  /** Who may call it, which is asked first, and with which params. */
  readonly contract?: () => ActionContract;
  readonly convert?: boolean;
}

type Called = Context<unknown, Pick<CallMeta, "principal" | "trace">>;
type Middleware = ReturnType<typeof Validators.Base.prototype.middleware>;

/** Actions carry their contract; Moleculer's own `params` rules are not used. */
export class JoiValidator extends Validators.Base {
  /** `denied` is told every failure of an action: what was a denial is kept. */
  constructor(
    private readonly roles: Roles,
    private readonly denied?: Denied,
  ) {
    super();
  }

  override compile(): never {
    throw new Error("Give the action a contract: its schema is checked by services/kernel/validator.ts");
  }

  override validate(): never {
    return this.compile();
  }

  override middleware(): Middleware {
    const { roles, denied } = this;
    const middleware = {
      name: "Joi",
      localAction(next: (ctx: Called) => Promise<unknown>, action: CheckedAction) {
        const { name = "", convert = false } = action;
        const needs = action.contract?.();
        if (!needs) return next;
        // async, so that a refusal is a rejected promise, as every other failure of a call
        const checked = async (ctx: Called): Promise<unknown> => {
          permitted(roles, { name, action: needs }, ctx.meta.principal);
          ctx.params = validated(needs.params, ctx.params, convert);
          return next(ctx);
        };
        if (!denied) return checked;
        return async (ctx: Called) => {
          const { params } = ctx;
          // calls that the action makes leave their own meta behind
          const { principal, trace } = ctx.meta;
          try {
            return await checked(ctx);
          } catch (error) {
            await denied({ name, action: needs, params, principal, trace, error });
            throw error;
          }
        };
      },
    };
    // Moleculer's typings know only the older form, a function; its registry takes this one
    return middleware as unknown as Middleware;
  }
}
