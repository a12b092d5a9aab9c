import type { Model } from "../kernel/model";

export const buyBoxModel: Model = { aggregate: "buybox" };
