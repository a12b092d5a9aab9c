import type { Model } from "../kernel/model";

export const sectionModel: Model = { aggregate: "section" };
