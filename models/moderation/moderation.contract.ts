/**
 * Whether something that somebody wrote may be published: read by a model, decided three ways, kept as a decision. What
 * people decided afterwards is what it learns from.
 */
import Joi from "../kernel/schema";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import { aboutSchema, type About, type Taken } from "../decision/decision.data.contract";
import { anyContract, type Contract } from "../kernel/contract";
import { idSchema, languageSchema, plainText } from "../kernel/text";
import { trainedSchema, type Trained } from "../model/model.contract";
import { trainingSchemaOf, type TrainModel } from "../model/model.lessons.contract";

export const JUDGED_TEXT_MAX = 5_000;

/** Something written, and by whom: under their key it is kept. */
export interface WrittenText {
  readonly about: About;
  readonly subject: string;
  readonly language: string;
  readonly text: string;
}

export interface ModeratedText {
  readonly verdict: "publish" | "hold" | "reject";
  readonly decisionId: string;
  /** Words that spoke loudest. */
  readonly because: readonly string[];
}

export interface ModerationCalls {
  "moderation.judge": { params: WrittenText; result: ModeratedText };
  "moderation.again": { params: DecideAgain; result: Taken };
  "moderation.train": { params: TrainModel<"moderation">; result: Trained };
}

export const writtenTextKeys = {
  about: aboutSchema.required(),
  subject: idSchema.required(),
  language: languageSchema.required(),
  text: plainText(JUDGED_TEXT_MAX).allow("").required(),
};

const contract: Contract<ModerationCalls> = {
  aggregate: "moderation",
  actions: {
    "moderation.judge": {
      kind: "procedure",
      permission: "moderation.judge",
      owner: "platform",
      summary: "Say whether a text may be published, and keep why",
      params: Joi.object<WrittenText, true>(writtenTextKeys),
      result: Joi.object<ModeratedText>({
        verdict: Joi.string().valid("publish", "hold", "reject").required(),
        decisionId: idSchema.required(),
        because: Joi.array().items(plainText(64)).max(3).required(),
      }),
    },
    "moderation.again": {
      kind: "query",
      permission: "decision.again",
      owner: "platform",
      summary: "Judge a text again from what was kept of it",
      params: againSchema,
      result: takenSchema,
    },
    "moderation.train": {
      kind: "procedure",
      permission: "model.train",
      owner: "platform",
      summary: "Learn from what people decided about texts",
      params: trainingSchemaOf("moderation"),
      result: trainedSchema as never,
    },
  },
};

export const moderationContract = anyContract(contract);
