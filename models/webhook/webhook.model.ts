import type { Model } from "../kernel/model";

export const webhookModel: Model = { aggregate: "webhook", secret: ["sealed"] };
