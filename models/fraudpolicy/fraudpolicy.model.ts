import type { Model } from "../kernel/model";

export const fraudPolicyModel: Model = { aggregate: "fraudpolicy" };
