import type { Model } from "../kernel/model";

export const couponModel: Model = { aggregate: "coupon" };
