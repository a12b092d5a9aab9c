/**
 * Lessons from elsewhere: labelled texts that somebody hands to the mall, so that a model learns from them instead of
 * from what happened here. They are kept under their hash; what is learnt from them goes through the same gate.
 */
import Joi from "../kernel/schema";
import type { Actions } from "../kernel/contract";
import { plainText } from "../kernel/text";
import { hashSchema } from "./model.card.contract";
import { modelIdSchema, type ModelId, type ModelName } from "./model.id.contract";

export interface Lesson {
  readonly text: string;
  /** What should come out: `praise`, `hold`, a category, `same`. */
  readonly label: string;
  /** The other record, where two are held against each other. */
  readonly other?: string;
}

export interface TeachModel extends ModelId {
  /** Oldest first. */
  readonly lessons: readonly Lesson[];
}

/** What `<model>.train` is asked with. */
export interface TrainModel<N extends ModelName = ModelName> {
  readonly id: N;
  /** Hashes of lessons, in their order; left out: what happened in the mall. */
  readonly lessons?: readonly string[];
}

export interface ModelLessonCalls {
  "model.teach": { params: TeachModel; result: { readonly hash: string; readonly lessons: number } };
}

/** In one call. */
export const LESSONS_MAX = 500;
const PARTS_MAX = 200;
const TEXT_MAX = 5_000;

export const lessonsSchema = Joi.array().items(hashSchema).min(1).max(PARTS_MAX);

export const trainingSchemaOf = <N extends ModelName>(name: N) =>
  Joi.object<TrainModel<N>>({ id: Joi.string<N>().valid(name).required(), lessons: lessonsSchema });

const lesson = Joi.object<Lesson, true>({
  text: plainText(TEXT_MAX).allow("").required(),
  label: plainText(300).required(),
  other: plainText(TEXT_MAX).allow(""),
});

export const modelLessonActions: Actions<ModelLessonCalls> = {
  "model.teach": {
    kind: "procedure",
    permission: "model.write",
    owner: "platform",
    summary: "Hand over labelled texts, of which a training is told the hash",
    params: Joi.object<TeachModel>({
      id: modelIdSchema,
      lessons: Joi.array().items(lesson).min(1).max(LESSONS_MAX).required(),
    }),
    result: Joi.object({ hash: hashSchema.required(), lessons: Joi.number().integer().min(1).required() }),
    http: { method: "POST", path: "/v1/models/{id}/lessons" },
  },
};
