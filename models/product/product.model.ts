import type { Model } from "../kernel/model";

export const productModel: Model = { aggregate: "product" };
