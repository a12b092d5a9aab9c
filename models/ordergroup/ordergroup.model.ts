import { namedBy } from "../kernel/about";
import type { Model } from "../kernel/model";

export const orderGroupModel: Model = { aggregate: "ordergroup", about: namedBy("customerId") };
