import type { Model } from "../kernel/model";

export const shippingModel: Model = { aggregate: "shipping" };
