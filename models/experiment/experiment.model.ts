import type { Model } from "../kernel/model";

export const experimentModel: Model = { aggregate: "experiment" };
