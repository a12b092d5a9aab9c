import type { ServiceSchema } from "moleculer";
import type { Calls } from "../../models/contracts";
import { coupon, type CouponCommands, type CouponState } from "../../models/coupon/coupon.aggregate";
import {
  couponContract,
  couponIdOf,
  type CouponGlance,
  type CouponGlances,
  type CouponKey,
  type CouponView,
  type IssueCoupon,
  type PeekCoupons,
} from "../../models/coupon/coupon.contract";
import { erased } from "../../models/kernel/aggregate";
import { anyContract } from "../../models/kernel/contract";
import type { Row } from "../../models/kernel/row";
import { refuse } from "../../models/refusals";
import { typed, type CallMeta } from "../kernel/call";
import { historyReader, newestOrRefuse } from "../kernel/history-reader";
import type { Node } from "../kernel/node";
import { aggregateService, type CallSite } from "../kernel/service";

/** Whose the promotion is, only the mall may ask for everybody. */
const lookingUp = ({ principal, trace }: CallMeta): CallMeta => ({
  principal: { id: principal.id, permissions: ["promotion.read"] },
  trace,
});

async function ofPromotion(params: IssueCoupon, { caller, meta }: CallSite): Promise<CouponCommands["coupon.issue"]> {
  const found = await typed<Calls>(caller, lookingUp(meta))("promotion.get", { id: params.promotionId });
  if (!found.byCoupon) refuse("PROMOTION_ODD", "The promotion needs no coupon: revise it to be by coupon first.");
  return { ...params, sellerId: found.sellerId };
}

const unknown = (code: string): CouponGlance => ({
  ...{ code, status: "unknown", promotionId: null, usesMax: null, usesPerCustomerMax: null },
});

function glanceOf(code: string, row: Row<CouponState> | null): CouponGlance {
  if (!row || row.state.status === "absent") return unknown(code);
  const { status, promotionId, usesMax, usesPerCustomerMax } = row.state;
  return { code, status, promotionId, usesMax, usesPerCustomerMax };
}

export const couponService = (node: Node): ServiceSchema => {
  const reader = historyReader(node, "coupon");
  return aggregateService(node, {
    contract: anyContract(couponContract),
    aggregate: erased(coupon),
    prepare: { "coupon.issue": ofPromotion },
    queries: {
      "coupon.get": async (key: CouponKey): Promise<CouponView> => {
        const id = couponIdOf(key);
        const { version, state } = await newestOrRefuse<CouponState>(reader, id, "coupon");
        return { ...state, id, version };
      },
      "coupon.peek": async ({ codes }: PeekCoupons): Promise<CouponGlances> => ({
        items: await Promise.all(
          codes.map(async (code) =>
            glanceOf(code, (await reader.newest(couponIdOf({ code }))) as Row<CouponState> | null),
          ),
        ),
      }),
    },
  });
};
