import type { Model } from "../kernel/model";

export const roleModel: Model = { aggregate: "role" };
