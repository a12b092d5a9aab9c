import type { Model } from "../kernel/model";

export const redemptionModel: Model = { aggregate: "redemption" };
