import type { Model } from "../kernel/model";

export const stockModel: Model = { aggregate: "stock" };
