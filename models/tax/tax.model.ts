import type { Model } from "../kernel/model";

export const taxModel: Model = { aggregate: "tax" };
