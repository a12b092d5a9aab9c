import type { Model } from "../kernel/model";

export const offerModel: Model = { aggregate: "offer" };
