import type { Model } from "../kernel/model";

export const returnModel: Model = { aggregate: "return" };
