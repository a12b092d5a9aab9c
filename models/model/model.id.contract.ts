/** Which models there are: also the ids of their aggregates. */
import Joi from "../kernel/schema";

export const MODEL_IDS = [
  "fraud",
  "recommendation",
  "sentiment",
  "moderation",
  "category",
  "duplicate",
  "intent",
] as const;
export type ModelName = (typeof MODEL_IDS)[number];

export interface ModelId {
  readonly id: ModelName;
}

export const modelIdSchema = Joi.string<ModelName>()
  .valid(...MODEL_IDS)
  .required();
