/** What is told of a learnt model: its versions, which of them decides, and how its training goes. */
import Joi from "../kernel/schema";
import { plainText, versionSchema } from "../kernel/text";
import { hashSchema, modelCardSchema, type ModelCard } from "./model.card.contract";
import { modelIdSchema, type ModelId } from "./model.id.contract";

export const STANDINGS = ["candidate", "shadow", "champion", "declined", "retired"] as const;
export type Standing = (typeof STANDINGS)[number];

export interface ModelVersion {
  /** 1, 2, 3 …; 0 is what the mall ships with. */
  readonly number: number;
  readonly hash: string;
  readonly standing: Standing;
  readonly card: ModelCard;
  readonly at: string;
  /** Why it was declined. */
  readonly why: string | null;
}

export interface ModelView extends ModelId {
  /** 0 as long as nothing was ever learnt. */
  readonly version: number;
  /** Hash of the one that decides; null: what the mall ships with. */
  readonly champion: string | null;
  readonly versions: readonly ModelVersion[];
  readonly everyHours: number;
  readonly training: { readonly since: string } | null;
  /** Why the last training made nothing. */
  readonly skipped: { readonly at: string; readonly why: string } | null;
}

export const VERSIONS_MAX = 12;

const moment = Joi.string().isoDate();

const modelVersion = Joi.object<ModelVersion>({
  number: Joi.number().integer().min(1).required(),
  hash: hashSchema.required(),
  standing: Joi.string()
    .valid(...STANDINGS)
    .required(),
  card: modelCardSchema.required(),
  at: moment.required(),
  why: plainText(500).allow(null).required(),
});

// not strict: Joi has no word for read-only lists
export const modelViewSchema = Joi.object<ModelView>({
  id: modelIdSchema,
  version: versionSchema.allow(0).required(),
  champion: hashSchema.required().allow(null),
  versions: Joi.array().items(modelVersion).max(VERSIONS_MAX).required(),
  everyHours: Joi.number().integer().min(0).required(),
  training: Joi.object({ since: moment.required() }).allow(null).required(),
  skipped: Joi.object({ at: moment.required(), why: plainText(500).required() })
    .allow(null)
    .required(),
});
