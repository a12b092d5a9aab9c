import { namedBy } from "../kernel/about";
import type { Model } from "../kernel/model";

export const entitlementModel: Model = { aggregate: "entitlement", about: namedBy("customerId") };
