/** Carts as those see them who ask after customers that went away. */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import { currencySchema } from "../kernel/money";
import { idSchema } from "../kernel/text";
import { listedCartSchema, type ListedCart } from "./cart.view.contract";

export interface ListCarts {
  readonly channelId?: string;
  readonly customerId?: string;
  /** Only carts with something in them that nobody has touched for so many minutes. */
  readonly idleMinutes?: number;
  /** Only those whose customer can be written to. */
  readonly reachable?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

/** What all that fits is worth, also beyond the page. */
export interface CartsSum {
  readonly currency: string;
  readonly carts: number;
  readonly worthMinor: number;
}

export interface ListedCarts {
  /** The longest untouched first. */
  readonly items: readonly ListedCart[];
  readonly total: number;
  readonly totalRelation: "exact" | "at-least";
  /** By currency, the most carts first. */
  readonly sums: readonly CartsSum[];
  readonly cursor: string | null;
}

/** Of a mall; there are fewer than two hundred in the world. */
export const CURRENCIES_MAX = 200;

export interface CartStaffCalls {
  "cart.list": { params: ListCarts; result: ListedCarts };
}

export const cartStaffActions: Actions<CartStaffCalls> = {
  "cart.list": {
    kind: "query",
    summary: "Open carts with something in them, the longest untouched first: the abandoned ones",
    params: Joi.object<ListCarts, true>({
      channelId: idSchema,
      customerId: idSchema,
      idleMinutes: Joi.number().integer().min(1).max(1_000_000),
      reachable: Joi.boolean(),
      limit: Joi.number().integer().min(1).max(100).default(24),
      cursor: Joi.string().max(2_000),
    }),
    // not strict: Joi has no word for read-only lists
    result: Joi.object<ListedCarts>({
      items: Joi.array().items(listedCartSchema).max(100).required(),
      total: Joi.number().integer().min(0).required(),
      totalRelation: Joi.string().valid("exact", "at-least").required(),
      sums: Joi.array()
        .items(
          Joi.object<CartsSum, true>({
            currency: currencySchema.required(),
            carts: Joi.number().integer().min(0).required(),
            worthMinor: Joi.number().integer().min(0).required(),
          }),
        )
        .max(CURRENCIES_MAX)
        .required(),
      cursor: Joi.string().allow(null).required().description("Asks for the next page; null on the last"),
    }),
    permission: "cart.read",
    owner: "platform",
    http: { method: "GET", path: "/v1/carts" },
  },
};
