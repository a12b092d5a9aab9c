/** Of the table of contents: what models decide and what they are, and what is made of what people write. */
import type { AnyContract } from "./kernel/contract";
import { assessmentContract, type AssessmentCalls } from "./assessment/assessment.contract";
import { decisionContract, type DecisionCalls } from "./decision/decision.contract";
import { fraudContract, type FraudCalls } from "./fraud/fraud.contract";
import { fraudPolicyContract, type FraudPolicyCalls } from "./fraudpolicy/fraudpolicy.contract";
import { modelContract, type ModelCalls } from "./model/model.contract";
import { intentContract, type IntentCalls } from "./intent/intent.contract";
import { listingContract, type ListingCalls } from "./listing/listing.contract";
import { matchingContract, type MatchingCalls } from "./matching/matching.contract";
import { moderationContract, type ModerationCalls } from "./moderation/moderation.contract";
import { reviewContract, type ReviewCalls } from "./review/review.contract";
import { sentimentContract, type SentimentCalls } from "./sentiment/sentiment.contract";
import { recommendationContract, type RecommendationCalls } from "./recommendation/recommendation.contract";

/** What models decide, and what they are. */
export interface LearningCalls
  extends DecisionCalls, ModelCalls, FraudCalls, FraudPolicyCalls, AssessmentCalls, RecommendationCalls, IntentCalls {}

/** What people write of things, and what models make of that. */
export interface ReviewingCalls extends ReviewCalls, ModerationCalls, SentimentCalls, ListingCalls, MatchingCalls {}

export const learningContracts: readonly AnyContract[] = [
  decisionContract,
  modelContract,
  fraudContract,
  fraudPolicyContract,
  assessmentContract,
  recommendationContract,
  intentContract,
  reviewContract,
  moderationContract,
  listingContract,
  matchingContract,
  sentimentContract,
];
