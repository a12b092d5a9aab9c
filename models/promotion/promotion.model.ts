import type { Model } from "../kernel/model";

export const promotionModel: Model = { aggregate: "promotion" };
