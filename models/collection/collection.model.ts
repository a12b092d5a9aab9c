import type { Model } from "../kernel/model";

export const collectionModel: Model = { aggregate: "collection" };
