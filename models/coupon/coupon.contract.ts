/** A word that customers type in to be given a promotion. The code itself names the coupon, so it is unique. */
import Joi from "../kernel/schema";
import { couponCodeSchema } from "../cart/cart.quote.contract";
import type { Contract, Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema } from "../kernel/text";

export interface CouponKey {
  /** Capitals, digits and dashes: `SUMMER-26`. */
  readonly code: string;
}

export interface IssueCoupon extends CouponKey {
  readonly promotionId: string;
  /** Orders in which it may be used, in all and by one customer; left out: as the promotion says. */
  readonly usesMax?: number;
  readonly usesPerCustomerMax?: number;
}

export interface CouponView extends CouponKey {
  readonly id: string;
  readonly version: number;
  readonly status: "issued" | "revoked";
  readonly promotionId: string;
  readonly sellerId: string | null;
  readonly usesMax: number | null;
  readonly usesPerCustomerMax: number | null;
}

/** What other services need to know of a code; `unknown` also for one that nobody ever issued. */
export interface CouponGlance extends CouponKey {
  readonly status: "issued" | "revoked" | "unknown";
  readonly promotionId: string | null;
  readonly usesMax: number | null;
  readonly usesPerCustomerMax: number | null;
}

export interface PeekCoupons {
  readonly codes: readonly string[];
}

export interface CouponGlances {
  readonly items: readonly CouponGlance[];
}

export interface CouponCalls {
  "coupon.issue": { params: IssueCoupon; result: Receipt };
  "coupon.revoke": { params: CouponKey; result: Receipt };
  "coupon.get": { params: CouponKey; result: CouponView };
  "coupon.peek": { params: PeekCoupons; result: CouponGlances };
}

export const couponIdOf = ({ code }: CouponKey): string => derivedId("coupon", code);

const code = couponCodeSchema.required();
const uses = Joi.number().integer().min(1).max(1_000_000_000);
const byCode = Joi.object<CouponKey, true>({ code });
const write = { permission: "promotion.write", owner: { field: "sellerId" } } as const;
const path = "/v1/coupons/{code}";

export const couponContract: Contract<CouponCalls> = {
  aggregate: "coupon",
  actions: {
    "coupon.issue": {
      kind: "command",
      keyOf: couponIdOf,
      summary: "Issue a coupon code for a promotion",
      params: Joi.object<IssueCoupon, true>({
        code,
        promotionId: idSchema.required(),
        usesMax: uses,
        usesPerCustomerMax: uses,
      }),
      ...write,
      http: { method: "PUT", path },
    },
    "coupon.revoke": {
      kind: "command",
      keyOf: couponIdOf,
      summary: "Revoke a coupon code, for good",
      params: byCode,
      ...write,
      http: { method: "DELETE", path },
    },
    "coupon.get": {
      kind: "query",
      keyOf: couponIdOf,
      summary: "One coupon code, for those who issue them",
      params: byCode,
      result: Joi.object<CouponView, true>({
        id: idSchema.required(),
        version: Joi.number().integer().min(1).required(),
        status: Joi.string().valid("issued", "revoked").required(),
        code,
        promotionId: idSchema.required(),
        sellerId: idSchema.allow(null).required(),
        usesMax: uses.allow(null).required(),
        usesPerCustomerMax: uses.allow(null).required(),
      }),
      permission: "promotion.read",
      owner: { field: "sellerId" },
      http: { method: "GET", path },
    },
    "coupon.peek": {
      kind: "query",
      summary: "What codes stand for, for other services",
      params: Joi.object<PeekCoupons>({ codes: Joi.array().items(couponCodeSchema).max(50).required() }),
      permission: "promotion.read",
      owner: "platform",
    },
  },
};
