import type { Model } from "../kernel/model";

export const deskModel: Model = { aggregate: "desk" };
