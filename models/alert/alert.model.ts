import type { Model } from "../kernel/model";

export const alertModel: Model = { aggregate: "alert" };
