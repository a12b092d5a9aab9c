/**
 * How often something that is limited was used: a promotion or a coupon code, in all or by one customer. One counter
 * each. A use is taken before an order is placed, and then either kept or given back; each is idempotent by the id of
 * the use, so that a checkout that is repeated counts once.
 */
import Joi from "../kernel/schema";
import { couponCodeSchema, type AppliedPromotion } from "../cart/cart.quote.contract";
import type { Contract, Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema } from "../kernel/text";

/** What is counted: `promotion/<id>`, `promotion/<id>/<customer>`, `coupon/<code>`, `coupon/<code>/<customer>`. */
export interface Counted {
  readonly key: string;
  /** Of whoever uses: a checkout's id. */
  readonly useId: string;
}

export interface CountUse extends Counted {
  readonly usesMax: number;
}

/** All that a quote uses, in one call. */
export interface UseOf {
  readonly useId: string;
  readonly customerId: string | null;
  /** As the quote says them. */
  readonly promotions: readonly Pick<AppliedPromotion, "promotionId" | "code">[];
}

/** The keys that were counted: none for promotions without limits. */
export interface Uses {
  readonly keys: readonly string[];
}

export interface RedemptionOf {
  readonly key: string;
}

export interface RedemptionView extends RedemptionOf {
  readonly used: number;
  /** Taken, and neither kept nor given back yet. */
  readonly open: number;
}

export interface RedemptionCalls {
  "redemption.count": { params: CountUse; result: Receipt };
  "redemption.uncount": { params: Counted; result: Receipt };
  "redemption.annul": { params: Counted; result: Receipt };
  "redemption.confirm": { params: Counted; result: Receipt };
  "redemption.take": { params: UseOf; result: Uses };
  "redemption.release": { params: UseOf; result: Uses };
  "redemption.keep": { params: UseOf; result: Uses };
  "redemption.get": { params: RedemptionOf; result: RedemptionView };
}

export const redemptionIdOf = ({ key }: RedemptionOf): string => derivedId("redemption", key);

/**
 * The id of the command that counts a use, and of the one that annuls it: one history takes one of the two. So a use
 * that arrives after it was given back is refused, and who gives back what was counted is told so.
 */
export const countCommandId = ({ key, useId }: Counted): string => derivedId("redemption.count", key, useId);

/** Uses of one counter that may be open at the same time. */
export const OPEN_USES_MAX = 500;
/** After a day a use that nobody kept or gave back counts as kept. */
export const OPEN_HOURS = 24;

const key = Joi.string()
  .pattern(/^(promotion|coupon)\/[A-Za-z0-9-]{1,64}(\/[a-z0-9-]{1,64})?$/, "what is counted")
  .required();
const useId = idSchema.required();
const keep = { permission: "redemption.keep", owner: "platform" } as const;
const one = { kind: "command", keyOf: redemptionIdOf, ...keep } as const;
const counted = Joi.object<Counted, true>({ key, useId });
// not strict: Joi has no word for read-only lists
const all = Joi.object<UseOf>({
  useId,
  customerId: idSchema.allow(null).required(),
  promotions: Joi.array()
    .items(Joi.object({ promotionId: idSchema.required(), code: couponCodeSchema }))
    .max(50)
    .required(),
});

export const redemptionContract: Contract<RedemptionCalls> = {
  aggregate: "redemption",
  actions: {
    "redemption.count": {
      ...one,
      summary: "Count a use, unless there were as many as there may be",
      params: Joi.object<CountUse, true>({ key, useId, usesMax: Joi.number().integer().min(1).required() }),
    },
    "redemption.uncount": { ...one, summary: "Give an open use back", params: counted },
    "redemption.annul": { ...one, summary: "See to it that a use that was not counted never will be", params: counted },
    "redemption.confirm": { ...one, summary: "Keep an open use, for good", params: counted },
    "redemption.take": {
      kind: "procedure",
      summary: "Count the use of all promotions of a quote that are limited: all of them, or none",
      params: all,
      ...keep,
    },
    "redemption.release": { kind: "procedure", summary: "Give back what was taken under an id", params: all, ...keep },
    "redemption.keep": { kind: "procedure", summary: "Keep what was taken under an id", params: all, ...keep },
    "redemption.get": {
      kind: "query",
      keyOf: redemptionIdOf,
      summary: "How often a promotion or a coupon was used",
      params: Joi.object<RedemptionOf, true>({ key }),
      result: Joi.object<RedemptionView, true>({
        key,
        used: Joi.number().integer().min(0).required(),
        open: Joi.number().integer().min(0).required(),
      }),
      permission: "promotion.read",
      owner: "platform",
      http: { method: "GET", path: "/v1/redemptions" },
    },
  },
};
