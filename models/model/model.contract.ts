/**
 * Learnt models, one aggregate per kind: which versions there are, what each was made of and how good it was, which of
 * them decides (the champion), which one only watches (the shadow). What was learnt itself lies under its hash in the
 * store of files. Without a champion the mall decides by what it ships with.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import { plainText } from "../kernel/text";
import { lessonsSchema, modelLessonActions, type ModelLessonCalls, type TrainModel } from "./model.lessons.contract";
import { modelGuardActions, type ModelGuardCalls } from "./model.guard.contract";
import { modelShadowActions, type ModelShadowCalls } from "./model.shadow.contract";
import { MODEL_IDS, modelIdSchema, type ModelId, type ModelName } from "./model.id.contract";
import { hashSchema, modelCardSchema, type ModelCard } from "./model.card.contract";
import { modelViewSchema, type ModelView } from "./model.view.contract";

export { MODEL_IDS, type ModelId, type ModelName };
export { STANDINGS, VERSIONS_MAX, type ModelVersion, type ModelView, type Standing } from "./model.view.contract";

export interface ModelVersionId extends ModelId {
  readonly hash: string;
}

export interface RegisterModel extends ModelVersionId {
  readonly card: ModelCard;
}

export interface DeclineModel extends ModelVersionId {
  readonly why: string;
}

export interface ScheduleModel extends ModelId {
  /** 0 ends it. */
  readonly everyHours: number;
}

export interface SkipTraining extends ModelId {
  readonly why: string;
}

/** Who decides, and who only watches. */
export interface Appointed {
  readonly champion: { readonly hash: string; readonly number: number } | null;
  readonly shadow: { readonly hash: string; readonly number: number } | null;
}

export interface ModelCalls extends ModelGuardCalls, ModelLessonCalls, ModelShadowCalls {
  "model.register": { params: RegisterModel; result: Receipt };
  "model.promote": { params: ModelVersionId; result: Receipt };
  "model.shadow": { params: ModelVersionId; result: Receipt };
  "model.retire": { params: ModelVersionId; result: Receipt };
  "model.rollback": { params: ModelId; result: Receipt };
  "model.decline": { params: DeclineModel; result: Receipt };
  "model.schedule": { params: ScheduleModel; result: Receipt };
  "model.begin": { params: ModelId; result: Receipt };
  "model.skip": { params: SkipTraining; result: Receipt };
  "model.retrain": { params: TrainModel; result: ModelView };
  "model.appointed": { params: ModelId; result: Appointed };
  "model.get": { params: ModelId; result: ModelView };
  "model.list": { params: object; result: { items: readonly ModelView[] } };
}

/** Who trains: a procedure `{ id } → Trained`. A further model that the mall trains is a line here. */
export const TRAINED_BY: Partial<Readonly<Record<ModelName, string>>> = {
  fraud: "fraud.train",
  recommendation: "recommendation.train",
  moderation: "moderation.train",
  sentiment: "sentiment.train",
  category: "listing.train",
  duplicate: "matching.train",
  intent: "intent.train",
};

/** What a training comes to: a model in the store of files, or a reason why there is none. */
export type Trained =
  | { readonly hash: string; readonly card: ModelCard }
  /** As over HTTP: the other member is not there. */
  | { readonly skipped: string };

export const trainedSchema = Joi.object<{ hash?: string; card?: ModelCard; skipped?: string }>({
  hash: hashSchema,
  card: modelCardSchema,
  skipped: plainText(500),
}).xor("hash", "skipped");

const id = modelIdSchema;
const hash = hashSchema.required();
const byId = Joi.object<ModelId, true>({ id });
const byHash = Joi.object<ModelVersionId, true>({ id, hash });
const appointed = Joi.object({ hash, number: Joi.number().integer().min(1).required() })
  .allow(null)
  .required();

const on = { key: "id", owner: "platform" } as const;
const write = { ...on, kind: "command", permission: "model.write" } as const;
const path = "/v1/models/{id}";

const contract: Contract<ModelCalls> = {
  aggregate: "model",
  actions: {
    "model.register": {
      ...write,
      summary: "Keep a version of a model: its hash and its card",
      params: Joi.object<RegisterModel, true>({ id, hash, card: modelCardSchema.required() }),
    },
    "model.promote": {
      ...write,
      summary: "Let a version decide; refused unless it beats its baseline and the one that decides now",
      params: byHash,
      http: { method: "POST", path: `${path}/promote` },
    },
    "model.shadow": {
      ...write,
      summary: "Let a version watch: it scores, and decides nothing",
      params: byHash,
      http: { method: "POST", path: `${path}/shadow` },
    },
    "model.retire": {
      ...write,
      summary: "Set a version aside",
      params: byHash,
      http: { method: "POST", path: `${path}/retire` },
    },
    "model.rollback": {
      ...write,
      summary: "Let the version before decide again; before the first, what the mall ships with",
      params: byId,
      http: { method: "POST", path: `${path}/rollback` },
    },
    "model.decline": {
      ...write,
      summary: "Record why a version does not decide",
      params: Joi.object<DeclineModel, true>({ id, hash, why: plainText(500).required() }),
    },
    "model.schedule": {
      ...write,
      summary: "Train anew every so many hours",
      params: Joi.object<ScheduleModel, true>({ id, everyHours: Joi.number().integer().min(0).max(8_760).required() }),
      http: { method: "PUT", path: `${path}/schedule` },
    },
    "model.begin": { ...write, summary: "Record that a training has begun", params: byId },
    "model.skip": {
      ...write,
      summary: "Record why a training made nothing",
      params: Joi.object<SkipTraining, true>({ id, why: plainText(500).required() }),
    },
    "model.retrain": {
      ...on,
      kind: "procedure",
      permission: "model.write",
      summary: "Train a model anew, and let it decide if it is better; goes on after the answer",
      params: Joi.object<TrainModel>({ id, lessons: lessonsSchema }),
      result: modelViewSchema,
      http: { method: "POST", path: `${path}/retrain` },
    },
    "model.appointed": {
      ...on,
      kind: "query",
      permission: "model.read",
      summary: "Which version decides, and which one watches",
      params: byId,
      result: Joi.object<Appointed>({ champion: appointed, shadow: appointed }),
    },
    ...modelGuardActions,
    ...modelLessonActions,
    ...modelShadowActions,
    "model.get": {
      ...on,
      kind: "query",
      permission: "model.read",
      summary: "A model's versions with their cards",
      params: byId,
      result: modelViewSchema,
      http: { method: "GET", path },
    },
    "model.list": {
      kind: "query",
      permission: "model.read",
      owner: "platform",
      summary: "All learnt models",
      params: Joi.object({}),
      result: Joi.object<{ items: readonly ModelView[] }>({
        items: Joi.array().items(modelViewSchema).max(MODEL_IDS.length).required(),
      }),
      http: { method: "GET", path: "/v1/models" },
    },
  },
};

export const modelContract = anyContract(contract);
