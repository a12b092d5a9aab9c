/** Whether a review praises or complains, and of which side: kept as a decision, learnt from the stars. */
import Joi from "../kernel/schema";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import type { Taken } from "../decision/decision.data.contract";
import { anyContract, type Contract } from "../kernel/contract";
import { idSchema } from "../kernel/text";
import { trainedSchema, type Trained } from "../model/model.contract";
import { trainingSchemaOf, type TrainModel } from "../model/model.lessons.contract";
import { writtenTextKeys, type WrittenText } from "../moderation/moderation.contract";
import { aspectsSchema, ratingSchema, TONES, type AspectTone, type Tone } from "../review/review.view.contract";

export interface ReadReview extends WrittenText {
  /** Stars that its writer gave: what the words come to is held against them. */
  readonly rating: number;
}

export interface ReadTone {
  readonly tone: Tone;
  readonly aspects: readonly AspectTone[];
  readonly decisionId: string;
}

export interface SentimentCalls {
  "sentiment.read": { params: ReadReview; result: ReadTone };
  "sentiment.again": { params: DecideAgain; result: Taken };
  "sentiment.train": { params: TrainModel<"sentiment">; result: Trained };
}

const contract: Contract<SentimentCalls> = {
  aggregate: "sentiment",
  actions: {
    "sentiment.read": {
      kind: "procedure",
      permission: "sentiment.read",
      owner: "platform",
      summary: "Say in what tone a review speaks, and of what, and keep why",
      params: Joi.object<ReadReview, true>({ ...writtenTextKeys, rating: ratingSchema.required() }),
      result: Joi.object<ReadTone>({
        tone: Joi.string()
          .valid(...TONES)
          .required(),
        aspects: aspectsSchema.required(),
        decisionId: idSchema.required(),
      }),
    },
    "sentiment.again": {
      kind: "query",
      permission: "decision.again",
      owner: "platform",
      summary: "Read a review again from what was kept of it",
      params: againSchema,
      result: takenSchema,
    },
    "sentiment.train": {
      kind: "procedure",
      permission: "model.train",
      owner: "platform",
      summary: "Learn tones from reviews and the stars their writers gave",
      params: trainingSchemaOf("sentiment"),
      result: trainedSchema as never,
    },
  },
};

export const sentimentContract = anyContract(contract);
