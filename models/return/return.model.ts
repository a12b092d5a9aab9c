import { namedBy } from "../kernel/about";
import type { Model } from "../kernel/model";

export const returnModel: Model = { aggregate: "return", about: namedBy("customerId") };
