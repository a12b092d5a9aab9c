import type { Model } from "../kernel/model";

export const categoryModel: Model = { aggregate: "category" };
