/**
 * What happened to a product that somebody waits for, and how far they were told: one per product, under its id, made
 * when something happened to it while somebody waited. Who waits is no part of it, however many they are: they are
 * found page by page (`services/kernel/lookup.ts`), and each page that was told is a commit, so that whoever goes on
 * after a crash goes on there. Whoever was told waits no longer, and a mail's id derives from what it was asked for:
 * told twice is told once.
 */
import Joi from "../kernel/schema";
import type { Contract, Receipt } from "../kernel/contract";
import { idSchema, versionSchema } from "../kernel/text";

/** A commit after which the product may cost less, or can be bought again. */
export interface AlertCause {
  /** `stock/…`, `offer/…`, `pricelist/…`: the read side is asked for nothing older. */
  readonly source: string;
  readonly version: number;
}

export interface StirAlert extends AlertCause {
  /** Of the product. */
  readonly id: string;
}

/** A page of those who wait was gone through. */
export interface AdvanceAlert {
  readonly id: string;
  readonly round: number;
  /** The last of the page; null: there are no more. */
  readonly after: string | null;
  readonly told: number;
}

export interface SweepAlert {
  readonly id: string;
  readonly round: number;
  readonly after: string;
}

export interface CheckAlerts {
  readonly wishlistId: string;
}

export interface Swept {
  /** Wish lists that were looked at, and mails that were queued. */
  readonly looked: number;
  readonly told: number;
}

export interface CountWaiting {
  readonly sellerId: string;
  readonly productIds: readonly string[];
}

export interface WaitingCounts {
  readonly items: readonly {
    readonly productId: string;
    /** Who are told when it is back, and when it costs less; people who wait for both count in both. */
    readonly stock: number;
    readonly price: number;
  }[];
}

export interface AlertCalls {
  "alert.stir": { params: StirAlert; result: Receipt };
  "alert.advance": { params: AdvanceAlert; result: Receipt };
  "alert.sweep": { params: SweepAlert; result: Swept };
  "alert.check": { params: CheckAlerts; result: Swept };
  "alert.waiting": { params: CountWaiting; result: WaitingCounts };
}

export const PRODUCTS_MAX = 100;

const id = idSchema.required();
const count = Joi.number().integer().min(0).required();
const keep = { permission: "alert.keep", owner: "platform" } as const;
const swept = Joi.object<Swept, true>({ looked: count, told: count });

export const alertContract: Contract<AlertCalls> = {
  aggregate: "alert",
  actions: {
    "alert.stir": {
      ...keep,
      kind: "command",
      key: "id",
      summary: "Note that something happened to a product that somebody waits for; sent by the mall's timers",
      params: Joi.object<StirAlert, true>({
        id,
        source: Joi.string()
          .pattern(/^[a-z]{1,30}\/[a-z0-9-]{1,64}$/, "source")
          .required(),
        version: versionSchema.required(),
      }),
    },
    "alert.advance": {
      ...keep,
      kind: "command",
      key: "id",
      summary: "Note how far those were told who wait for a product",
      params: Joi.object<AdvanceAlert, true>({ id, round: count, after: idSchema.allow(null).required(), told: count }),
    },
    "alert.sweep": {
      ...keep,
      kind: "procedure",
      key: "id",
      summary: "Tell the next of those who wait for a product; sent by the mall's timers",
      params: Joi.object<SweepAlert, true>({ id, round: count, after: idSchema.allow("").required() }),
      result: swept,
    },
    "alert.check": {
      ...keep,
      kind: "procedure",
      key: "wishlistId",
      summary: "Look whether what somebody has just begun to wait for has happened already; sent by the mall's timers",
      params: Joi.object<CheckAlerts, true>({ wishlistId: id }),
      result: swept,
    },
    "alert.waiting": {
      kind: "query",
      permission: "offer.read",
      owner: { field: "sellerId" },
      summary: "How many people wait for products; not who",
      // not strict: Joi has no word for read-only lists
      params: Joi.object<CountWaiting>({
        sellerId: id,
        productIds: Joi.array().items(idSchema).single().min(1).max(PRODUCTS_MAX).required(),
      }),
      result: Joi.object<WaitingCounts>({
        items: Joi.array()
          .items(Joi.object({ productId: id, stock: count, price: count }))
          .max(PRODUCTS_MAX)
          .required(),
      }),
      http: { method: "GET", path: "/v1/sellers/{sellerId}/waiting" },
    },
  },
};
