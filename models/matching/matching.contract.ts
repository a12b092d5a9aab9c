/** Whether two records are of one product: read by a model, each judgement kept as a decision (kind `duplicate`). */
import Joi from "../kernel/schema";
import { againSchema, takenSchema, type DecideAgain } from "../decision/decision.contract";
import type { Taken } from "../decision/decision.data.contract";
import { anyContract, type Contract } from "../kernel/contract";
import { idSchema, plainText, textSchema, type Text } from "../kernel/text";
import { trainedSchema, type Trained } from "../model/model.contract";
import { trainingSchemaOf, type TrainModel } from "../model/model.lessons.contract";

/** What is known of a product when it is held against another. */
export interface MatchRecord {
  readonly title: string;
  readonly brand: string;
  /** In major units of whatever currency both have in common; null where none is known. */
  readonly price: number | null;
  /** Everything that is said, the title included. */
  readonly all: string;
}

export interface JudgeMatches {
  /** Of whose decisions they are; null for the mall's own product. */
  readonly subject: string | null;
  readonly record: MatchRecord;
  readonly others: readonly { readonly productId: string; readonly record: MatchRecord }[];
}

export interface JudgedMatch {
  readonly productId: string;
  readonly same: boolean;
  readonly probability: number;
  readonly because: readonly Text[];
  readonly decisionId: string;
}

export interface MatchingCalls {
  "matching.judge": { params: JudgeMatches; result: { readonly items: readonly JudgedMatch[] } };
  "matching.again": { params: DecideAgain; result: Taken };
  "matching.train": { params: TrainModel<"duplicate">; result: Trained };
}

export const MATCHED_MAX = 20;
/** Of a record as it is judged and kept. */
export const RECORD_MAX = { title: 180, brand: 100, all: 900 } as const;

const record = Joi.object<MatchRecord, true>({
  title: plainText(RECORD_MAX.title).allow("").required(),
  brand: plainText(RECORD_MAX.brand).allow("").required(),
  price: Joi.number().min(0).allow(null).required(),
  all: plainText(RECORD_MAX.all).allow("").required(),
}).required();
const id = idSchema.required();

const contract: Contract<MatchingCalls> = {
  aggregate: "matching",
  actions: {
    "matching.judge": {
      kind: "procedure",
      permission: "listing.judge",
      owner: "platform",
      summary: "Say which of these products are the same as one, and keep why",
      params: Joi.object<JudgeMatches>({
        subject: idSchema.allow(null).required(),
        record,
        others: Joi.array()
          .items(Joi.object({ productId: id, record }))
          .max(MATCHED_MAX)
          .required(),
      }),
      result: Joi.object({
        items: Joi.array()
          .items(
            Joi.object<JudgedMatch>({
              productId: id,
              same: Joi.boolean().required(),
              probability: Joi.number().min(0).max(1).required(),
              because: Joi.array().items(textSchema(200)).max(3).required(),
              decisionId: id,
            }),
          )
          .max(MATCHED_MAX)
          .required(),
      }),
    },
    "matching.again": {
      kind: "query",
      permission: "decision.again",
      owner: "platform",
      summary: "Hold two products against each other again from what was kept of them",
      params: againSchema,
      result: takenSchema,
    },
    "matching.train": {
      kind: "procedure",
      permission: "model.train",
      owner: "platform",
      summary: "Learn from which products people said that they are the same",
      params: trainingSchemaOf("duplicate"),
      result: trainedSchema as never,
    },
  },
};

export const matchingContract = anyContract(contract);
