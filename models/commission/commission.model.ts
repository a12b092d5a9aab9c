import type { Model } from "../kernel/model";

export const commissionModel: Model = { aggregate: "commission" };
