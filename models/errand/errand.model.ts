import { namedBy } from "../kernel/about";
import type { Model } from "../kernel/model";

export const errandModel: Model = { aggregate: "errand", about: namedBy("customerId") };
