import type { Model } from "../kernel/model";

export const customerModel: Model = { aggregate: "customer" };
