/** A review as everybody reads it, and as those read it whom it concerns. */
import Joi from "../kernel/schema";
import { idSchema, languageSchema, plainText, versionSchema } from "../kernel/text";

export const REVIEW_STATUSES = ["published", "held", "rejected", "withdrawn"] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

export const REPORT_REASONS = ["offensive", "advertising", "personal-data", "not-about-product", "untrue"] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export const TONES = ["praise", "complaint", "mixed"] as const;
export type Tone = (typeof TONES)[number];

/** What a person is asked to look at, and why: the newest of these counts. */
export const WAITING_FOR = ["held", "appeal", "report"] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

export interface AspectTone {
  /** `battery`, `price`: a side of the product. */
  readonly aspect: string;
  readonly tone: Tone;
}

/** What the models read; by whom, and why. */
export interface ReviewReading {
  readonly tone: Tone;
  readonly aspects: readonly AspectTone[];
  readonly decisionId: string;
}

export interface ReviewJudgement {
  readonly verdict: "publish" | "hold" | "reject";
  readonly by: "model" | "person";
  /** The decision of the model; null where none could be asked. */
  readonly decisionId: string | null;
  /** Words that spoke loudest, or what the person wrote. */
  readonly because: readonly string[];
  readonly at: string;
}

export interface SellersAnswer {
  readonly text: string;
  readonly at: string;
}

/** As everybody reads it. Who wrote it is not told: that they bought is. */
export interface ShownReview {
  readonly id: string;
  readonly productId: string;
  readonly variantId: string | null;
  readonly sellerId: string;
  readonly rating: number;
  /** Null after the writer's data was erased. */
  readonly title: string | null;
  readonly text: string | null;
  readonly language: string;
  /** Bought in this mall: there are no others. */
  readonly verified: true;
  readonly writtenAt: string;
  readonly revisedAt: string | null;
  readonly tone: Tone | null;
  readonly aspects: readonly AspectTone[];
  readonly answer: SellersAnswer | null;
}

/** Whose words are shown. */
export const writerOf = ({ customerId, text }: ReviewView): readonly string[] => (text === null ? [] : [customerId]);

/** As its writer and the mall's people read it. */
export interface ReviewView extends ShownReview {
  readonly version: number;
  readonly status: ReviewStatus;
  readonly customerId: string;
  readonly orderId: string;
  readonly lineId: string;
  readonly judgement: ReviewJudgement;
  readonly sentimentDecisionId: string | null;
  readonly appeal: { readonly text: string | null; readonly at: string } | null;
  readonly reports: readonly { readonly reason: ReportReason; readonly at: string }[];
  readonly waitingFor: WaitingFor | null;
  readonly waitingSince: string | null;
}

export interface Rating {
  readonly productId: string;
  readonly count: number;
  /** Of one to five stars; null without reviews. */
  readonly average: number | null;
  /** How many gave one, two … five. */
  readonly stars: readonly number[];
}

export interface NamedAspect {
  readonly aspect: string;
  readonly praise: number;
  readonly complaint: number;
}

export const TITLE_MAX = 120;
export const TEXT_MAX = 4_000;
export const ANSWER_MAX = 2_000;
export const REPORTS_MAX = 20;
export const ASPECTS_MAX = 10;
export const PAGE_MAX = 50;

const id = idSchema.required();
const moment = Joi.string().isoDate();
export const ratingSchema = Joi.number().integer().min(1).max(5);
const tone = Joi.string().valid(...TONES);

export const aspectsSchema = Joi.array()
  .items(Joi.object<AspectTone, true>({ aspect: plainText(60).required(), tone: tone.required() }))
  .max(ASPECTS_MAX);

const shown = {
  id,
  productId: id,
  variantId: idSchema.allow(null).required(),
  sellerId: id,
  rating: ratingSchema.required(),
  title: plainText(TITLE_MAX).allow("", null).required(),
  text: plainText(TEXT_MAX).allow(null).required(),
  language: languageSchema.required(),
  verified: Joi.boolean().valid(true).required(),
  writtenAt: moment.required(),
  revisedAt: moment.allow(null).required(),
  tone: tone.allow(null).required(),
  aspects: aspectsSchema.required(),
  answer: Joi.object<SellersAnswer, true>({ text: plainText(ANSWER_MAX).required(), at: moment.required() })
    .allow(null)
    .required(),
};

// not strict: Joi has no word for read-only lists
export const shownReviewSchema = Joi.object<ShownReview>(shown);

export const judgementSchema = Joi.object<ReviewJudgement>({
  verdict: Joi.string().valid("publish", "hold", "reject").required(),
  by: Joi.string().valid("model", "person").required(),
  decisionId: idSchema.allow(null).required(),
  because: Joi.array().items(plainText(500)).max(10).required(),
  at: moment.required(),
});

export const reviewViewSchema = Joi.object<ReviewView>({
  ...shown,
  version: versionSchema.required(),
  status: Joi.string()
    .valid(...REVIEW_STATUSES)
    .required(),
  customerId: id,
  orderId: id,
  lineId: id,
  judgement: judgementSchema.required(),
  sentimentDecisionId: idSchema.allow(null).required(),
  appeal: Joi.object({ text: plainText(500).allow(null).required(), at: moment.required() })
    .allow(null)
    .required(),
  reports: Joi.array()
    .items(
      Joi.object({
        reason: Joi.string()
          .valid(...REPORT_REASONS)
          .required(),
        at: moment.required(),
      }),
    )
    .max(REPORTS_MAX)
    .required(),
  waitingFor: Joi.string()
    .valid(...WAITING_FOR)
    .allow(null)
    .required(),
  waitingSince: moment.allow(null).required(),
});

const count = Joi.number().integer().min(0).required();

export const productRatingSchema = Joi.object<Rating>({
  productId: id,
  count,
  average: Joi.number().min(1).max(5).allow(null).required(),
  stars: Joi.array().items(count).length(5).required(),
});

export const namedAspectSchema = Joi.object<NamedAspect>({
  aspect: plainText(60).required(),
  praise: count,
  complaint: count,
});
