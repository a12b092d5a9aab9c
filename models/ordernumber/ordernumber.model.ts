import type { Model } from "../kernel/model";

export const orderNumberModel: Model = { aggregate: "ordernumber" };
