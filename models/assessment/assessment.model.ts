import type { Model } from "../kernel/model";

export const assessmentModel: Model = { aggregate: "assessment" };
