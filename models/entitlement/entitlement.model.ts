import type { Model } from "../kernel/model";

export const entitlementModel: Model = { aggregate: "entitlement" };
