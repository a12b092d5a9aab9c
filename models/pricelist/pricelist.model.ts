import type { Model } from "../kernel/model";

export const pricelistModel: Model = { aggregate: "pricelist" };
