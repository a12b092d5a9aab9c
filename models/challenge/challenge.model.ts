import type { Model } from "../kernel/model";

export const challengeModel: Model = { aggregate: "challenge" };
