import type { Model } from "../kernel/model";

export const assetModel: Model = { aggregate: "asset" };
