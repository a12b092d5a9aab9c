import type { Aggregate } from "../kernel/aggregate";
import { refuse } from "../refusals";
import type { CouponKey, IssueCoupon } from "./coupon.contract";

export interface IssuedCoupon extends CouponKey {
  readonly status: "issued" | "revoked";
  readonly promotionId: string;
  /** Of the promotion; null: the mall. */
  readonly sellerId: string | null;
  readonly usesMax: number | null;
  readonly usesPerCustomerMax: number | null;
}

export type CouponState = { readonly status: "absent" } | IssuedCoupon;

export type CouponEvent =
  | { readonly type: "coupon.issued"; readonly data: Omit<IssuedCoupon, "status"> }
  | { readonly type: "coupon.revoked"; readonly data: object };

export interface CouponCommands {
  /** Whose the promotion is, the service looks up. */
  "coupon.issue": IssueCoupon & { readonly sellerId: string | null };
  "coupon.revoke": CouponKey;
}

export const coupon: Aggregate<CouponState, CouponCommands, CouponEvent> = {
  name: "coupon",
  schema: 1,
  initial: { status: "absent" },
  decide: {
    "coupon.issue": (state, { code, promotionId, sellerId, usesMax = null, usesPerCustomerMax = null }) => {
      // revoked, too: a code that once meant something else would surprise those who still have it
      if (state.status !== "absent") refuse("ALREADY_EXISTS", `The code ${code} was issued already.`, { code });
      return [{ type: "coupon.issued", data: { code, promotionId, sellerId, usesMax, usesPerCustomerMax } }];
    },
    "coupon.revoke": (state) => {
      if (state.status === "absent") return refuse("NOT_FOUND", "No such code was ever issued.");
      return state.status === "revoked" ? [] : [{ type: "coupon.revoked", data: {} }];
    },
  },
  evolve: {
    "coupon.issued": (_state, data) => ({ status: "issued", ...data }),
    "coupon.revoked": (state) => ({ ...(state as IssuedCoupon), status: "revoked" }),
  },
};
