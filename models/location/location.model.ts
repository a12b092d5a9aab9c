import type { Model } from "../kernel/model";

export const locationModel: Model = { aggregate: "location" };
