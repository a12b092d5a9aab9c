import type { Model } from "../kernel/model";

export const approvalModel: Model = { aggregate: "approval" };
