import type { Model } from "../kernel/model";

export const jobModel: Model = { aggregate: "job" };
