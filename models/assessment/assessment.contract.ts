/**
 * A payment that a person has to look at before it goes on: the checkout waits meanwhile, with its goods held. One per
 * checkout, under the checkout's id. Released, the checkout goes on; rejected, or looked at by nobody in time, it ends.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import { AMOUNT_MINOR_MAX, currencySchema } from "../kernel/money";
import { idSchema, plainText, textSchema, versionSchema, type Text } from "../kernel/text";

export const ASSESSMENT_STATUSES = ["waiting", "released", "rejected", "lapsed"] as const;
export type AssessmentStatus = (typeof ASSESSMENT_STATUSES)[number];

/** What waits for the person's word, under the same id. */
export const LISTENERS = ["checkout", "supplement"] as const;
export type Listener = (typeof LISTENERS)[number];

export interface AssessmentId {
  /** The checkout's, or the supplement's. */
  readonly id: string;
}

export interface OpenAssessment extends AssessmentId {
  readonly decisionId: string;
  readonly customerId: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  /** The probability of fraud. */
  readonly probability: number;
  /** What raised it most, in words. */
  readonly reasons: readonly Text[];
  /** What is worth more is released by two people. */
  readonly releaseAloneMaxMinor: number;
  /** Left out: the checkout. */
  readonly listener?: Listener;
}

export interface DecideAssessment extends AssessmentId {
  readonly note?: string;
}

export interface AssessmentView extends OpenAssessment {
  readonly version: number;
  readonly status: AssessmentStatus;
  readonly openedAt: string;
  readonly decidedAt: string | null;
  readonly note: string | null;
}

export interface ListAssessments {
  readonly status?: AssessmentStatus;
  readonly customerId?: string;
  readonly limit: number;
}

export interface AssessmentCalls {
  "assessment.open": { params: OpenAssessment; result: Receipt };
  "assessment.release": { params: DecideAssessment; result: Receipt };
  "assessment.releaseTogether": { params: DecideAssessment; result: Receipt };
  "assessment.reject": { params: DecideAssessment; result: Receipt };
  "assessment.lapse": { params: AssessmentId; result: Receipt };
  "assessment.get": { params: AssessmentId; result: AssessmentView };
  "assessment.list": { params: ListAssessments; result: { items: readonly AssessmentView[] } };
}

export const listenerSchema = Joi.string<Listener>().valid(...LISTENERS);
const LIST_MAX = 100;
const id = idSchema.required();
const amount = Joi.number()
  .integer()
  .min(0)
  .max(AMOUNT_MINOR_MAX * 4)
  .required();
const opened = {
  id,
  decisionId: id,
  customerId: idSchema.allow(null).required(),
  amountMinor: amount,
  currency: currencySchema.required(),
  probability: Joi.number().min(0).max(1).required(),
  reasons: Joi.array().items(textSchema(500)).max(10).required(),
  releaseAloneMaxMinor: amount,
  listener: listenerSchema,
};
const status = Joi.string<AssessmentStatus>().valid(...ASSESSMENT_STATUSES);
const moment = Joi.string().isoDate();
// not strict: Joi has no word for read-only lists
const view = Joi.object<AssessmentView>({
  ...opened,
  version: versionSchema.required(),
  status: status.required(),
  openedAt: moment.required(),
  decidedAt: moment.allow(null).required(),
  note: plainText(500).allow(null).required(),
});
const decided = Joi.object<DecideAssessment, true>({ id, note: plainText(500).min(1) });

const onOne = { kind: "command", key: "id", owner: "platform" } as const;
const decide = { ...onOne, permission: "fraud.review", params: decided } as const;
const drive = { ...onOne, permission: "fraud.assess" } as const;
const path = "/v1/fraud/reviews/{id}";

const contract: Contract<AssessmentCalls> = {
  aggregate: "assessment",
  actions: {
    "assessment.open": {
      ...drive,
      summary: "Let a payment wait until a person has looked at it",
      params: Joi.object<OpenAssessment>(opened),
    },
    "assessment.release": {
      ...decide,
      summary: "Let a payment go on that was held for a look",
      http: { method: "POST", path: `${path}/release` },
    },
    "assessment.releaseTogether": {
      ...decide,
      fourEyes: true,
      summary: "Let a large payment go on that was held for a look: takes two people",
      http: { method: "POST", path: `${path}/release-together` },
    },
    "assessment.reject": {
      ...decide,
      summary: "Refuse a payment that was held for a look",
      http: { method: "POST", path: `${path}/reject` },
    },
    "assessment.lapse": {
      ...drive,
      summary: "End the wait of a payment whose checkout has ended",
      params: Joi.object<AssessmentId, true>({ id }),
    },
    "assessment.get": {
      kind: "query",
      key: "id",
      owner: "platform",
      permission: "fraud.review",
      summary: "A payment that is held for a look, or was",
      params: Joi.object<AssessmentId, true>({ id }),
      result: view,
      http: { method: "GET", path },
    },
    "assessment.list": {
      kind: "query",
      owner: "platform",
      permission: "fraud.review",
      summary: "Payments held for a look, those that wait longest first",
      params: Joi.object<ListAssessments, true>({
        status,
        customerId: idSchema,
        limit: Joi.number().integer().min(1).max(LIST_MAX).default(50),
      }),
      result: Joi.object<{ items: readonly AssessmentView[] }>({
        items: Joi.array().items(view).max(LIST_MAX).required(),
      }),
      http: { method: "GET", path: "/v1/fraud/reviews" },
    },
  },
};

export const assessmentContract = anyContract(contract);
