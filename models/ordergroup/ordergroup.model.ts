import type { Model } from "../kernel/model";

export const orderGroupModel: Model = { aggregate: "ordergroup" };
