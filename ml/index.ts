/** The models that serve: one line each. Started by whoever puts a process of the mall together. */
import type { ServiceSchema } from "moleculer";
import type { Node } from "../services/kernel/node";
import { fraudServices } from "./fraud/fraud.service";
import { intentServices } from "./intent/intent.service";
import { listingServices } from "./listing/listing.service";
import { matchingServices } from "./matching/matching.service";
import { moderationServices } from "./moderation/moderation.service";
import { recommendationServices } from "./recommendation/recommendation.service";
import { sentimentServices } from "./sentiment/sentiment.service";

export const learners: readonly ((node: Node) => ServiceSchema[])[] = [
  fraudServices,
  recommendationServices,
  moderationServices,
  listingServices,
  matchingServices,
  sentimentServices,
  intentServices,
];
