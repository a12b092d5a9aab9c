import type { Model } from "../kernel/model";

export const payoutModel: Model = { aggregate: "payout" };
