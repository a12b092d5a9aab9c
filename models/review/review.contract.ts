/**
 * What somebody who bought a thing says of it: one review per line of an order. The moderation model publishes it,
 * holds it for a person, or rejects it; both can be appealed, and a person decides. Others may report it, the seller
 * answers.
 */
import Joi from "../kernel/schema";
import { anyContract, type Contract, type Receipt } from "../kernel/contract";
import { derivedId } from "../kernel/ids";
import { idSchema, languageSchema, plainText } from "../kernel/text";
import { reviewLists, type ReviewListCalls } from "./review.list.contract";
import {
  ANSWER_MAX,
  ratingSchema,
  REPORT_REASONS,
  reviewViewSchema,
  writerOf,
  TEXT_MAX,
  TITLE_MAX,
  type ReportReason,
  type ReviewView,
} from "./review.view.contract";

export interface ReviewId {
  readonly id: string;
}

export interface ReviewContent {
  readonly rating: number;
  readonly title?: string;
  readonly text: string;
  readonly language: string;
}

export interface WriteReview extends ReviewContent {
  readonly orderId: string;
  readonly lineId: string;
}

export interface ReviseReview extends ReviewId, ReviewContent {}

export interface AppealReview extends ReviewId {
  readonly text: string;
}

export interface AnswerReview extends ReviewId {
  readonly text: string;
}

export interface ReportReview extends ReviewId {
  readonly reason: ReportReason;
}

export interface DecideReview extends ReviewId {
  readonly verdict: "publish" | "reject";
  /** Told to who wrote it. */
  readonly note: string;
}

export interface ReviewCalls extends ReviewListCalls {
  "review.write": { params: WriteReview; result: Receipt };
  "review.revise": { params: ReviseReview; result: Receipt };
  "review.withdraw": { params: ReviewId; result: Receipt };
  "review.appeal": { params: AppealReview; result: Receipt };
  "review.answer": { params: AnswerReview; result: Receipt };
  "review.report": { params: ReportReview; result: Receipt };
  "review.decide": { params: DecideReview; result: Receipt };
  "review.get": { params: ReviewId; result: ReviewView };
}

/** One per line of an order. */
export const reviewIdOf = ({ orderId, lineId }: Pick<WriteReview, "orderId" | "lineId">): string =>
  derivedId("review", orderId, lineId);

const id = idSchema.required();
const byId = Joi.object<ReviewId, true>({ id });
const content = {
  rating: ratingSchema.required(),
  title: plainText(TITLE_MAX).allow(""),
  text: plainText(TEXT_MAX).min(1).required(),
  language: languageSchema.required(),
};
const said = plainText(500).min(1).required();

const onOne = { kind: "command", key: "id" } as const;
const ofWriter = { permission: "review.write", owner: { field: "customerId" } } as const;
const path = "/v1/reviews/{id}";

const contract: Contract<ReviewCalls> = {
  aggregate: "review",
  actions: {
    "review.write": {
      kind: "command",
      keyOf: reviewIdOf,
      ...ofWriter,
      summary: "Review something of an own order that was sent",
      params: Joi.object<WriteReview, true>({ orderId: id, lineId: id, ...content }),
      http: { method: "POST", path: "/v1/reviews" },
    },
    "review.revise": {
      ...onOne,
      ...ofWriter,
      summary: "Write an own review anew",
      params: Joi.object<ReviseReview, true>({ id, ...content }),
      http: { method: "PUT", path },
    },
    "review.withdraw": {
      ...onOne,
      ...ofWriter,
      summary: "Take an own review back",
      params: byId,
      http: { method: "POST", path: `${path}/withdraw` },
    },
    "review.appeal": {
      ...onOne,
      ...ofWriter,
      summary: "Ask a person to look at an own review that was held or rejected",
      params: Joi.object<AppealReview, true>({ id, text: said }),
      http: { method: "POST", path: `${path}/appeal` },
    },
    "review.answer": {
      ...onOne,
      permission: "review.answer",
      owner: { field: "sellerId" },
      summary: "Answer a review of what one sold; a further answer takes the place of the first",
      params: Joi.object<AnswerReview, true>({ id, text: plainText(ANSWER_MAX).min(1).required() }),
      http: { method: "PUT", path: `${path}/answer` },
    },
    "review.report": {
      ...onOne,
      permission: "review.report",
      owner: "caller",
      summary: "Say that a review should be looked at",
      params: Joi.object<ReportReview, true>({
        id,
        reason: Joi.string()
          .valid(...REPORT_REASONS)
          .required(),
      }),
      http: { method: "POST", path: `${path}/report` },
    },
    "review.decide": {
      ...onOne,
      permission: "review.moderate",
      owner: "platform",
      summary: "Decide on a review that was held, appealed or reported",
      params: Joi.object<DecideReview, true>({
        id,
        verdict: Joi.string().valid("publish", "reject").required(),
        note: said,
      }),
      http: { method: "POST", path: `${path}/decide` },
    },
    "review.get": {
      kind: "query",
      key: "id",
      permission: "review.read",
      owner: { field: "customerId" },
      summary: "A review, for who wrote it and who moderates",
      params: byId,
      result: reviewViewSchema,
      discloses: { of: writerOf },
      http: { method: "GET", path },
    },
    ...reviewLists,
  },
};

export const reviewContract = anyContract(contract);
