import type { Model } from "../kernel/model";

export const merchandisingModel: Model = { aggregate: "merchandising" };
