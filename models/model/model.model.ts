import type { Model } from "../kernel/model";

export const modelModel: Model = { aggregate: "model" };
