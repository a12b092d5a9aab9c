import type { Model } from "../kernel/model";

export const quotaModel: Model = { aggregate: "quota" };
